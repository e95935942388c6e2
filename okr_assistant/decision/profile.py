"""Where a piece of work lies on the three axes; it describes and never decides."""

from __future__ import annotations

from collections.abc import Mapping

from okr_assistant.decision.entry import Axis
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.recommendation import Position, Profile


def profile_of(model: Model, asked: tuple[str, ...], counted: Mapping[str, str]) -> Profile:
    """Return the mean axis values of the answers that count, and the points for ``okr`` by section."""
    okr_points = dict.fromkeys((section.id for section in model.sections), 0)
    for question_id, answer in counted.items():
        for approach, contribution in model.contributions[question_id, answer]:
            if approach == OKR:
                okr_points[model.questions_by_id[question_id].section] += contribution.points
    return Profile(
        vision=_position(model, "vision", asked, counted),
        outcome=_position(model, "outcome", asked, counted),
        stakeholders=_position(model, "stakeholders", asked, counted),
        okr_points=okr_points,
    )


def _position(model: Model, axis: Axis, asked: tuple[str, ...], counted: Mapping[str, str]) -> Position:
    on_axis = [id_ for id_ in asked if model.questions_by_id[id_].axis == axis]
    values = [
        model.axis_values[id_, counted[id_]]
        for id_ in on_axis
        if id_ in counted and (id_, counted[id_]) in model.axis_values
    ]
    value = sum(values) / len(values) if values else None
    return Position(value=value, answered=len(values), of=len(on_axis))
