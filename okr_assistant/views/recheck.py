"""Checking an old result again: on which model, and which questions to look at first."""

from __future__ import annotations

from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet, carry_over


def carried(found: Assessment, model: Model) -> Assessment:
    """Return what this model says of the same answers, as far as it has them."""
    if found.model.digest == model.digest:
        return found
    return assessment(model, AnswerSheet(carry_over(model, found.sheet.answers), found.sheet.title, model.version))


def is_changed(before: Assessment, now: Assessment) -> bool:
    """Tell whether there is anything to compare: another answer, or another model."""
    return before.model.digest != now.model.digest or before.sheet.answers != now.sheet.answers


def questions_first(found: Assessment) -> tuple[str, ...]:
    """Return the questions where another answer alone changes the advice, and those open or unsure.

    In questionnaire order. Where no single answer changes it, the smallest sets of changes say which.
    """
    sizes = {len(flip.changes) for flip in found.flips.shortest}
    smallest = min(sizes, default=0)
    telling = {
        change.question
        for flip in found.flips.shortest
        if len(flip.changes) == smallest
        for change in flip.changes
    }
    telling |= {*found.result.open, *found.result.unsure}
    return tuple(id_ for id_ in found.model.questions_by_id if id_ in telling)
