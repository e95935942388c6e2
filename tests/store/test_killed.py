"""A process of ours that is killed: in the middle of a vote, and in the middle of a start (robustness 1, 2, 18).

On PostgreSQL the process of ours is killed and the server lives on; the scripts wait until it has noticed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from okr_assistant.store.tables import metadata
from tests.postgres import plain
from tests.store.files import plain as plain_file
from tests.store.processes import run_script
from tests.stores import open_at


def alone(place: str) -> None:
    """Wait until the server has ended what the killed process had begun."""
    if place.startswith("postgresql://"):
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with plain(place) as connection:
            while connection.execute(others).fetchone() != (0,):
                pass


def form(place: str) -> tuple[str | None, list[str]]:
    """The revision that a database says it has, and the tables that it has, past the store."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    if not place.startswith("postgresql://"):
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    with plain(place) if place.startswith("postgresql://") else plain_file(Path(place)) as connection:
        names = sorted(name for (name,) in connection.execute(tables).fetchall())
        row = (
            "alembic_version" in names and connection.execute("SELECT version_num FROM alembic_version").fetchone()
        )
    return (row[0] if row else None), [name for name in names if name in metadata.tables]


_VOTER = """
import os, random, signal, sys, time
from contextlib import closing
from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.store.test_killed import alone
from tests.store.test_rooms_failing import reasons
from tests.stores import open_at
from tests.workshop.meeting import Meeting, meeting_in, newest_model

place, engine = sys.argv[1:]
dice, tokens, model = random.Random(1), SystemTokens(), newest_model()

def meeting_on(store, new=None):
    workshops = Workshops(store, SystemClock(), tokens, SystemCodes())
    return Meeting(workshops, model, new) if new else meeting_in(workshops, model)

def opened():
    return closing(open_at(place, engine))

def votes(new, token, keys, answers):
    with opened() as store:
        meeting = meeting_on(store, new)
        os.write(answers, b"ready ")
        for number, key in enumerate(keys):
            meeting.vote(token, key=key, why=str(number))
            os.write(answers, f"{number} ".encode())

with opened() as store:
    meeting = meeting_on(store)
    meeting.facilitation.open_round()
    new = meeting.new
acknowledged = 0
for _ in range(40):
    with opened() as store:
        token = meeting_on(store, new).join()
    keys = [tokens.token() for _ in range(200)]
    heard, answers = os.pipe()
    if not (child := os.fork()):
        votes(new, token, keys, answers)
        os._exit(0)
    os.close(answers)
    said, enough = b"", 1 + dice.randrange(6)
    while len(said.split()) < enough:
        said += os.read(heard, 100)
    time.sleep(dice.uniform(0, 0.004))  # about as long as one vote takes: it is killed in the middle of one
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, "it was still at it"
    while more := os.read(heard, 10000):
        said += more
    os.close(heard)
    alone(place)
    last = len(said.split()) - 2
    with opened() as store:
        meeting = meeting_on(store, new)
        kept = reasons(meeting, token)
        # What was saved and could not be said any more is fine; half of it is not.
        assert kept in ({str(last)} if last >= 0 else set(), {str(last + 1)}), (kept, last)
        for number, key in enumerate(keys[:last + 1]):
            assert meeting.vote(token, key=key, why=str(number)) == "already_received"
        if engine != "postgresql":
            with store.database.read() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert reasons(meeting, token) == kept
    acknowledged += last + 1
print(acknowledged)
"""


@pytest.mark.robustness(1, 18)
@pytest.mark.server
@pytest.mark.long
def test_no_vote_that_was_acknowledged_is_lost_in_a_process_that_is_killed(engine: str, empty_place: str) -> None:
    """40 times, at a moment that chance chose; and what was sent before is known to be received."""
    assert int(run_script(_VOTER, empty_place, engine)) > 40, "votes were sent"


_STARTER = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from okr_assistant.store import FILE_NAME
from tests.postgres import plain
from tests.store.killing import killed_after
from tests.store.samples import a_link, a_room, keys, token
from tests.store.test_killed import alone, form
from tests.store.test_migrations import in_the_first_form
from tests.stores import open_at

root, engine, before = sys.argv[1:]

def fresh(number):
    if engine == "postgresql":
        with plain(root) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return root
    folder = Path(root) / str(number)
    folder.mkdir()
    return str(folder)

place = fresh("whole")
open_at(place, engine).close()
whole = form(place)
for statements in range(1, 200):
    place = fresh(statements)
    if before == "an older form":
        in_the_first_form(place)
    elif engine != "postgresql":
        (Path(place) / FILE_NAME).touch()
    old = form(place)
    if not (child := os.fork()):
        killed_after(statements)
        open_at(place, engine)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    alone(place)
    assert form(place) in (old, whole), "as before or as after, and it says so"
    with closing(open_at(place, engine)) as store:
        assert store.link(token(1)) == (a_link() if before == "an older form" else None)
        store.add_link(a_link())
        assert store.add_room(a_room(), keys(), None)
    assert form(place) == whole
    if engine != "postgresql":
        assert [file.name for file in Path(place).iterdir()] == [FILE_NAME]
    if status == 0:
        break
    assert status == signal.SIGKILL, status
print(statements)
"""


@pytest.mark.robustness(2)
@pytest.mark.server
@pytest.mark.long
@pytest.mark.parametrize("before", ["nothing", "an older form"])
def test_killed_after_any_statement_of_the_start_it_is_as_before_or_as_after(
    before: str, engine: str, empty_place: str
) -> None:
    """Every statement of the start in turn, the migrations' and the journal's among them."""
    assert int(run_script(_STARTER, empty_place, engine, before)) > 15, "statements were counted"


def test_the_form_is_seen_past_the_store(empty_place: str) -> None:
    open_at(empty_place).close()
    revision, tables = form(empty_place)
    assert revision
    assert tables == sorted(metadata.tables)
