"""The votes of a workshop as CSV, for whoever leads it, once they were revealed; a file as ``table.py`` makes it.

In a named room a row is a vote. In an anonymous one no row joins two answers of one person: a row is a choice with
how many took it, or one of the reasons given for it, and reasons are in the order of their letters. A question on
which fewer people than the room's smallest group voted in a round has no rows for that round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okr_assistant.decision.model import Model
from okr_assistant.export.table import Cell, csv_file
from okr_assistant.views.workshop.texts import choice_text, question_text
from okr_assistant.words import Words
from okr_assistant.workshop.cast import Cast, cast
from okr_assistant.workshop.room import Participant, Room, Vote

_NAMED = ("round", "id", "question", "seat", "name", "choice_id", "choice", "reason")
_ANONYMOUS = ("round", "id", "question", "choice_id", "choice", "people", "reason")


def votes_csv(
    room: Room, people: Sequence[Participant], votes: Sequence[Vote], model: Model, words: Words
) -> bytes:
    """Return the votes of the revealed rounds as the bytes of a CSV file.

    ``people`` may have been read a moment later than ``votes``: who has left since has no rows.
    """
    names = {person.seat: person.name for person in people}
    there = [vote for vote in votes if vote.seat in names]
    columns = _NAMED if room.setup.named else _ANONYMOUS
    rows: list[list[Cell]] = [[words(f"workshop_record.table.{column}") for column in columns]]
    for each in cast(room, there, model):
        start: list[Cell] = [each.round, each.question, question_text(model, words, each.question)]
        found = _named(each, names, model, words) if room.setup.named else _anonymous(each, model, words)
        rows += [start + row for row in found]
    return csv_file(rows)


def _named(found: Cast, names: dict[int, str], model: Model, words: Words) -> Iterator[list[Cell]]:
    by_seat = sorted((vote for votes in found.votes.values() for vote in votes), key=lambda vote: vote.seat)
    for vote in by_seat:
        label = choice_text(model, words, vote.question, vote.choice)
        yield [vote.seat, names[vote.seat], vote.choice, label, vote.reason]


def _anonymous(found: Cast, model: Model, words: Words) -> Iterator[list[Cell]]:
    for choice, votes in found.votes.items():
        yield [choice, choice_text(model, words, found.question, choice), len(votes), ""]
    for choice, votes in found.votes.items():
        label = choice_text(model, words, found.question, choice)
        for reason in sorted(vote.reason for vote in votes if vote.reason):
            yield [choice, label, "", reason]
