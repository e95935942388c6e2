"""The check at the end: fist of five. How far people stand behind what was agreed, and who is asked to speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okr_assistant.workshop.room import FINGERS, MUST_SPEAK, Room, Vote


@dataclass(frozen=True, slots=True)
class Check:
    """One check that was revealed; ``round`` is its number.

    ``fingers`` has the votes for each number of fingers, none first, by seat; it is empty when ``too_few`` voted,
    fewer than the room's smallest group, of whom nothing is shown.
    """

    round: int
    voted: int
    too_few: bool
    fingers: Mapping[str, tuple[Vote, ...]]

    @property
    def must_speak(self) -> tuple[Vote, ...]:
        """The votes of those who show two fingers or fewer, the fewest first."""
        return tuple(vote for fingers, votes in self.fingers.items() if fingers in MUST_SPEAK for vote in votes)


def checks(room: Room, votes: Iterable[Vote]) -> tuple[Check, ...]:
    """Return every check that was revealed, the first one first; each stands for itself."""
    given = tuple(votes)
    return tuple(
        _check(round_.number, [vote for vote in given if vote.round == round_.number], room.setup.smallest_group)
        for round_ in room.rounds
        if round_.kind == "check" and round_.revealed_at
    )


def _check(number: int, votes: list[Vote], fewest: int) -> Check:
    too_few = 0 < len(votes) < fewest
    by_seat = sorted(votes, key=lambda vote: vote.seat)
    fingers = {shown: tuple(vote for vote in by_seat if vote.choice == shown) for shown in FINGERS}
    return Check(number, len(votes), too_few, {} if too_few else fingers)
