"""Steps that tests of stored rooms take."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from okr_assistant.housekeeping import Store
from okr_assistant.store import SqlStore
from okr_assistant.store.tables import metadata
from okr_assistant.workshop.room import Participant, Room
from tests.still import NOON
from tests.store.samples import a_room, a_vote, browser, keys, token

SECOND = timedelta(seconds=1)

DAY = timedelta(days=1)

ONE, TWO = a_room(1), a_room(2)


def add(store: Store, number: int = 1) -> Room:
    room = a_room(number)
    assert store.add_room(room, keys(number), browser(number))
    return room


def join(store: Store, number: int, room: Room = ONE, *, spectator: bool = False) -> Participant:
    with store.change_room(room.id) as change:
        return change.add(token(number), f"Name {number}", NOON + number * SECOND, spectator=spectator)


def vote(store: Store, *seats: int, room: Room = ONE, round_: int = 1) -> None:
    with store.change_room(room.id) as change:
        change.put_votes([a_vote(seat, round_) for seat in seats])


def rows(store: Store) -> Counter[str]:
    """How many rows each table has that has any."""
    assert isinstance(store, SqlStore)
    with store.database.read() as connection:
        found = {table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables}
    return +Counter(found)
