"""What the room sees when votes are revealed: one question after the other, those that matter first.

Used by the projector, the facilitator, the participants' pages and the record, which show the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoteBar:
    """A choice with how many chose it; ``share`` is of the largest, for the length of a bar, 0 to 100.

    ``names`` are of those who chose it, in named rooms only, and ``reasons`` theirs, each with its name or an
    empty one; both are texts that people typed. ``standing`` says in a word whether it is the proposal or was
    agreed.
    """

    choice: str
    label: str
    people: int
    share: float
    names: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    standing: str


@dataclass(frozen=True, slots=True)
class RevealedQuestion:
    """A question with its votes. Every text is a whole sentence of the catalogue, or empty.

    ``statistic`` names the statistic and its value (or why there is none); ``spread`` says how far people are
    apart; ``consequence`` whether this disagreement changes the result, and between what; ``shift`` who would have
    to move; ``moves`` how people moved since the vote before.
    """

    id: str
    text: str
    bars: tuple[VoteBar, ...]
    voted: str
    statistic: str
    spread: str
    consequence: str
    shift: str
    moves: tuple[str, ...]
    matters: bool
    proposal: str | None
    agreed: str | None


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """An outcome of people's own answers: its name, its approaches (for colours), and how many people have it."""

    approaches: tuple[str, ...]
    label: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class RevealView:
    """The whole reveal. ``headline`` says what people's own answers lead to, ``group`` what the group's do."""

    headline: str
    group: str
    possible: str
    by_person: tuple[OutcomeBar, ...]
    deciding: str
    """How many disagreements decide, and how many do not."""
    questions: tuple[RevealedQuestion, ...]
    too_few: tuple[str, ...]
    """A sentence for each question of which nothing is shown."""
