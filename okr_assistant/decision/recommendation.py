"""The contract: what follows from a sheet, the same for the library, the CLI, the API and every screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter

Verdict: TypeAlias = Literal["okr", "okr_with_conditions", "not_okr", "undecided"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points that one answer gives one approach, with the reason; never zero."""

    question: str
    option: str
    points: int
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A blocker that holds."""

    id: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One approach with its points; the contributions add up to them exactly."""

    approach: str
    points: int
    blocked_by: tuple[Block, ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class ConditionToFix:
    """Something to fix first, for ``approach``."""

    id: str
    approach: str
    fix: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContestedTopic:
    """A topic on which experts disagree, with both positions."""

    id: str
    topic: str
    for_: Annotated[str, Field(serialization_alias="for")]  # `for` is a word of the language
    against: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContradictionFound:
    """Two answers that cannot both hold."""

    id: str
    questions: tuple[str, ...]
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where the work lies on one axis: the mean of ``answered`` of ``of`` asked questions, 0 to 100.

    ``value`` is None when none is answered; ``unsure`` has no place on an axis and is not counted.
    """

    value: float | None
    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the work lies, for pictures; it describes and never decides."""

    vision: Position
    outcome: Position
    stakeholders: Position
    okr_points: dict[str, int]
    """Points for ``okr`` by section of the questionnaire; they sum to its points."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Everything that follows from a sheet, on one model."""

    model: str
    answers: dict[str, str]
    open: tuple[str, ...]
    unsure: tuple[str, ...]
    ignored: tuple[str, ...]
    verdict: Verdict
    approach: str | None
    tied: tuple[str, ...]
    blocked_leader: str | None
    variant: str | None
    split: bool
    ranking: tuple[Ranked, ...]
    conditions: tuple[ConditionToFix, ...]
    contested: tuple[ContestedTopic, ...]
    contradictions: tuple[ContradictionFound, ...]
    profile: Profile

    @property
    def counted(self) -> dict[str, str]:
        """The answers that count: those to questions that are asked."""
        return {id_: answer for id_, answer in self.answers.items() if id_ not in self.ignored}

    @property
    def outcome(self) -> tuple[str, ...]:
        """The unblocked approaches with the highest points: one, or those that are tied."""
        return (self.approach,) if self.approach else self.tied

    def ranked(self, approach: str) -> Ranked:
        """Return the entry of the ranking for this approach."""
        return next(entry for entry in self.ranking if entry.approach == approach)

    def to_json(self) -> dict[str, Any]:
        """The contract as plain JSON values, in the documented order of keys."""
        return _adapter().dump_python(self, mode="json", by_alias=True)  # type: ignore[no-any-return]


@cache
def _adapter() -> TypeAdapter[Recommendation]:
    return TypeAdapter(Recommendation)
