"""What ``workshop/ports.py`` promises, method by method, on every engine."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from sqlalchemy import event

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.store import SqlStore
from okr_assistant.store.room_rows import room_to_row
from okr_assistant.store.tables import metadata, rooms
from okr_assistant.workshop.ports import Keys
from okr_assistant.workshop.room import FIST, Participant, Pulse, Room, Round
from tests.still import NOON
from tests.store.files import database
from tests.store.samples import TEXT, a_room, a_vote, an_old_room, browser, keys, token

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


# people


def test_people_have_seats_in_the_order_in_which_they_came(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    expected = tuple(
        Participant(number, f"Name {number}", spectator=number == 2, joined_at=NOON + number * SECOND)
        for number in (1, 2, 3)
    )
    assert tuple(join(any_store, number, spectator=number == 2) for number in (1, 2, 3)) == expected
    assert join(any_store, 4, TWO).seat == 1
    assert any_store.people(ONE.id) == expected
    assert any_store.participant(token(2)) == (ONE.id, expected[1])
    with any_store.change_room(ONE.id) as change:
        assert change.participants() == 3
        assert change.participant(token(2)) == expected[1]
        assert change.participant(token(4)) is None, "of another room"


def test_a_token_has_one_seat_in_all_rooms(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    join(any_store, 1)
    for room in (ONE, TWO):
        with pytest.raises(StoreError):
            join(any_store, 1, room)
    assert rows(any_store)["participants"] == 1
    assert join(any_store, 2).seat == 2, "a seat is given by what was kept"


def test_a_participant_is_changed_alone(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    first, second, elsewhere = join(any_store, 1), join(any_store, 2), join(any_store, 3, TWO)
    changed = replace(first, name=TEXT, spectator=True, begun=2, done=1)
    with any_store.change_room(ONE.id) as change:
        change.update(changed)
        assert change.participant(token(1)) == change.person(1) == changed
        assert change.person(2) == second
        assert change.person(3) is None
    assert any_store.people(ONE.id) == (changed, second)
    assert any_store.people(TWO.id) == (elsewhere,)


def test_who_is_removed_leaves_no_row_and_their_seat_is_not_given_again(any_store: Store) -> None:
    add(any_store)
    for number in (1, 2, 3):
        join(any_store, number)
        vote(any_store, number)
        with any_store.change_room(ONE.id) as change:
            change.add_receipt(number, "key", b"digest")
    for seat in (3, 1):
        with any_store.change_room(ONE.id) as change:
            change.remove(seat)
            assert change.participant(token(seat)) is None
    assert rows(any_store) == Counter(rooms=1, facilitators=1, participants=1, votes=1, receipts=1)
    assert [(vote.seat, vote.round) for vote in any_store.votes(ONE.id, [1])] == [(2, 1)]
    assert join(any_store, 3).seat == 4
    assert any_store.own_votes(ONE.id, 4) == ()


# votes and receipts


def test_votes_come_back_by_round_seat_and_question(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    for number in (1, 2):
        join(any_store, number)
        join(any_store, 10 + number, TWO)
    sent = [
        a_vote(seat, round_, question)
        for round_ in (2, 1, 3)
        for seat in (2, 1)
        for question in ("work_kind", "autonomy", FIST)
    ]
    with any_store.change_room(ONE.id) as change:
        change.put_votes(sent)
        change.put_votes([])
    vote(any_store, 1, room=TWO)
    ordered = sorted(sent, key=lambda vote: (vote.round, vote.seat, vote.question))
    assert any_store.votes(ONE.id, [1, 2, 3]) == tuple(ordered)
    assert any_store.votes(ONE.id, [3, 1]) == tuple(vote for vote in ordered if vote.round != 2)
    assert any_store.votes(ONE.id, []) == ()
    assert any_store.own_votes(ONE.id, 2) == tuple(vote for vote in ordered if vote.seat == 2)
    assert any_store.own_votes(TWO.id, 1) == (a_vote(1),)
    with any_store.change_room(ONE.id) as change:
        assert change.votes_of(1, 2) == tuple(vote for vote in ordered if (vote.seat, vote.round) == (1, 2))
        change.put_votes([a_vote(2, 4, "autonomy")])
        assert change.voters(2) == {"work_kind": 2, "autonomy": 2, FIST: 2}
        assert change.voters(4) == {"autonomy": 1}
        assert change.voters(5) == {}


def test_a_vote_takes_the_place_of_the_same_persons_on_the_same_question_in_the_same_round(
    any_store: Store,
) -> None:
    add(any_store)
    join(any_store, 1)
    join(any_store, 2)
    vote(any_store, 1, 2)
    later = replace(a_vote(1), choice="learn", reason="", at=NOON + DAY)
    latest = replace(later, choice="deliver")
    for sent in ([later], [later, latest], [latest]):
        with any_store.change_room(ONE.id) as change:
            change.put_votes(sent)
    assert any_store.votes(ONE.id, [1]) == (latest, a_vote(2))


def test_nobody_votes_without_a_seat(any_store: Store) -> None:
    add(any_store)
    with pytest.raises(StoreError):
        vote(any_store, 1)
    with pytest.raises(StoreError), any_store.change_room(ONE.id) as change:
        change.add_receipt(1, "key", b"digest")
    assert rows(any_store) == Counter(rooms=1, facilitators=1)


def test_a_receipt_is_of_one_participant_and_one_key(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    for number, room in ((1, ONE), (2, ONE), (3, TWO)):
        join(any_store, number, room)
    with any_store.change_room(ONE.id) as change:
        assert change.receipt(1, "key") is None
        change.add_receipt(1, "key", b"first")
        change.add_receipt(1, "other key", b"second")
        change.add_receipt(2, "key", b"third")
    with any_store.change_room(ONE.id) as change:
        found = [change.receipt(seat, key) for seat in (1, 2) for key in ("key", "other key")]
    assert found == [b"first", b"second", b"third", None]
    with any_store.change_room(TWO.id) as change:
        assert change.receipt(1, "key") is None
    with pytest.raises(StoreError), any_store.change_room(ONE.id) as change:
        change.add_receipt(1, "key", b"fourth")


# the pulse


def test_the_pulse_counts_those_who_vote_apart_from_those_who_watch(any_store: Store) -> None:
    add(any_store)
    add(any_store, 2)
    assert any_store.pulse(ONE.id) == Pulse(0, 0, None, NOON, joined=0, watching=0, begun=0, done=0)
    people = [join(any_store, number, spectator=number > 4) for number in range(1, 7)]
    join(any_store, 7, TWO)
    assert any_store.pulse(ONE.id) == Pulse(0, 0, None, NOON, joined=4, watching=2, begun=0, done=0)
    opened = replace(ONE, rounds=(Round(1, "vote", ("work_kind",), NOON, NOON + DAY),), revision=1)
    again = Round(2, "vote", ("work_kind",), NOON)
    with any_store.change_room(ONE.id) as change:
        change.save(opened)
        for person, begun, done in ((people[0], 1, 1), (people[1], 1, 0), (people[2], 2, 1)):
            change.update(replace(person, begun=begun, done=done))
    assert any_store.pulse(ONE.id) == Pulse(1, 1, NOON + DAY, NOON, joined=4, watching=2, begun=2, done=2)
    with any_store.change_room(ONE.id) as change:
        change.save(replace(opened, rounds=(*opened.rounds, again), revision=2))
    assert any_store.pulse(ONE.id) == Pulse(2, 2, None, NOON, joined=4, watching=2, begun=1, done=0)


def test_the_pulse_says_when_a_round_closes_by_itself_while_it_may(any_store: Store) -> None:
    add(any_store)
    running = Round(1, "vote", ("work_kind",), NOON, NOON + DAY)
    closed = replace(running, closed_at=NOON + SECOND)
    states = [running, closed, running, replace(closed, revealed_at=NOON + SECOND)]
    seen = []
    for revision, state in enumerate(states, 1):
        with any_store.change_room(ONE.id) as change:
            change.save(replace(ONE, rounds=(state,), revision=revision))
        pulse = any_store.pulse(ONE.id)
        seen.append(pulse and pulse.closes_at)
    assert seen == [NOON + DAY, None, NOON + DAY, None]


def test_the_pulse_is_one_statement_that_looks_its_rows_up(store: SqlStore) -> None:
    """It is asked every second by everybody: it may scan no table, however many rooms there are."""
    add(store)
    join(store, 1)
    asked: list[tuple[str, Any]] = []
    event.listen(database(store).engine, "before_cursor_execute", lambda *it: asked.append((it[2], it[3])))
    assert store.pulse(ONE.id)
    ((statement, parameters),) = [it for it in asked if not it[0].startswith(("PRAGMA", "BEGIN"))]
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert len(plan) == 2
    assert all("USING INDEX" in step.detail for step in plan), plan


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
