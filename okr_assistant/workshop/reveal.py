"""The reveal: what a group answered, and which of its disagreements matters.

The words, exactly:

- A person's *standing vote* on a question is their latest vote on it in a round that was revealed. Who does not
  vote again stays where they were.
- The *proposal* of a group on a question: for ordered questions the median of the votes, and none when the two in
  the middle differ (two options are never averaged into a third one); for nominal ones the most frequent, and none
  when two are equally frequent. ``unsure`` is counted and shown, and never part of either.
- The *group's answers*: what was agreed, else the proposal, else nothing.
- A *camp* is an option (never ``unsure``) that at least two people chose; one is enough in groups under six.
- A question *matters* when, all others at the group's answers, two of its camps lead to different outcomes.
- Of a question on which fewer than the room's smallest group voted nothing is shown, and nothing is used.

Independence before talking, then revealing at once: Kahneman, Sibony and Sunstein, *Noise* (2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Statistic: TypeAlias = Literal["median", "most_frequent"]
Outcomes: TypeAlias = tuple[str, ...]
"""The outcome of a sheet: one approach, or several that tie, in model order."""

CAMPS_OF_ONE_BELOW = 6


@dataclass(frozen=True, slots=True)
class Camp:
    """People who chose the same option, by seat; and the outcome if the group answered with it."""

    option: str
    seats: tuple[int, ...]
    outcome: Outcomes


@dataclass(frozen=True, slots=True)
class Shift:
    """The fewest people who would have to move to ``option`` for the group's result to become ``outcome``."""

    option: str
    people: int
    outcome: Outcomes


@dataclass(frozen=True, slots=True)
class Move:
    """How many went from one choice to another between the last but one and the last vote on a question."""

    from_: str
    to: str
    people: int


@dataclass(frozen=True, slots=True)
class QuestionReveal:
    """One question. ``seats`` has every choice of the question, in order, ``unsure`` last, with who chose it.

    ``again`` counts those who voted in the latest of the ``rounds`` in which it was asked (their numbers).
    ``lowest``, ``highest`` and ``span`` (steps between them) are of the options voted for on an ordered question,
    and None on a nominal one or without votes for an option. ``shift`` is there when some option leads to another
    outcome than the group's answer (or, without one, than all other camps do).
    """

    question: str
    seats: Mapping[str, tuple[int, ...]]
    rounds: tuple[int, ...]
    again: int
    statistic: Statistic
    proposal: str | None
    agreed: str | None
    lowest: str | None
    highest: str | None
    span: int | None
    camps: tuple[Camp, ...]
    matters: bool
    shift: Shift | None
    moves: tuple[Move, ...]

    @property
    def voted(self) -> int:
        """How many people have a standing vote on this question."""
        return sum(map(len, self.seats.values()))


@dataclass(frozen=True, slots=True)
class Reveal:
    """What the votes say. ``questions`` are in the order in which to talk about them: those that matter first.

    ``too_few`` are the questions of which nothing is shown. ``people`` have a standing vote on what is shown.
    ``by_person`` counts the outcomes of each person's own answers, the most frequent first. ``answers`` are the
    group's, ``outcome`` is what they lead to, and ``possible`` are all approaches that any mix of the votes given
    can lead to, in model order.
    """

    questions: tuple[QuestionReveal, ...]
    too_few: tuple[str, ...]
    people: int
    by_person: tuple[tuple[Outcomes, int], ...]
    answers: Mapping[str, str]
    outcome: Outcomes
    possible: tuple[str, ...]
