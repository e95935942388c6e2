"""Rooms with votes, made of nothing but values: what the reveal works on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from okr_assistant.decision.model import Model
from okr_assistant.workshop.room import FIST, Participant, Room, Round, RoundKind, Setup, Vote
from tests.still import NOON

Sheets = Mapping[int, Mapping[str, str]]
"""What people chose in one round, by seat and question."""


@dataclass(frozen=True)
class Held:
    """A workshop in which every round was revealed; some people may have left since."""

    room: Room
    people: tuple[Participant, ...]
    votes: tuple[Vote, ...]


def held(
    model: Model,
    *rounds: Sheets,
    named: bool = False,
    fewest: int = 2,
    agreed: Mapping[str, str] | None = None,
    reasons: Mapping[tuple[int, int, str], str] | None = None,
    check: Mapping[int, str] | None = None,
    questions: Sequence[str] = (),
) -> Held:
    """The first round is about all questions, later ones about those that somebody votes on in them.

    ``reasons`` are by round, seat and question; ``check`` has the fingers of a last round by seat.
    """
    setup = Setup(
        title="Checkout", about="", model=model.version, digest=model.digest,
        questions=tuple(questions) or tuple(model.questions_by_id), named=named, smallest_group=fewest, decider="",
    )  # fmt: skip
    asked = [setup.questions, *(_in_order(setup, given) for given in rounds[1:])]
    given: list[Sheets] = list(rounds)
    kinds: list[RoundKind] = ["vote"] * len(rounds)
    if check is not None:
        given.append({seat: {FIST: fingers} for seat, fingers in check.items()})
        asked.append((FIST,))
        kinds.append("check")

    def few(questions: Sequence[str], sheets: Sheets) -> tuple[str, ...]:
        cast = Counter(question for chosen in sheets.values() for question in chosen)
        return tuple(id_ for id_ in questions if id_ != FIST and not named and 0 < cast[id_] < fewest)

    room = Room(
        id="room", code="0" * 8, setup=setup, made_at=NOON, agreed=agreed or {},
        rounds=tuple(
            Round(number, kind, asked_, NOON, closed_at=NOON, revealed_at=NOON, uncounted=few(asked_, sheets))
            for number, (kind, asked_, sheets) in enumerate(zip(kinds, asked, given, strict=True), start=1)
        ),
    )  # fmt: skip
    votes = tuple(
        Vote(seat, number, question, choice, (reasons or {}).get((number, seat, question), ""), NOON)
        for number, sheets in enumerate(given, start=1)
        for seat, chosen in sorted(sheets.items())
        for question, choice in chosen.items()
    )
    seats = sorted({seat for sheets in given for seat in sheets})
    people = tuple(Participant(seat, f"Person {seat}", spectator=False, joined_at=NOON) for seat in seats)
    return Held(room, people, votes)


def unrevealed(found: Held, number: int) -> Held:
    """The same while this round is not revealed yet."""
    rounds = [replace(r, revealed_at=None) if r.number == number else r for r in found.room.rounds]
    return replace(found, room=replace(found.room, rounds=tuple(rounds)))


def without(found: Held, seats: Collection[int]) -> Held:
    """The same after these people have left."""
    people = tuple(person for person in found.people if person.seat not in seats)
    return replace(found, people=people, votes=tuple(vote for vote in found.votes if vote.seat not in seats))


def _in_order(setup: Setup, sheets: Sheets) -> tuple[str, ...]:
    voted = {question for chosen in sheets.values() for question in chosen}
    return tuple(question for question in setup.questions if question in voted)
