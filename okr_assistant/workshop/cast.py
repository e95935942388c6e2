"""The votes of each round as they were cast, as far as they may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okr_assistant.decision.model import Model
from okr_assistant.workshop.room import Room, Vote


@dataclass(frozen=True, slots=True)
class Cast:
    """The votes on one question in one round: every choice of the question, in order, with its votes by seat."""

    round: int
    question: str
    votes: Mapping[str, tuple[Vote, ...]]

    @property
    def voted(self) -> int:
        """How many people voted on this question in this round."""
        return sum(map(len, self.votes.values()))


def cast(room: Room, votes: Sequence[Vote], model: Model) -> tuple[Cast, ...]:
    """Return what was cast in the revealed rounds, the check's too, by round and question.

    Where fewer people than the room's smallest group voted on a question in a round, nothing of it is here: so
    nothing that does not count is, nor what few voted again in a named room, where it counts.
    """
    by_choice: dict[tuple[int, str, str], list[Vote]] = defaultdict(list)
    for vote in sorted(votes, key=lambda vote: vote.seat):
        by_choice[vote.round, vote.question, vote.choice].append(vote)
    found = (
        Cast(
            round_.number,
            question,
            {
                choice: tuple(by_choice[round_.number, question, choice])
                for choice in room.choices(question, model)
            },
        )
        for round_ in room.rounds
        if round_.revealed_at
        for question in round_.questions
    )
    return tuple(each for each in found if each.voted >= room.setup.smallest_group)
