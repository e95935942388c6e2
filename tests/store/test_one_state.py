"""What one thread reads in a block is of one state, and it is begun and ended once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Engine, event

from okr_assistant.store import SqlStore
from tests.store.samples import a_link, token
from tests.stores import open_at


@pytest.fixture
def store_there(place: str) -> Iterator[SqlStore]:
    """With SQLite's write-ahead log, beside whose readers others write, and on PostgreSQL."""
    with closing(open_at(place)) as store:
        yield store


@contextmanager
def begun(store: SqlStore) -> Iterator[list[object]]:
    """The transactions that are begun in the block."""
    engine: Engine = store.database.engine  # type: ignore[attr-defined]
    found: list[object] = []

    def note(connection: object) -> None:
        found.append(connection)

    event.listen(engine, "begin", note)
    yield found
    event.remove(engine, "begin", note)


def in_another_thread(store: SqlStore, number: int) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.add_link, a_link(number)).result()


def test_what_others_write_meanwhile_is_seen_afterwards(store_there: SqlStore) -> None:
    with store_there.one_state():
        assert store_there.link(token(1)) is None
        in_another_thread(store_there, 1)
        assert store_there.link(token(1)) is None
    assert store_there.link(token(1)) == a_link(1)


def test_all_that_is_read_is_one_transaction_and_nothing_is_none(store_there: SqlStore) -> None:
    with begun(store_there) as found:
        with store_there.one_state():
            assert not found
            for _ in range(3):
                store_there.link(token(1))
        assert len(found) == 1
        store_there.link(token(1))
        assert len(found) == 2


def test_a_thread_keeps_it_for_itself(store_there: SqlStore) -> None:
    with store_there.one_state(), ThreadPoolExecutor(1) as pool:
        assert store_there.link(token(1)) is None
        in_another_thread(store_there, 1)
        assert pool.submit(store_there.link, token(1)).result() == a_link(1)


def _fail_while_reading(store: SqlStore) -> None:
    with store.one_state():
        store.link(token(1))
        raise ZeroDivisionError


def test_it_ends_when_something_fails(store_there: SqlStore) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_while_reading(store_there)
    in_another_thread(store_there, 1)
    assert store_there.link(token(1)) == a_link(1)
