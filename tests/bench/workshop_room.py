"""A room where a running server keeps its data, made through the library; and what is in it afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import Model
from okr_assistant.store.sql_store import SqlStore
from okr_assistant.store.tables import receipts
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.voting import Voting
from okr_assistant.workshop.workshops import Workshops
from tests.bench.answers import full_sheet
from tests.bench.participant import Participant
from tests.stores import open_at

Sheet = Mapping[str, str]


@dataclass(frozen=True)
class WorkshopRoom:
    """One room. ``browser`` is the id of the browser that facilitates it, ``model`` what its questions are of."""

    id: str
    browser: str
    model: Model
    facilitation: Facilitation
    voting: Voting
    store: SqlStore

    def kept(self) -> dict[str, dict[str, str]]:
        """Return what is in the database of the first round: by name of the participant, question and choice."""
        names = {person.seat: person.name for person in self.store.people(self.id)}
        found: dict[str, dict[str, str]] = {name: {} for name in names.values()}
        for vote in self.store.votes(self.id, [1]):
            found[names[vote.seat]][vote.question] = vote.choice
        return found

    def receipts(self) -> int:
        """Count what was received as something new."""
        with self.store.database.read() as connection:
            query = select(func.count()).where(receipts.c.room_id == self.id)
            return int(connection.execute(query).scalar_one())


@dataclass(frozen=True)
class Loss:
    """What differs between what people were told and the database; everything has to be 0.

    ``lost`` answers are not there, ``other`` ones are not what was chosen, ``doubled`` ones were received more
    often than they were sent, ``seats`` is how many there are too many.
    """

    lost: int
    other: int
    doubled: int
    seats: int


@contextmanager
def rooms_in(place: str | Path, model: Model, count: int = 1) -> Iterator[list[WorkshopRoom]]:
    """Make rooms with all questions, open the first round in them, and keep the store open beside the server's.

    ``place`` is the folder of the server's data, or the address of its database.
    """
    store, tokens = open_at(place), SystemTokens()
    workshops = Workshops(store, store.clock, tokens, SystemCodes())
    try:
        made = []
        for _ in range(count):
            browser = tokens.token()
            new = workshops.make(model, title="Under load", about="How many it can carry.", browser=browser)
            facilitation = workshops.facilitation(new.id, browser)
            facilitation.open_round()
            made.append(WorkshopRoom(new.id, browser, model, facilitation, workshops.voting(new.id), store))
        yield made
    finally:
        store.close()


def sheets(model: Model, people: int) -> dict[str, Sheet]:
    """For each participant's name a sheet by lot, the same in every run, of which every question is asked."""
    return {f"Participant {number}": _sheet(model, random.Random(number)) for number in range(1, people + 1)}


def compare(room: WorkshopRoom, crowd: Sequence[Participant]) -> Loss:
    """Compare what everybody was told is saved with what is in the database."""
    kept, seats = room.kept(), Counter(person.name for person in room.store.people(room.id))
    lost = other = 0
    for person in crowd:
        found = kept.get(person.name, {})
        lost += len(set(person.given) - set(found))
        other += sum(found.get(question, choice) != choice for question, choice in person.given.items())
    return Loss(
        lost=lost,
        other=other,
        doubled=room.receipts() - sum(person.sent for person in crowd),
        seats=seats.total() - len(crowd),
    )


def _sheet(model: Model, dice: random.Random) -> Sheet:
    answers = full_sheet(model)
    for question in model.questions:
        other = {**answers, question.id: dice.choice(question.choices)}
        if _asks_all(model, other):
            answers = other
    return answers


def _asks_all(model: Model, answers: Sheet) -> bool:
    return len(read_answers(model, answers).asked) == len(model.questions)
