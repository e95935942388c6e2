"""Standing votes: of each person on each question the latest one that was revealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from okr_assistant.workshop.room import Room, Vote


@dataclass(slots=True)
class Standing:
    """The votes on one question that stand ``now``, by seat, and those ``before`` it was asked the last time.

    ``rounds`` are the numbers of the revealed rounds in which it was asked, and ``again`` counts who voted in the
    last one. Who chose the same again without saying why still has the reason given before.
    """

    rounds: tuple[int, ...]
    now: dict[int, Vote] = field(default_factory=dict)
    before: dict[int, Vote] = field(default_factory=dict)
    again: int = 0

    @property
    def voted_before(self) -> int:
        """How many people had a vote before the last round in which it was asked."""
        return len(self.now) - self.again + len(self.before)

    def add(self, vote: Vote) -> None:
        """Take the next vote; those of earlier rounds were taken before."""
        earlier = self.now.get(vote.seat)
        if vote.round == self.rounds[-1]:
            self.again += 1
            if earlier:
                self.before[vote.seat] = earlier
        if earlier and earlier.choice == vote.choice and not vote.reason:
            vote = replace(vote, reason=earlier.reason)
        self.now[vote.seat] = vote


def standing_votes(room: Room, votes: Iterable[Vote], up_to: int | None = None) -> Mapping[str, Standing]:
    """Return what stands on each question of the room, in order, after the round ``up_to`` or the latest one.

    Votes in rounds that were not revealed, and those of the check, are passed over.
    """
    rounds = [round_ for round_ in room.votes_shown if up_to is None or round_.number <= up_to]
    found = {
        question: Standing(tuple(round_.number for round_ in rounds if question in round_.questions))
        for question in room.setup.questions
    }
    for vote in sorted(votes, key=attrgetter("round", "seat")):
        standing = found.get(vote.question)
        if standing and vote.round in standing.rounds:
            standing.add(vote)
    return found
