"""Rooms in every store, and who facilitates them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.store import SqlStore
from okr_assistant.store.room_rows import room_to_row
from okr_assistant.store.tables import rooms
from okr_assistant.workshop.ports import Keys
from tests.still import NOON
from tests.store.room_steps import DAY, ONE, SECOND, TWO, add, join, rows
from tests.store.samples import TEXT, a_room, a_vote, an_old_room, browser, keys, token

# the room


def test_a_room_comes_back_as_it_was_by_id_code_and_either_key(any_store: Store) -> None:
    room = add(any_store)
    assert any_store.room(room.id) == room
    assert any_store.room_with_code(room.code) == room.id
    assert any_store.room_with_key(keys().facilitator) == (room.id, "own_key")
    assert any_store.room_with_key(keys().co_facilitator) == (room.id, "co_key")
    assert any_store.used_at(room.id) == room.made_at
    assert any_store.rooms_of(browser(1)) == (room,)


@pytest.mark.robustness(27)
def test_what_opens_one_thing_opens_no_other(any_store: Store) -> None:
    room = add(any_store)
    join(any_store, 1)
    for text in (room.code, "room-0002", "", "ROOM-0001"):
        assert any_store.room(text) is None
        assert any_store.used_at(text) is None
        assert any_store.pulse(text) is None
    assert any_store.room_with_code(room.id) is None
    for key in (token(1), browser(1), b""):
        assert any_store.room_with_key(key) is None
    for key in (keys().facilitator, browser(1), b""):
        assert any_store.participant(key) is None
    assert not any_store.facilitates(room.id, keys().facilitator)
    assert not any_store.facilitates(TWO.id, browser(1))


def test_a_room_with_a_code_that_is_taken_is_not_kept_and_the_first_stays(any_store: Store) -> None:
    room = add(any_store)
    assert any_store.add_room(replace(TWO, code=room.code), keys(2), browser(2)) is False
    assert any_store.room_with_code(room.code) == room.id
    assert any_store.room(TWO.id) is None
    assert any_store.rooms_of(browser(2)) == ()
    assert any_store.room_with_key(keys(2).facilitator) is None
    assert any_store.add_room(TWO, keys(2), browser(2)) is True


def test_another_room_with_the_same_id_or_key_is_refused_and_the_first_stays(any_store: Store) -> None:
    room = add(any_store)
    for other, its_keys in (
        (replace(TWO, id=room.id), keys(2)),
        (TWO, Keys(keys(1).facilitator, keys(2).co_facilitator)),
        (TWO, Keys(keys(2).facilitator, keys(1).co_facilitator)),
    ):
        with pytest.raises(StoreError):
            any_store.add_room(other, its_keys, None)
    assert any_store.room(room.id) == room
    assert any_store.room(TWO.id) is None


def test_everything_that_a_room_can_have_comes_back(any_store: Store) -> None:
    room = add(any_store)
    old = replace(an_old_room(), revision=1)
    with any_store.change_room(room.id) as change:
        change.save(old)
        assert change.room == old
    assert any_store.room(room.id) == old


def test_a_room_is_kept_without_signs_beyond_ascii(store: SqlStore) -> None:
    """As the other rows: PostgreSQL keeps no NUL, and a driver's idea of an encoding does not matter."""
    add(store)
    with store.database.read() as connection:
        state: str = connection.execute(rooms.select()).one().state
    assert state.isascii()
    assert TEXT not in state


def test_a_room_that_cannot_be_read_says_so(store: SqlStore) -> None:
    room = add(store)
    with store.database.write() as connection:
        connection.execute(rooms.update().values(state='{"id":7}'))
    for read in (lambda: store.room(room.id), lambda: store.rooms_of(browser(1))):
        with pytest.raises(StoreError) as refusal:
            read()
        assert refusal.value.problem == "unreadable_entry"


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "revision", "0"),
        ((), "revision", None),
        ((), "id", 7),
        ((), "of_another_release", 1),
        ((), "made_at", "yesterday"),
        ((), "agreed", {"work_kind": 1}),
        (("setup",), "named", "true"),
        (("setup",), "smallest_group", 3.5),
        (("setup",), "colour", "red"),
        (("rounds", 0), "number", "1"),
        (("rounds", 0), "kind", "poll"),
        (("rounds", 0), "opened_at", True),
        (("outcome",), "review_on", "soon"),
        (("outcome",), "extra", ""),
    ],
)
def test_a_room_is_read_strictly(store: SqlStore, place: tuple[str | int, ...], key: str, value: object) -> None:
    """A number as text, a key that is not known: not taken for what it may have meant."""
    add(store)
    whole: Any = room_to_row(an_old_room())["state"]
    with store.database.write() as connection:
        connection.execute(rooms.update().values(state=whole))
    assert store.room(ONE.id) == an_old_room()
    damaged = json.loads(whole)
    part: Any = reduce(getitem, place, damaged)
    part[key] = value
    with store.database.write() as connection:
        connection.execute(rooms.update().values(state=json.dumps(damaged)))
    with pytest.raises(StoreError) as refusal:
        store.room(ONE.id)
    assert refusal.value.problem == "unreadable_entry"


