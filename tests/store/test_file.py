"""The file and its folder: missing, closed, full, foreign, damaged, newer, locked (robustness 4 to 9)."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from sqlalchemy import event

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME, SqlStore, open_store
from okr_assistant.store.driver import Driver, best_driver
from okr_assistant.store.opening import APPLICATION_ID
from okr_assistant.store.sqlite_database import SqliteDatabase
from tests.still import NOON
from tests.store.conftest import AFFECTED
from tests.store.processes import run_script, start_script
from tests.store.samples import a_link, token

SQLITE = best_driver().module
"""The SQLite of the store: another one in this process would drop its locks."""


def plain(folder: Path) -> Any:
    """The file, opened past the store."""
    return closing(SQLITE.connect(folder / FILE_NAME, isolation_level=None, timeout=0))


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / FILE_NAME).read_bytes()).hexdigest()


def refused(folder: Path | None, patience: float = 0.2) -> StoreError:
    with pytest.raises(StoreError) as refusal:
        open_store(folder, patience=patience)
    return refusal.value


def problem(act: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as refusal:
        act()
    assert str(tempfile.gettempdir()) not in str(refusal.value), "visitors see no paths"
    return refusal.value.problem


def database(store: SqlStore) -> SqliteDatabase:
    assert isinstance(store.database, SqliteDatabase)
    return store.database


# the folder


def test_the_folder_of_the_user_is_made_and_a_chosen_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    expected = platformdirs.user_data_path("okr-assistant", appauthor=False)
    assert expected.is_relative_to(tmp_path) or sys.platform != "linux"
    if expected.is_relative_to(tmp_path):
        open_store().close()
        assert (expected / FILE_NAME).is_file()
    error = refused(tmp_path / "typing errror")
    assert (error.problem, error.place) == ("no_data_folder", str(tmp_path / "typing errror"))
    assert not (tmp_path / "typing errror").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "file").problem == "no_data_folder"


def test_only_its_owner_reads_the_database(store: SqlStore) -> None:
    store.add_link(a_link())
    files = list(database(store).file.parent.iterdir())
    assert len(files) == 3, "the write-ahead log and its index too"
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


_UNPRIVILEGED = """
import os, sys
from pathlib import Path
from okr_assistant.errors import StoreError
from okr_assistant.store import open_store

if os.geteuid() == 0:  # who may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    open_store(Path(sys.argv[1]))
    print("opened")
except StoreError as error:
    print(error.problem, error.place)
"""


@contextmanager
def closed_folder(mode: int) -> Iterator[Path]:
    """A folder with a database that an unprivileged user may reach and read, for a process of that user."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_store(folder).close()
        folder.chmod(mode)
        (folder / FILE_NAME).chmod(0o444 if mode & 0o222 else 0o666)
        yield folder
        folder.chmod(0o700)


@pytest.mark.parametrize(("mode", "expected"), [(0o555, "data_folder_closed"), (0o777, "storage_closed")])
def test_a_folder_or_a_file_that_may_not_be_written(mode: int, expected: str) -> None:
    with closed_folder(mode) as folder:
        before = digest(folder)
        assert run_script(_UNPRIVILEGED, folder).startswith(f"{expected} {folder}")
        assert digest(folder) == before


# a file that is not ours


