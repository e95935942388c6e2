"""People, votes, receipts and the pulse of a room, in every store."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.store import SqlStore
from okr_assistant.workshop.room import FIST, Participant, Pulse, Round
from tests.still import NOON
from tests.store.files import database
from tests.store.room_steps import DAY, ONE, SECOND, TWO, add, join, rows, vote
from tests.store.samples import TEXT, a_vote, token

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