def test_a_room_that_was_written_before_decisions_could_be_corrected_is_read(store: SqlStore) -> None:
    add(store)
    room = an_old_room()
    whole = json.loads(room_to_row(room)["state"])
    assert room.outcome is not None
    del whole["outcome"]["corrected_at"]
    with store.database.write() as connection:
        connection.execute(rooms.update().values(state=json.dumps(whole)))
    assert store.room(ONE.id) == replace(room, outcome=replace(room.outcome, corrected_at=None))


@pytest.mark.parametrize("revision", [-1, 0, 2])
def test_a_revision_that_does_not_follow_is_a_programming_error_and_changes_nothing(
    any_store: Store, revision: int
) -> None:
    room = add(any_store)
    with pytest.raises(ValueError, match="revision"), any_store.change_room(room.id) as change:
        change.save(replace(room, focus="autonomy", revision=revision))
    assert any_store.room(room.id) == room


def test_what_is_saved_twice_in_one_transaction_is_two_revisions(any_store: Store) -> None:
    room = add(any_store)
    with any_store.change_room(room.id) as change:
        change.save(replace(room, focus="autonomy", revision=1))
        with pytest.raises(ValueError, match="revision"):
            change.save(replace(room, focus="work_kind", revision=1))
        change.save(replace(room, focus="work_kind", revision=2))
    assert any_store.room(room.id) == replace(room, focus="work_kind", revision=2)


def test_nothing_of_a_transaction_is_kept_when_its_block_raises(any_store: Store) -> None:
    room = add(any_store)
    join(any_store, 1)
    before = rows(any_store)

    def half_done() -> None:
        with any_store.change_room(room.id) as change:
            change.save(replace(room, revision=1))
            change.add(token(2), "Ben", NOON, spectator=False)
            change.put_votes([a_vote()])
            change.add_receipt(1, "key", b"digest")
            change.set_co_facilitator(hashed("another"))
            change.used(NOON + DAY)
            raise LookupError

    with pytest.raises(LookupError):
        half_done()
    assert rows(any_store) == before
    assert any_store.room(room.id) == room
    assert any_store.used_at(room.id) == NOON
    assert any_store.room_with_key(keys().co_facilitator) == (room.id, "co_key")


def test_a_room_that_is_not_there_is_none_to_whoever_changes_it(any_store: Store) -> None:
    add(any_store)
    with any_store.change_room(TWO.id) as change:
        assert change.room is None
        with pytest.raises(ValueError, match="revision"):
            change.save(replace(TWO, revision=1))


def test_the_latest_use_counts(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    for at, expected in ((NOON + DAY, NOON + DAY), (NOON - DAY, NOON + DAY), (NOON + 2 * DAY, NOON + 2 * DAY)):
        with any_store.change_room(ONE.id) as change:
            change.used(at)
        assert any_store.used_at(ONE.id) == expected
    assert any_store.used_at(TWO.id) == NOON


# who facilitates


def test_rooms_of_a_browser_are_the_last_made_first(any_store: Store) -> None:
    made = [replace(a_room(number), made_at=NOON + minutes * SECOND) for number, minutes in enumerate((2, 1, 3))]
    for number, room in enumerate(made):
        assert any_store.add_room(room, keys(number), browser(7))
    add(any_store, 9)
    assert any_store.rooms_of(browser(7)) == (made[2], made[0], made[1])
    assert any_store.rooms_of(browser(8)) == ()


def test_a_room_without_a_browser_is_facilitated_by_nobody(any_store: Store) -> None:
    assert any_store.add_room(ONE, keys(), None)
    assert "facilitators" not in rows(any_store)


def test_a_browser_is_let_in_once(any_store: Store) -> None:
    room = add(any_store)
    for _ in range(2):
        with any_store.change_room(room.id) as change:
            assert change.keys() == keys()
            change.let_in(browser(2), by_co_key=True)
    assert any_store.facilitates(room.id, browser(1)) == "own_key"
    assert any_store.facilitates(room.id, browser(2)) == "co_key"
    assert any_store.rooms_of(browser(2)) == (room,)
    assert any_store.facilitates(room.id, browser(3)) is None
    assert rows(any_store)["facilitators"] == 2


def test_another_co_facilitators_key_ends_the_old_one_and_whom_it_let_in(any_store: Store) -> None:
    """But nobody whom the facilitator's own key let in, before or after; and nobody in another room."""
    add(any_store)
    add(any_store, 2)
    for number, by_co_key in ((1, True), (2, True), (3, False), (4, True), (4, False), (5, False), (5, True)):
        with any_store.change_room(ONE.id) as change:
            change.let_in(browser(number), by_co_key=by_co_key)
    with any_store.change_room(TWO.id) as change:
        change.let_in(browser(3), by_co_key=True)
    with any_store.change_room(ONE.id) as change:
        change.set_co_facilitator(hashed("another"))
        assert change.keys() == Keys(keys().facilitator, hashed("another"))
    stayed = {number: any_store.facilitates(ONE.id, browser(number)) for number in range(1, 6)}
    assert stayed == {1: "own_key", 2: None, 3: "own_key", 4: "own_key", 5: "own_key"}
    assert any_store.facilitates(TWO.id, browser(3)) == "co_key"
    assert any_store.room_with_key(keys().co_facilitator) is None
    assert any_store.room_with_key(hashed("another")) == (ONE.id, "co_key")
    assert any_store.room_with_key(keys().facilitator) == (ONE.id, "own_key")
    assert any_store.room_with_key(keys(2).co_facilitator) == (TWO.id, "co_key")