def _make(statements: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        with plain(folder) as connection:
            connection.executescript(statements)

    return make


def _overwrite(at: int, length: int) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        with closing(open_store(folder)) as store:
            for number in range(200):
                store.add_link(a_link(number))
        with (folder / FILE_NAME).open("r+b") as file:
            file.seek(at)
            file.write(b"\xa5" * length)

    return make


def _truncate(folder: Path) -> None:
    _overwrite(0, 0)(folder)
    os.truncate(folder / FILE_NAME, 5 * 4096)


BAD_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "text": (lambda folder: (folder / FILE_NAME).write_text("Dear diary\n" * 1000) and None, "storage_damaged"),
    "another program's": (_make("CREATE TABLE notes (t); INSERT INTO notes VALUES (1)"), "not_our_database"),
    "another application id": (_make("PRAGMA application_id=7"), "not_our_database"),
    "our tables without our id": (_make("CREATE TABLE links (token_hash)"), "not_our_database"),
    "damaged header": (_overwrite(0, 40), "storage_damaged"),
    "damaged page": (_overwrite(2 * 4096, 4096), "storage_damaged"),
    "truncated": (_truncate, "storage_damaged"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_foreign_or_damaged_is_refused_and_left_as_it_was(name: str, tmp_path: Path) -> None:
    make, expected = BAD_FILES[name]
    make(tmp_path)
    before = digest(tmp_path)
    error = refused(tmp_path)
    assert (error.problem, error.place) == (expected, str(tmp_path / FILE_NAME))
    assert digest(tmp_path) == before
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert refused(tmp_path).problem == "storage_closed"


@pytest.mark.parametrize("prepare", [lambda f: f.touch(), lambda f: None])
def test_an_empty_file_is_a_start_that_was_cut_short(prepare: Callable[[Path], None], tmp_path: Path) -> None:
    prepare(tmp_path / FILE_NAME)
    with closing(open_store(tmp_path)) as store:
        store.add_link(a_link())
    with plain(tmp_path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with plain(tmp_path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA journal_mode=delete")
    before = digest(tmp_path)
    assert refused(tmp_path).problem == "newer_database"
    assert digest(tmp_path) == before


def test_a_database_that_was_taken_away_is_not_made_anew(store: SqlStore) -> None:
    store.add_link(a_link())
    store.close()
    database(store).file.unlink()
    assert problem(lambda: store.link(token(1))) == "storage_closed"
    assert problem(lambda: store.add_link(a_link())) == "storage_closed"
    assert not database(store).file.exists()


# the journal


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_where_it_is_safe_and_the_log_says_so(
    version: tuple[int, int, int], safe: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "okr_assistant")
    with closing(open_store(tmp_path, driver=Driver(SQLITE, version))) as store:
        store.add_link(a_link())
        with plain(tmp_path) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        with database(store).read() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "full"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert mode == ("wal" if safe else "delete")
    (line,) = [record for record in caplog.records if record.name.startswith("okr_assistant")]
    assert ".".join(map(str, version)) in line.getMessage()
    assert ("write-ahead log" in line.getMessage(), line.levelno) == (
        (True, logging.INFO) if safe else (True, logging.WARNING)
    )
    assert ("rollback journal" in line.getMessage()) is not safe


def test_a_database_goes_back_to_the_rollback_journal_with_an_older_sqlite(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store:
        store.add_link(a_link())
    with closing(open_store(tmp_path, driver=AFFECTED)) as store:
        assert store.link(token(1)) == a_link()
        with plain(tmp_path) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


# locked by another process

_HOLD = """
import sys
from importlib import import_module
sqlite = import_module(sys.argv[3])
connection = sqlite.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
if "IMMEDIATE" not in sys.argv[2]:
    connection.execute("SELECT count(*) FROM links").fetchall()
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
connection.close()
print("let go", flush=True)
sys.stdin.readline()
"""


@contextmanager
def another_process(file: Path, begin: str = "BEGIN IMMEDIATE") -> Iterator[Callable[[], None]]:
    """A process that holds a lock on the file until the function is called."""
    with start_script(_HOLD, file, begin, SQLITE.__name__) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "held\n"

        def let_go() -> None:
            process.stdin.write("\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            assert process.stdout.readline() == "let go\n"  # type: ignore[union-attr]

        try:
            yield let_go
        finally:
            process.kill()


@pytest.mark.parametrize("driver", [best_driver(), AFFECTED], ids=["wal", "rollback"])
def test_another_process_that_holds_the_lock_is_busy_within_the_patience(driver: Driver, tmp_path: Path) -> None:
    """Eight threads write meanwhile; none waits for the others' patience on top of its own."""
    with closing(open_store(tmp_path, driver=driver, patience=0.5)) as store:
        store.add_link(a_link(1))
        outcome: list[tuple[str, float]] = []

        def write() -> None:
            start = time.monotonic()
            found = problem(lambda: store.end_link(token(1), NOON))
            outcome.append((found, time.monotonic() - start))

        with another_process(tmp_path / FILE_NAME) as let_go:
            threads = [threading.Thread(target=write) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert [found for found, _ in outcome] == ["storage_busy"] * 8
            assert 0.4 < max(seconds for _, seconds in outcome) < 2
            assert store.link(token(1)) == a_link(1), "reading goes on, and nothing was changed"
            let_go()
            store.add_link(a_link(2))
        assert store.link(token(2)) == a_link(2)


def test_who_queues_does_not_wait_for_its_patience_twice(tmp_path: Path) -> None:
    """First for its turn in this process, and then again for the other process."""
    with closing(open_store(tmp_path, patience=1)) as store, another_process(tmp_path / FILE_NAME):
        first = threading.Thread(target=lambda: problem(lambda: store.end_link(token(1), NOON)))
        first.start()
        time.sleep(0.5)
        start = time.monotonic()
        assert problem(lambda: store.end_link(token(1), NOON)) == "storage_busy"
        assert time.monotonic() - start < 1.35
        first.join()


@pytest.mark.parametrize(("before", "after"), [(AFFECTED, best_driver()), (best_driver(), AFFECTED)])
def test_a_start_that_changes_the_journal_waits_for_who_reads(
    before: Driver, after: Driver, tmp_path: Path
) -> None:
    open_store(tmp_path, driver=before).close()
    with another_process(tmp_path / FILE_NAME, "BEGIN") as let_go:
        timer = threading.Timer(0.3, let_go)
        timer.start()
        open_store(tmp_path, driver=after).close()
        timer.join()


def test_a_lock_that_is_let_go_in_time_is_waited_for(store: SqlStore) -> None:
    with another_process(database(store).file) as let_go:
        timer = threading.Timer(0.3, let_go)
        timer.start()
        store.add_link(a_link(1))
        timer.join()
    assert store.link(token(1)) == a_link(1)


def test_a_reader_that_blocks_the_commit_leaves_nothing_half_done(tmp_path: Path) -> None:
    """In a rollback journal the commit itself can find the file busy."""
    with closing(open_store(tmp_path, driver=AFFECTED, patience=0.2)) as store:
        store.add_link(a_link(1))
        with another_process(tmp_path / FILE_NAME, "BEGIN") as let_go:
            assert problem(lambda: store.add_link(a_link(2))) == "storage_busy"
            assert store.link(token(2)) is None
            let_go()
            store.add_link(a_link(3))
        assert store.link(token(2)) is None
        assert store.link(token(3)) == a_link(3)


def test_a_start_while_another_process_migrates_is_busy_or_waits(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with another_process(tmp_path / FILE_NAME) as let_go:
        assert refused(tmp_path).problem == "storage_busy"
        let_go()
        open_store(tmp_path, patience=0.2).close()


# full, and failing


def fill(store: SqlStore) -> int:
    """Add links until there is no room; return how many were kept."""
    for number in range(1000):
        try:
            store.add_link(a_link(number))
        except StoreError:
            return number
    raise AssertionError("there was room")


def limit_pages(store: SqlStore, pages: int | None) -> None:
    """Connections from now on have no more room than this; it is SQLite's own limit, and its own error."""
    engine = database(store).engine
    engine.dispose()

    def set_limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages or 2**30}")

    event.listen(engine, "connect", set_limit)


@pytest.mark.parametrize("driver", [best_driver(), AFFECTED], ids=["wal", "rollback"])
def test_full_storage_is_said_and_is_over_when_there_is_room(driver: Driver, tmp_path: Path) -> None:
    with closing(open_store(tmp_path, driver=driver)) as store:
        limit_pages(store, 48)
        kept = fill(store)
        assert kept > 5
        assert problem(lambda: store.add_link(a_link(kept))) == "storage_full"
        assert [number for number in range(kept + 1) if store.link(token(number))] == list(range(kept))
        limit_pages(store, None)
        store.add_link(a_link(kept))
        assert store.link(token(kept)) == a_link(kept)


_FAILING = """
import resource, sys
from pathlib import Path
from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME, open_store
from okr_assistant.store.driver import Driver, best_driver
from tests.store.samples import a_link, token

folder, version = Path(sys.argv[1]), tuple(map(int, sys.argv[2].split(".")))
store = open_store(folder, driver=Driver(best_driver().module, version))
for number in range(20):
    store.add_link(a_link(number))
with store.database.read() as connection:
    before = connection.connection.dbapi_connection
largest = max(file.stat().st_size for file in folder.iterdir())
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
failed = None
for number in range(20, 500):
    try:
        store.add_link(a_link(number))
    except StoreError as error:
        failed = (error.problem, error.found)
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
with store.database.read() as connection:
    after = connection.connection.dbapi_connection
assert failed and failed[0] == "storage_failed" and failed[1].startswith("SQLITE_IOERR"), failed
assert [n for n in range(500) if store.link(token(n))] == list(range(number)), number
assert store.database.engine.pool.checkedin() == 1
assert before is not after, "the connection was thrown away"
store.add_link(a_link(number))
assert store.link(token(number)) == a_link(number)
store.close()
open_store(folder).close()
print("fine")
"""


@pytest.mark.parametrize("version", ["3.53.0", "3.40.1"])
def test_an_input_output_error_in_a_commit_is_rolled_back_and_its_connection_thrown_away(
    version: str, tmp_path: Path
) -> None:
    """The system refuses to write beyond a size, which SQLite calls an I/O error; in a process of its own."""
    assert run_script(_FAILING, tmp_path, version) == "fine\n"
