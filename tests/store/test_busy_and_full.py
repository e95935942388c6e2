"""Storage that is busy, full or failing while the app runs (robustness 4 to 9)."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME, SqlStore, open_store
from okr_assistant.store.driver import Driver, best_driver
from tests.still import NOON
from tests.store.conftest import AFFECTED
from tests.store.files import another_process, database, limit_pages, problem, refused
from tests.store.processes import run_script
from tests.store.samples import a_link, token

# locked by another process


@pytest.mark.robustness(5)
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
    with closing(open_store(tmp_path, patience=2)) as store, another_process(tmp_path / FILE_NAME):
        first = threading.Thread(target=lambda: problem(lambda: store.end_link(token(1), NOON)))
        first.start()
        time.sleep(1)
        start = time.monotonic()
        assert problem(lambda: store.end_link(token(1), NOON)) == "storage_busy"
        assert time.monotonic() - start < 2.9
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


@pytest.mark.robustness(3)
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


@pytest.mark.robustness(4)
@pytest.mark.parametrize("version", ["3.53.0", "3.40.1"])
def test_an_input_output_error_in_a_commit_is_rolled_back_and_its_connection_thrown_away(
    version: str, tmp_path: Path
) -> None:
    """The system refuses to write beyond a size, which SQLite calls an I/O error; in a process of its own."""
    assert run_script(_FAILING, tmp_path, version) == "fine\n"
