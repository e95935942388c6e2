"""The parts that all views of votes share: choices and outcomes inside sentences, moves, and who gave a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Move, Outcomes
from okr_assistant.workshop.room import Participant, Room, Vote


def outcome_text(model: Model, outcome: Outcomes, words: Words) -> str:
    """Return an outcome as it is called inside a sentence."""
    if len(outcome) == len(model.approaches):
        return words("reveal.nothing")
    names = words.listed([model.approaches_by_id[id_].phrase for id_ in outcome])
    return names if len(outcome) == 1 else words("reveal.tie", approaches=names)


def quoted_choice(model: Model, question: str, choice: str, words: Words) -> str:
    """Return a choice as it is quoted inside a sentence."""
    return words("reveal.choice", choice=answer_label(model, words, question, choice))


def move_texts(model: Model, question: str, moves: Iterable[Move], words: Words) -> tuple[str, ...]:
    """Say how many moved from where to where."""
    return tuple(
        words.counted(
            "reveal.move",
            move.people,
            from_=quoted_choice(model, question, move.from_, words),
            to=quoted_choice(model, question, move.to, words),
        )
        for move in moves
    )


def names_by_seat(room: Room, people: Iterable[Participant]) -> Mapping[int, str]:
    """Return what people are called; in a room without names, nobody is."""
    return {person.seat: person.name for person in people} if room.setup.named else {}


def with_reasons(votes: Iterable[Vote], names: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Return the reasons given with these votes, each with a name, in an order that tells nothing more."""
    given = ((names.get(vote.seat, ""), vote.reason) for vote in votes if vote.reason)
    return tuple((reason, name) for name, reason in sorted(given))


def share_of(people: int, most: int) -> float:
    """Return the length of a bar, 0 to 100, where the longest is of ``most`` people."""
    return 100 * people / most if most else 0.0
