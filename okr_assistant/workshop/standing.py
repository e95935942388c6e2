"""Standing votes: of each person on each question the latest one that was revealed and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from okr_assistant.workshop.room import Room, Vote


@dataclass(slots=True)
class Standing:
    """The votes on one question that stand ``now``, by seat, and those ``before`` it was asked the last time.

    ``rounds`` are the numbers of the revealed rounds in which it was asked, and ``again`` counts whose vote of the
    last one counts. ``too_few`` is how many voted the last time that anybody did, if they were too few to count.
    Who chose the same again without saying why still has the reason given before.
    """

    rounds: tuple[int, ...]
    now: dict[int, Vote] = field(default_factory=dict)
    before: dict[int, Vote] = field(default_factory=dict)
    again: int = 0
    too_few: int = 0

    @property
    def voted_before(self) -> int:
        """How many people had a vote before the last round in which it was asked."""
        return len(self.now) - self.again + len(self.before)

    def add(self, votes: Sequence[Vote], fewest: int) -> None:
        """Take all votes of the next round; those of fewer than ``fewest`` people do not count."""
        self.too_few = len(votes) if len(votes) < fewest else 0
        if not self.too_few:
            for vote in votes:
                self._add(vote)

    def _add(self, vote: Vote) -> None:
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

    Votes in rounds that were not revealed, and those of the check, are passed over. So are those of a round on a
    question that fewer than the smallest group cast: with the counts before and after, whoever knows who voted
    again would know what they chose.
    """
    rounds = [round_ for round_ in room.votes_shown if up_to is None or round_.number <= up_to]
    found = {
        question: Standing(tuple(round_.number for round_ in rounds if question in round_.questions))
        for question in room.setup.questions
    }
    cast: dict[tuple[int, str], list[Vote]] = defaultdict(list)
    for vote in sorted(votes, key=attrgetter("round", "seat")):
        cast[vote.round, vote.question].append(vote)
    for (number, question), together in cast.items():
        standing = found.get(question)
        if standing and number in standing.rounds:
            standing.add(together, room.setup.smallest_group)
    return found
