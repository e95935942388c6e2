"""Opening the store on PostgreSQL: empty, ours, another program's, a newer release's, or not there at all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import make_url

from okr_assistant.errors import StoreError
from okr_assistant.store import open_store
from okr_assistant.store.postgres_clock import SharedClock
from tests.postgres import PostgresServer, a_database, plain
from tests.still import NOON
from tests.store.samples import a_link, token

SECOND = timedelta(seconds=1)


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database without any tables."""
    with a_database(postgres, empty=True) as url:
        yield url


def refused(url: str) -> StoreError:
    with pytest.raises(StoreError) as refusal:
        open_store(url=url, patience=0.5)
    return refusal.value


def tables(url: str) -> set[str]:
    with plain(url) as connection:
        return {
            row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }


def test_what_was_kept_is_there_when_it_is_opened_again(empty: str) -> None:
    with closing(open_store(url=empty)) as store:
        store.add_link(a_link())
    with closing(open_store(url=empty)) as store:
        assert store.link(token(1)) == a_link()


def test_many_who_start_at_once_all_start(empty: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(url=empty), range(8)))
    assert len({store.secret() for store in stores}) == 1
    for store in stores:
        store.close()


@pytest.mark.robustness(7)
def test_a_database_of_another_program_is_left_as_it_is(empty: str) -> None:
    with plain(empty) as connection:
        connection.execute("CREATE TABLE invoices (id int)")
    assert refused(empty).problem == "not_our_schema"
    with plain(empty) as connection:  # which has its own migrations by Alembic
        connection.execute("CREATE TABLE alembic_version (version_num text)")
        connection.execute("INSERT INTO alembic_version VALUES ('0003')")
    assert refused(empty).problem == "not_our_schema"
    assert tables(empty) == {"invoices", "alembic_version"}


@pytest.mark.robustness(9)
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_has_no_room_for_every_name_is_refused(encoding: str, postgres: PostgresServer) -> None:
    with a_database(postgres, empty=True, encoding=encoding) as url:
        error = refused(url)
        assert (error.problem, error.found, error.allowed) == ("other_encoding", encoding, "UTF8")
        assert tables(url) == set()


def test_what_an_extension_brought_is_nobodys(empty: str) -> None:
    with plain(empty) as connection:
        connection.execute("CREATE VIEW statistics AS SELECT 1")
        connection.execute(
            "INSERT INTO pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)"
            " SELECT 'pg_class'::regclass, 'statistics'::regclass, 0, 'pg_extension'::regclass, oid, 0, 'e'"
            " FROM pg_extension WHERE extname = 'plpgsql'"
        )
    open_store(url=empty).close()
    assert {"links", "votes"} <= tables(empty)


def test_a_database_of_a_newer_release_is_left_as_it_is(empty: str) -> None:
    open_store(url=empty).close()
    with plain(empty) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("DROP TABLE wrong_codes")
    assert refused(empty).problem == "newer_database"
    assert "wrong_codes" not in tables(empty)


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    error = refused("postgresql://okr:my-password@127.0.0.1:1/goals")
    assert (error.problem, error.place) == ("database_away", "postgresql://127.0.0.1:1/goals")
    assert "my-password" not in repr(error)


def test_a_database_or_a_user_that_is_not_there(empty: str) -> None:
    assert refused(empty.replace("test_", "no_", 1)).problem == "database_away"
    nobody = make_url(empty).set(username="nobody").render_as_string(hide_password=False)
    assert refused(nobody).problem == "database_away"


def test_a_user_who_may_not_make_tables(empty: str) -> None:
    with plain(empty) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    reader = make_url(empty).set(username="reader").render_as_string(hide_password=False)
    assert refused(reader).problem == "storage_refuses"
    assert tables(empty) == set()


def test_without_its_driver_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refused("postgresql://127.0.0.1:1/goals").problem == "no_postgres_driver"


def test_a_read_cannot_write_and_sees_one_state(empty: str) -> None:
    with closing(open_store(url=empty)) as store:
        with store.database.read() as connection:
            count = "SELECT count(*) FROM links"
            assert connection.exec_driver_sql(count).scalar() == 0
            store.add_link(a_link())
            assert connection.exec_driver_sql(count).scalar() == 0
        with pytest.raises(StoreError), store.database.read() as connection:
            connection.exec_driver_sql("DELETE FROM links")
        assert store.link(token(1)) == a_link()


# the clock


class Steady:
    """This machine's steady clock, which stands still."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_the_time_is_the_servers(empty: str) -> None:
    with closing(open_store(url=empty)) as store, plain(empty) as connection:
        first = connection.execute("SELECT clock_timestamp()").fetchone()
        now = store.clock.now()
        last = connection.execute("SELECT clock_timestamp()").fetchone()
        assert first
        assert last
        assert first[0] - SECOND <= now <= last[0] + SECOND
        assert now.utcoffset() == timedelta()


class Server:
    """Tells the time, or fails, in the thread that asks; ``told`` is set when it did."""

    def __init__(self) -> None:
        self.time = NOON
        self.fails = False
        self.asked = 0
        self.by: list[str] = []
        self.told = threading.Event()

    def ask(self) -> datetime:
        self.asked += 1
        self.by.append(threading.current_thread().name)
        self.told.set()
        if self.fails:
            raise StoreError("storage_away", place="storage")
        return self.time


def told_again(clock: SharedClock, server: Server) -> None:
    """Ask for the time, and wait until the thread that asks the server is done."""
    server.told.clear()
    clock.now()
    assert server.told.wait(10)
    while any(thread.name != "MainThread" and thread.is_alive() for thread in threads_of(clock)):
        pass


def threads_of(clock: SharedClock) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if getattr(thread, "_target", None) == clock._ask_again]


def test_the_server_is_asked_once_a_minute_and_time_goes_on_in_between() -> None:
    server, steady = Server(), Steady()
    clock = SharedClock(server.ask, steady)
    for seconds in (0, 1, 60):
        steady.seconds = 100.0 + seconds
        assert clock.now() == NOON + seconds * SECOND
    server.time = NOON + 70 * SECOND  # it was put forward
    steady.seconds = 161.0
    told_again(clock, server)
    assert clock.now() == NOON + 70 * SECOND
    assert server.asked == 2


def test_whoever_wants_to_know_the_time_never_asks_the_server_themselves() -> None:
    server, steady = Server(), Steady()
    clock = SharedClock(server.ask, steady)
    steady.seconds += 1000
    told_again(clock, server)
    assert server.by[1:] != [threading.current_thread().name]


def test_where_no_thread_is_left_time_goes_on_and_the_server_is_asked_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server, steady = Server(), Steady()
    clock = SharedClock(server.ask, steady)
    steady.seconds += 1000
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", no_thread_left)
        assert clock.now() == NOON + 1000 * SECOND
    told_again(clock, server)


def no_thread_left(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_while_the_server_does_not_answer_time_goes_on_and_it_is_asked_now_and_then() -> None:
    server, steady = Server(), Steady()
    clock = SharedClock(server.ask, steady)
    server.fails = True
    steady.seconds += 1000
    told_again(clock, server)
    assert clock.now() == NOON + 1000 * SECOND
    steady.seconds += 5
    clock.now()
    assert server.asked == 2, "not at once again"
    server.fails = False
    steady.seconds += 6
    told_again(clock, server)
    assert clock.now() == NOON
