"""Standing votes: of each person on each question the latest one that was revealed and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from okr_assistant.workshop.room import Room, Vote


@dataclass(slots=True)
class Standing:
    """The votes on one question that stand ``now``, by seat, and those ``before`` it was asked the last time.

    ``rounds`` are the numbers of the revealed rounds in which it was asked, and ``again`` counts whose vote of the
    last one counts. ``uncounted`` has how many voted in each of those in which votes on it do not count. Who chose
    the same again without saying why still has the reason given before; ``said_in`` has the round of the reason
    that stands, by seat. ``fewest`` is the smallest group.
    """

    rounds: tuple[int, ...]
    fewest: int
    now: dict[int, Vote] = field(default_factory=dict)
    before: dict[int, Vote] = field(default_factory=dict)
    again: int = 0
    uncounted: dict[int, int] = field(default_factory=dict)
    said_in: dict[int, int] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        """Whether enough votes stand; a question on which there is no vote at all is no secret."""
        return len(self.now) >= self.fewest or not (self.now or self.uncounted)

    @property
    def moves_shown(self) -> bool:
        """Whether enough votes stood before the last round in which it was asked."""
        return len(self.now) - self.again + len(self.before) >= self.fewest

    @property
    def too_few(self) -> int:
        """How many voted the last time that it was asked, if these votes do not count, else 0."""
        return self.uncounted.get(self.rounds[-1], 0) if self.rounds else 0

    @property
    def voted(self) -> int:
        """How many votes stand; if none does, how many voted the last time that anybody did."""
        return len(self.now) or (self.uncounted[max(self.uncounted)] if self.uncounted else 0)

    def add(self, vote: Vote) -> None:
        """Take the next vote that counts, by round."""
        earlier = self.now.get(vote.seat)
        if vote.round == self.rounds[-1]:
            self.again += 1
            if earlier:
                self.before[vote.seat] = earlier
        if earlier and earlier.choice == vote.choice and not vote.reason:
            vote = replace(vote, reason=earlier.reason)
        else:
            self.said_in[vote.seat] = vote.round
        self.now[vote.seat] = vote


def standing_votes(room: Room, votes: Iterable[Vote], up_to: int | None = None) -> Mapping[str, Standing]:
    """Return what stands on each question of the room, in order, after the round ``up_to`` or the latest one.

    Votes in rounds that were not revealed, and those of the check, are passed over. So are those that the reveal
    of their round left uncounted.
    """
    rounds = {round_.number: round_ for round_ in room.votes_shown if up_to is None or round_.number <= up_to}
    found = {
        question: Standing(
            tuple(number for number, round_ in rounds.items() if question in round_.questions),
            room.setup.smallest_group,
        )
        for question in room.setup.questions
    }
    for vote in sorted(votes, key=attrgetter("round", "seat")):
        standing = found.get(vote.question)
        if standing is None or vote.round not in standing.rounds:
            continue
        if vote.question in rounds[vote.round].uncounted:
            standing.uncounted[vote.round] = standing.uncounted.get(vote.round, 0) + 1
        else:
            standing.add(vote)
    return found
