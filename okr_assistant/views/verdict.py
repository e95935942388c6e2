"""The verdict in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from okr_assistant.decision.assess import says_anything
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation, Verdict
from okr_assistant.sharing.snapshot import VerdictAlone
from okr_assistant.words import Words


def verdict_sentence(model: Model, result: Recommendation, words: Words, *, settled: bool = False) -> str:
    """Return the verdict in one sentence, beginning "So far:" while an open question can still change it."""
    return _sentence(_clause(model, result, words), words, final=settled or not result.open)


def verdict_alone_sentence(model: Model, alone: VerdictAlone, words: Words) -> str:
    """Return the same of a verdict that is shared without its reasons, which it does not give away."""
    outcome = (alone.approach,) if alone.approach else alone.tied
    clause = (
        _other_clause(model, alone.verdict, outcome, words, blocked=alone.blocked)
        if alone.known
        else words("result.clause.too_little")
    )
    key = "result.clause.okr" if alone.verdict == "okr" else "result.clause.okr_with_conditions"
    return _sentence(clause or words(key), words, final=alone.final)


def _sentence(clause: str, words: Words, *, final: bool) -> str:
    if not final:
        return words("result.so_far", clause=clause)
    return words("result.final", clause=clause[0].upper() + clause[1:])


def _clause(model: Model, result: Recommendation, words: Words) -> str:
    if not says_anything(result):
        return words("result.clause.unknown" if result.unsure else "result.clause.nothing")
    blocked = result.blocked_leader is not None
    if other := _other_clause(model, result.verdict, result.outcome, words, blocked=blocked):
        return other
    if result.conditions:
        return words.counted("result.clause.conditions", len(result.conditions))
    return words("result.clause.contested" if result.contested else "result.clause.okr")


def _other_clause(
    model: Model, verdict: Verdict, outcome: Sequence[str], words: Words, *, blocked: bool
) -> str | None:
    """Return the clause of any verdict but one for OKRs alone."""
    phrases = words.listed([model.approaches_by_id[id_].phrase for id_ in outcome])
    if blocked:
        key = "result.clause.blocked" if len(outcome) == 1 else "result.clause.blocked_tied"
        return words(key, instead=phrases)
    if verdict == "undecided":
        return words("result.clause.undecided", approaches=phrases)
    if verdict == "not_okr":
        key = "result.clause.not_okr" if len(outcome) == 1 else "result.clause.not_okr_tied"
        return words(key, approaches=phrases)
    return None
