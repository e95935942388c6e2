"""Votes on a PostgreSQL that is full, ends the session, or has the row locked by another (robustness 3, 4, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import Connection, event

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.store import SqlStore
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.postgres import PostgresServer, a_database, plain
from tests.still import StillClock
from tests.store.files import problem
from tests.store.room_steps import rows
from tests.store.test_rooms_failing import reasons
from tests.stores import open_at
from tests.workshop.meeting import Meeting, meeting_in

KEYS = SystemTokens()


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with a_database(postgres) as address:
        yield address


@pytest.fixture
def waits_little(url: str) -> Iterator[SqlStore]:
    """A store that waits for nobody longer than half a second."""
    with closing(open_at(url, patience=0.5)) as store:
        yield store


@pytest.fixture
def meeting(waits_little: SqlStore, model: Model) -> Meeting:
    made = meeting_in(Workshops(waits_little, StillClock(), SystemTokens(), SystemCodes()), model)
    made.facilitation.open_round()
    return made


@contextmanager
def disk_without_room(url: str) -> Iterator[psycopg.Connection]:
    """The server answers each vote as it does when its disk is full."""
    with plain(url) as connection:
        connection.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        connection.execute("CREATE TRIGGER full_disk BEFORE INSERT ON votes EXECUTE FUNCTION full_disk()")
        yield connection
        connection.execute("DROP TRIGGER full_disk ON votes")


@pytest.mark.robustness(3)
def test_a_vote_on_a_full_disk_is_refused_and_can_be_sent_again(
    meeting: Meeting, waits_little: SqlStore, url: str
) -> None:
    ann, key = meeting.join(), KEYS.token()
    meeting.vote(ann, why="before")
    with disk_without_room(url):
        assert problem(lambda: meeting.vote(ann, key=key, why="after")) == "storage_full"
        assert (reasons(meeting, ann), rows(waits_little)["receipts"]) == ({"before"}, 1)
    assert meeting.vote(ann, key=key, why="after") == "saved"
    assert reasons(meeting, ann) == {"after"}


@pytest.mark.robustness(4)
def test_a_session_that_ends_in_mid_commit_is_rolled_back_and_its_connection_thrown_away(
    meeting: Meeting, waits_little: SqlStore, url: str
) -> None:
    """An administrator, or a server that goes down, ends it between the last statement and the commit."""
    ann, key = meeting.join(), KEYS.token()
    meeting.vote(ann, why="before")
    engine = waits_little.database.engine  # type: ignore[attr-defined]
    ended: list[int] = []

    def end_session(connection: Connection) -> None:
        if connection.get_execution_options().get("postgresql_readonly"):
            return
        session = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
        ended.append(session)
        with plain(url) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [session])

    event.listen(engine, "commit", end_session)
    assert problem(lambda: meeting.vote(ann, key=key, why="after")) == "storage_away"
    assert len(ended) == 1
    event.remove(engine, "commit", end_session)
    assert (reasons(meeting, ann), rows(waits_little)["receipts"]) == ({"before"}, 1), "reads work"
    with waits_little.database.read() as connection:
        assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar() not in ended
    assert meeting.vote(ann, key=key, why="after") == "saved"
    assert reasons(meeting, ann) == {"after"}


@pytest.mark.robustness(5)
def test_a_vote_while_another_session_has_the_room_locked_is_refused_in_time(meeting: Meeting, url: str) -> None:
    """Reading goes on, nothing is lost, and the same submission is saved afterwards."""
    ann, key = meeting.join(), KEYS.token()
    meeting.vote(ann, why="before")
    with psycopg.connect(url) as other:
        other.execute("SELECT id FROM rooms FOR UPDATE")
        assert problem(lambda: meeting.vote(ann, key=key, why="after")) == "storage_busy"
        assert problem(lambda: meeting.facilitation.reveal()) == "storage_busy"
        assert reasons(meeting, ann) == {"before"}
        assert meeting.voting.pulse().done == 1
        other.rollback()
        assert meeting.vote(ann, key=key, why="after") == "saved"
    assert meeting.vote(ann, key=key, why="after") == "already_received"
    assert reasons(meeting, ann) == {"after"}
