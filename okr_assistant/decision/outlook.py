"""What the contract says beyond the recommendation: what is open, how firm it is, what would change it.

``docs/decision.md`` 5 to 8, as plain values in the documented order of keys; the schema of the API is made from
these types.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from okr_assistant.decision.margin import Margin
from okr_assistant.decision.recommendation import Verdict


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One question answered otherwise. ``from`` is null when it was open; ``to`` is never ``unsure``."""

    question: str
    from_: Annotated[str | None, Field(serialization_alias="from")]  # `from` is a word of the language
    to: str


@dataclass(frozen=True, slots=True)
class StepEntry(ChangeEntry):
    """A change to a changeable option, with the sentence that says how."""

    how: str


@dataclass(frozen=True, slots=True)
class FlipEntry:
    """Changes after which the outcome differs, and what follows then."""

    changes: tuple[ChangeEntry, ...]
    approach: str | None
    tied: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PathEntry:
    """Changes to how one works that lead to ``okr``; ``lead`` is null when all others are then blocked."""

    changes: tuple[StepEntry, ...]
    lead: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outlook:
    """What needs foresight or flips; left out of a brief result."""

    settled: bool
    possible: tuple[str, ...]
    shares: dict[str, float]
    shares_exact: bool
    margin: Margin
    rests_on: tuple[str, ...]
    stands: float
    flips: tuple[FlipEntry, ...]
    """Those of one and two changes, and those of three when there are none smaller."""
    flips_total: dict[int, int]
    """How many there are, by number of changes."""
    path_to_okr: tuple[PathEntry, ...]
    next_question: str | None

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return _adapter().dump_python(self, mode="json", by_alias=True)  # type: ignore[no-any-return]


@cache
def _adapter() -> TypeAdapter[Outlook]:
    return TypeAdapter(Outlook)
