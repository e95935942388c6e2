"""The verdict in one sentence."""

from __future__ import annotations

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.words import Words


def verdict_sentence(model: Model, result: Recommendation, words: Words, *, settled: bool = False) -> str:
    """Return the verdict in one sentence, beginning "So far:" while an open question can still change it."""
    clause = _clause(model, result, words)
    if result.open and not settled:
        return words("result.so_far", clause=clause)
    return words("result.final", clause=clause[0].upper() + clause[1:])


def _clause(model: Model, result: Recommendation, words: Words) -> str:
    if not says_anything(result):
        return words("result.clause.unknown" if result.unsure else "result.clause.nothing")
    phrases = [model.approaches_by_id[id_].phrase for id_ in result.outcome]
    if result.blocked_leader:
        key = "result.clause.blocked" if result.approach else "result.clause.blocked_tied"
        return words(key, instead=words.listed(phrases))
    if result.verdict == "undecided":
        return words("result.clause.undecided", approaches=words.listed(phrases))
    if result.verdict == "not_okr":
        key = "result.clause.not_okr" if result.approach else "result.clause.not_okr_tied"
        return words(key, approaches=words.listed(phrases))
    if result.conditions:
        return words.counted("result.clause.conditions", len(result.conditions))
    return words("result.clause.contested" if result.contested else "result.clause.okr")


def says_anything(result: Recommendation) -> bool:
    """At least one answer that is more than "I don't know" speaks for or against something."""
    return any(given.option != UNSURE for entry in result.ranking for given in entry.contributions)
