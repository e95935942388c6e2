"""Remarks on a shared result: the form for one, and what its owner reads. People type reasons and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import Assessment, is_settled
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.ports import Remark
from okr_assistant.views.parts import ChoiceView, answer_label
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class QuestionToDiffer:
    """A question, the answer that was shared (said in words also where it is open), and all others."""

    id: str
    text: str
    answer: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark, and what the recommendation would be with its answer, and what then has to be fixed first.

    ``same`` when that is what it is now.
    """

    id: str
    made_on: str
    question: str
    shared: str
    instead: str
    would_be: str
    fix: tuple[str, ...]
    same: bool
    reason: str
    name: str


def question_to_differ(found: Assessment, question: str, words: Words) -> QuestionToDiffer | None:
    """Return one question of a shared result with the answers that were not given; None if it has no such one."""
    known = found.model.questions_by_id.get(question)
    if known is None:
        return None
    labels = [(option.id, option.label, option.hint) for option in known.options]
    labels.append((UNSURE, words("answer.unsure"), ""))
    shared = found.result.answers.get(question)
    return QuestionToDiffer(
        id=known.id,
        text=known.text,
        answer=answer_label(found.model, words, question, shared),
        choices=tuple(ChoiceView(*choice) for choice in labels if choice[0] != shared),
    )


def remark_views(found: Assessment, remarks: Iterable[Remark], words: Words) -> tuple[RemarkView, ...]:
    """Return the remarks on a result, the newest first; each answer is worked out once, however often it comes."""
    known: dict[tuple[str, str], tuple[str, tuple[str, ...], bool]] = {}
    shared_advice = _advice(found.model, found.result, words)
    views = []
    for remark in remarks:
        answer, shared = (remark.question, remark.option), found.result.answers.get(remark.question)
        if answer not in known:
            result, sentence = _with(found, *answer, words)
            fix = tuple(condition.fix for condition in result.conditions)
            known[answer] = sentence, fix, _advice(found.model, result, words) == shared_advice
        would_be, fix, same = known[answer]
        views.append(
            RemarkView(
                id=remark.id,
                made_on=words.date(remark.made_at.date()),
                question=found.model.questions_by_id[remark.question].text,
                shared=answer_label(found.model, words, remark.question, shared),
                instead=answer_label(found.model, words, *answer),
                would_be=would_be,
                fix=fix,
                same=same,
                reason=remark.reason,
                name=remark.name,
            )
        )
    return tuple(reversed(views))


def _with(found: Assessment, question: str, option: str, words: Words) -> tuple[Recommendation, str]:
    """The recommendation with this answer in place of the shared one, and its verdict in a sentence."""
    sheet = AnswerSheet({**found.sheet.answers, question: option})
    result = assess(found.model, sheet)
    settled = is_settled(result, foresee(found.model, sheet))
    return result, verdict_sentence(found.model, result, words, settled=settled)


def _advice(model: Model, result: Recommendation, words: Words) -> tuple[object, ...]:
    """What two results that advise the same have in common.

    The verdict's name is too little: it is one for conditions of all kinds, and for what experts disagree on.
    """
    return result.outcome, verdict_sentence(model, result, words, settled=True), result.conditions
