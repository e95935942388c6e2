"""Where the work lies: vision certainty against outcome clarity, with the stakeholders as size."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.entry import Axis
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Position, Recommendation
from okr_assistant.views.parts import Citation, answer_label, citations
from okr_assistant.words import Words

_AXES: tuple[Axis, ...] = ("vision", "outcome", "stakeholders")


@dataclass(frozen=True, slots=True)
class AxisPart:
    """One answer behind the mean of an axis."""

    question: str
    answer: str
    value: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AxisView:
    """One axis: its name, its value (0 to 100, None while nothing on it is answered), and what it rests on."""

    axis: Axis
    name: str
    value: float | None
    value_text: str
    answered: str
    parts: tuple[AxisPart, ...]


@dataclass(frozen=True, slots=True)
class PositionView:
    """The three axes; ``placed`` when the work can be drawn, ``missing`` says what is needed otherwise."""

    axes: tuple[AxisView, ...]
    placed: bool
    missing: str
    described: str

    def axis(self, axis: Axis) -> AxisView:
        """Return one of the three."""
        return next(view for view in self.axes if view.axis == axis)


def position_view(model: Model, result: Recommendation, words: Words) -> PositionView:
    """Return where the answers of ``result`` place the work."""
    axes = tuple(_axis(model, result, axis, words) for axis in _AXES)
    placed = all(view.value is not None for view in axes[:2])
    values = {view.axis: view.value_text for view in axes}
    return PositionView(
        axes=axes,
        placed=placed,
        missing="" if placed else words("position.missing"),
        described=words("position.described", **values) if placed else words("position.missing"),
    )


def _axis(model: Model, result: Recommendation, axis: Axis, words: Words) -> AxisView:
    position: Position = getattr(result.profile, axis)
    counted = result.counted
    parts = tuple(
        AxisPart(
            question=question.text,
            answer=answer_label(model, words, question.id, counted[question.id]),
            value=value,
            citations=citations(model, question.sources),
        )
        for question in model.questions
        if question.axis == axis and question.id in counted
        for value in [model.axis_values.get((question.id, counted[question.id]))]
        if value is not None
    )
    return AxisView(
        axis=axis,
        name=words(f"position.axis.{axis}"),
        value=position.value,
        value_text=words("position.no_value") if position.value is None else f"{position.value:.0f}",
        answered=words("position.answered", answered=position.answered, of=position.of),
        parts=parts,
    )
