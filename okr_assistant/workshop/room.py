"""A room: what a workshop is about, its rounds, what was agreed, what came out. Who votes what is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from okr_assistant.decision.model import Model

FIST = "fist_of_five"
"""The one question of a check: how far people stand behind what was agreed, in fingers."""
FINGERS = ("0", "1", "2", "3", "4", "5")
MUST_SPEAK = frozenset(FINGERS[:3])
"""Whoever shows two fingers or fewer is asked to speak (fist of five, as EvolveAgility describes it)."""

PLACES = 200
"""Participants in one room, those who only watch among them."""
MOST_ROUNDS = 20
GROUP_SIZES = (2, 3, 4, 5, 6, 8, 10)
LONGEST_ROUND = timedelta(days=30)
KEPT = timedelta(days=90)
"""After the last thing that anybody did in a room it is deleted, with everything in it."""

RoundKind: TypeAlias = Literal["vote", "check"]
Phase: TypeAlias = Literal["lobby", "voting", "closed", "revealed", "finished"]


@dataclass(frozen=True, slots=True)
class Setup:
    """What the facilitator sets when the room is made, and nobody changes afterwards.

    ``about`` says what is being decided. Where a room is not ``named``, nobody ever sees whose vote it is. Nothing
    is shown of a question on which fewer than ``smallest_group`` people voted.
    """

    title: str
    about: str
    model: str
    digest: str
    questions: tuple[str, ...]
    named: bool
    smallest_group: int
    decider: str


@dataclass(frozen=True, slots=True)
class Round:
    """One time of voting. ``closes_at`` is when it closes by itself; None means when somebody closes it.

    ``uncounted`` are the questions of which the votes in this round never count: see ``steps.reveal``.
    """

    number: int
    kind: RoundKind
    questions: tuple[str, ...]
    opened_at: datetime
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    revealed_at: datetime | None = None
    uncounted: tuple[str, ...] = ()

    def phase(self, now: datetime) -> Phase:
        """Where the round stands; at the very instant at which it closes it is closed."""
        if self.revealed_at is not None:
            return "revealed"
        over = self.closes_at is not None and now >= self.closes_at
        return "closed" if over or self.closed_at is not None else "voting"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: the decision in the group's own words, who looks after it, and when it is looked at again.

    ``corrected_at`` is when these words were last put in the place of others, after the end; None for never.
    """

    decided: str
    because: str
    owner: str
    review_on: date | None
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room with everything but its people and their votes.

    ``id`` is in the address by which people join; ``code`` leads to it. ``agreed`` are the group's answers so far,
    ``focus`` is the question that is being talked about, or empty; ``talked`` are all that were since the latest
    round began, in the room's order. ``revision`` grows with every change.
    """

    id: str
    code: str
    setup: Setup
    made_at: datetime
    rounds: tuple[Round, ...] = ()
    agreed: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""
    talked: tuple[str, ...] = ()
    nudged_at: datetime | None = None
    outcome: Outcome | None = None
    finished_at: datetime | None = None
    revision: int = 0

    @property
    def round(self) -> Round | None:
        """The latest round; None before the first."""
        return self.rounds[-1] if self.rounds else None

    @property
    def votes_shown(self) -> tuple[Round, ...]:
        """The rounds of voting that were revealed, the first one first."""
        return tuple(round_ for round_ in self.rounds if round_.kind == "vote" and round_.revealed_at)

    @property
    def answers_are_agreed(self) -> bool:
        """The group's answers stand: they were put to the check, or the workshop is over."""
        return self.finished_at is not None or (self.round is not None and self.round.kind == "check")

    def phase(self, now: datetime) -> Phase:
        """Where the workshop stands."""
        if self.finished_at is not None:
            return "finished"
        return self.round.phase(now) if self.round else "lobby"

    def choices(self, question: str, model: Model) -> tuple[str, ...]:
        """What can be voted for on a question of the latest round."""
        return FINGERS if question == FIST else model.questions_by_id[question].choices


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a room. ``seat`` counts from 1 and is never given twice; ``name`` is what they call themselves.

    ``begun`` and ``done`` are the latest round in which they voted at all, and the latest one they completed; 0
    for none. That is all that anybody is told of their votes before the reveal.
    """

    seat: int
    name: str
    spectator: bool
    joined_at: datetime
    begun: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """What one participant chose for one question in one round, and why; ``reason`` may be empty."""

    seat: int
    round: int
    question: str
    choice: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """What everybody in a room asks for all the time, and costs next to nothing; counts are without spectators.

    ``begun`` and ``done`` count for the latest round; ``round`` is its number. ``used_at`` is when somebody was
    last active in the room, from which its end is counted.
    """

    revision: int
    round: int
    closes_at: datetime | None
    used_at: datetime
    joined: int
    watching: int
    begun: int
    done: int
