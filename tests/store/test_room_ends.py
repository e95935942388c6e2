"""How rooms end in every store; and codes that lead to none."""

from __future__ import annotations

from collections import Counter

from okr_assistant.housekeeping import Store
from tests.still import NOON
from tests.store.room_steps import DAY, ONE, SECOND, TWO, add, join, rows, vote
from tests.store.samples import a_room, browser

# the end


def test_a_room_is_deleted_with_everything_in_it_and_no_other(any_store: Store) -> None:
    for number in (1, 2):
        room = add(any_store, number)
        join(any_store, number, room)
        vote(any_store, 1, room=room)
        with any_store.change_room(room.id) as change:
            change.add_receipt(1, "key", b"digest")
    any_store.delete_room(ONE.id)
    any_store.delete_room(ONE.id)
    assert rows(any_store) == Counter(rooms=1, facilitators=1, participants=1, votes=1, receipts=1)
    assert any_store.room(ONE.id) is None
    assert any_store.votes(ONE.id, [1]) == any_store.people(ONE.id) == any_store.rooms_of(browser(1)) == ()
    assert any_store.room(TWO.id) == TWO
    any_store.delete_room(TWO.id)
    assert rows(any_store) == Counter()
    add(any_store)


def test_rooms_that_were_used_since_stay(any_store: Store) -> None:
    for number in range(1, 5):
        room = add(any_store, number)
        join(any_store, number, room)
        vote(any_store, 1, room=room)
        with any_store.change_room(room.id) as change:
            change.used(NOON + number * SECOND)
    assert any_store.delete_rooms_not_used_since(NOON + 3 * SECOND) == 2
    assert [number for number in range(1, 5) if any_store.room(a_room(number).id)] == [3, 4]
    assert any_store.delete_rooms_not_used_since(NOON + 3 * SECOND) == 0
    assert any_store.delete_rooms_not_used_since(NOON + DAY) == 2
    assert rows(any_store) == Counter()


# wrong codes


def test_wrong_codes_are_counted_since_and_forgotten_after_a_day(any_store: Store) -> None:
    assert any_store.wrong_codes(NOON) == 0
    for seconds in (1, 1, 1, 2, 5):
        any_store.add_wrong_code(NOON + seconds * SECOND)
    counts = [any_store.wrong_codes(NOON + seconds * SECOND) for seconds in (-1, 0, 1, 2, 4, 5)]
    assert counts == [5, 5, 2, 1, 1, 0]
    any_store.add_wrong_code(NOON + DAY + 2 * SECOND)
    assert any_store.wrong_codes(NOON) == 3, "those more than a day before are gone"
