"""From a sheet to a recommendation, as ``docs/decision.md`` defines it: pure, exact, the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okr_assistant.decision.model import OKR, UNSURE, Model
from okr_assistant.decision.profile import profile_of
from okr_assistant.decision.recommendation import (
    Block,
    ConditionToFix,
    ContestedTopic,
    ContradictionFound,
    Contribution,
    Ranked,
    Recommendation,
    Verdict,
)
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.errors import SheetError


def assess(model: Model, sheet: AnswerSheet) -> Recommendation:
    """Return what follows from the sheet; ``SheetError`` when it is not one for this model."""
    if sheet.model not in (None, model.version):
        raise SheetError("other_model", place="model", found=sheet.model, allowed=model.version)
    check_sheet(model, sheet.answers)
    reading = read_answers(model, sheet.answers)
    ranking = _ranking(model, reading.counted)
    outcome = _outcome(ranking)
    conditions = tuple(
        ConditionToFix(rule.id, rule.approach, rule.fix, rule.because, rule.sources)
        for rule in model.conditions
        if rule.approach in outcome and rule.when.truth(reading.counted)
    )
    contested = _contested(model, reading.counted)
    approach = outcome[0] if len(outcome) == 1 else None
    return Recommendation(
        model=model.version,
        answers={id_: sheet.answers[id_] for id_ in model.questions_by_id if id_ in sheet.answers},
        open=reading.open,
        unsure=reading.unsure,
        ignored=reading.ignored,
        verdict=_verdict(outcome, conditions, contested),
        approach=approach,
        tied=() if approach else outcome,
        blocked_leader=_blocked_leader(ranking, outcome),
        variant=_variant(model, approach, reading.counted),
        split=reading.counted.get("work_kind") == "mixed",
        ranking=ranking,
        conditions=conditions,
        contested=contested,
        contradictions=tuple(
            ContradictionFound(rule.id, rule.questions, rule.text, rule.sources)
            for rule in model.contradictions
            if rule.when.truth(reading.counted)
        ),
        profile=profile_of(model, reading.asked, reading.counted),
    )


def says_anything(result: Recommendation) -> bool:
    """At least one answer that is more than "I don't know" speaks for or against something."""
    return any(given.option != UNSURE for entry in result.ranking for given in entry.contributions)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sheet is read: which questions are asked, and which answers count."""

    asked: tuple[str, ...]
    counted: Mapping[str, str]
    open: tuple[str, ...]
    unsure: tuple[str, ...]
    ignored: tuple[str, ...]


def read_answers(model: Model, answers: Mapping[str, str]) -> Reading:
    """Sort out asked and hidden questions: one is hidden only while its ``ask_if`` is false."""
    asked = tuple(
        question.id
        for question in model.questions
        # ask_if names only questions that are always asked (checked by the loader), so the order is safe
        if question.ask_if is None or question.ask_if.truth(answers) is not False
    )
    counted = {id_: answers[id_] for id_ in asked if id_ in answers}
    return Reading(
        asked=asked,
        counted=counted,
        open=tuple(id_ for id_ in asked if id_ not in counted),
        unsure=tuple(id_ for id_, answer in counted.items() if answer == UNSURE),
        ignored=tuple(id_ for id_ in model.questions_by_id if id_ in answers and id_ not in counted),
    )


def _ranking(model: Model, counted: Mapping[str, str]) -> tuple[Ranked, ...]:
    contributions: dict[str, list[Contribution]] = {id_: [] for id_ in model.approaches_by_id}
    for question_id, answer in counted.items():
        for approach, contribution in model.contributions[question_id, answer]:
            contributions[approach].append(contribution)
    blocks: dict[str, list[Block]] = {}
    for rule in model.blockers:
        if rule.when.truth(counted):
            blocks.setdefault(rule.approach, []).append(Block(rule.id, rule.because, rule.sources))
    ranking = [
        Ranked(id_, sum(entry.points for entry in given), tuple(blocks.get(id_, ())), tuple(given))
        for id_, given in contributions.items()
    ]
    return tuple(sorted(ranking, key=lambda entry: -entry.points))  # stable: equal points in model order


def _outcome(ranking: tuple[Ranked, ...]) -> tuple[str, ...]:
    free = [entry for entry in ranking if not entry.blocked_by]
    return tuple(entry.approach for entry in free if entry.points == free[0].points)


def _blocked_leader(ranking: tuple[Ranked, ...], outcome: tuple[str, ...]) -> str | None:
    """``okr``, when it is blocked and would be recommended without: nothing else has more than the outcome."""
    points = {entry.approach: entry.points for entry in ranking}
    return OKR if points[OKR] > points[outcome[0]] else None


def _contested(model: Model, counted: Mapping[str, str]) -> tuple[ContestedTopic, ...]:
    return tuple(
        ContestedTopic(
            id=rule.id,
            topic=rule.topic,
            for_=rule.for_.text,
            against=rule.against.text,
            sources=tuple(dict.fromkeys((*rule.for_.sources, *rule.against.sources))),
        )
        for rule in model.contested
        if rule.when.truth(counted)
    )


def _verdict(
    outcome: tuple[str, ...],
    conditions: tuple[ConditionToFix, ...],
    contested: tuple[ContestedTopic, ...],
) -> Verdict:
    if OKR not in outcome:
        return "not_okr"
    if len(outcome) > 1:
        return "undecided"
    # only okr is in the outcome, so every condition listed is one on okr
    return "okr_with_conditions" if conditions or contested else "okr"


def _variant(model: Model, approach: str | None, counted: Mapping[str, str]) -> str | None:
    names = (rule.name for rule in model.variants if rule.approach == approach and rule.when.truth(counted))
    return next(names, None)
