"""What the API answers with, besides the contract: models, links, and results of many sheets, as types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from okr_assistant.decision.when import When


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


class Problem(Fault):
    """Problem details as RFC 9457 has them; `title` and `status` are those of HTTP."""

    title: str
    status: int


class FaultyResult(Answer):
    """Stands in the place of a result whose sheet cannot be used."""

    error: Fault


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


class LinkAnswer(Answer):
    """A link that was made. What a portable one shows is in its address: it has no end and no owner."""

    kind: Literal["portable", "stored"]
    address: str
    expires_at: AwareDatetime | None
    owner_address: Annotated[
        str | None,
        Field(description="Whoever has it reads remarks and can end the link. Nobody can look it up again."),
    ]
