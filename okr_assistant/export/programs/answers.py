"""Models and errors as other programs get them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.when import When
from okr_assistant.errors import OkrAssistantError
from okr_assistant.words import Words


class Answer(BaseModel):
    """Only the keys that are described."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Fault(Answer):
    """What is wrong, where, what was found, and what is allowed; `detail` says it in one line for people."""

    problem: str = Field(description="What kind of problem it is, an id that stays the same.")
    place: str
    found: str | None
    allowed: str
    detail: str


class SectionAnswer(Answer):
    """A group of questions."""

    id: str
    title: str


class OptionAnswer(Answer):
    """One possible answer."""

    id: str
    label: str
    hint: str
    changeable: bool = Field(description="Somebody could bring it about.")


class QuestionAnswer(Answer):
    """A question. `ordered` options run from one end to the other. It is hidden while `ask_if` is false."""

    id: str
    section: str
    scale: Literal["ordered", "nominal"]
    text: str
    why_we_ask: str
    ask_if: When | None
    options: tuple[OptionAnswer, ...]


class UnsureAnswer(Answer):
    """The answer that every question can have besides its options."""

    id: str
    label: str


class ApproachAnswer(Answer):
    """A way of setting goals; `phrase` is its name inside a sentence."""

    id: str
    name: str
    phrase: str
    summary: str
    artefact: str


class SourceAnswer(Answer):
    """What the ids in `sources` of a result stand for."""

    id: str
    author: str
    title: str
    year: int | None
    url: str


class ModelAnswer(Answer):
    """What a program needs to ask the questions and to read the results."""

    version: str
    digest: str = Field(description="SHA-256 of the model's files, in hex.")
    sections: tuple[SectionAnswer, ...]
    questions: tuple[QuestionAnswer, ...]
    unsure: UnsureAnswer
    approaches: tuple[ApproachAnswer, ...]
    sources: tuple[SourceAnswer, ...]


def fault(error: OkrAssistantError, words: Words) -> dict[str, Any]:
    """Return the facts of an error, and the line that the command line says of it."""
    found = Fault(
        problem=error.problem,
        place=error.place,
        found=error.found,
        allowed=error.allowed,
        detail=words.error_line(error),
    )
    return found.model_dump()


def model_json(model: Model, words: Words) -> dict[str, Any]:
    """Return what a program needs to ask the questions of this model and to read its results."""
    unsure = {"id": UNSURE, "label": words("answer.unsure")}
    keys = ("version", "digest", "sections", "questions", "approaches", "sources")
    parts = {key: getattr(model, key) for key in keys}
    return ModelAnswer.model_validate(parts | {"unsure": unsure}).model_dump(mode="json", by_alias=True)
