"""The file and its folder: missing, closed, foreign, damaged, newer; and its journal (robustness 4 to 9)."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import platformdirs
import pytest

from okr_assistant.store import FILE_NAME, SqlStore, open_store
from okr_assistant.store.driver import Driver
from okr_assistant.store.sqlite_opening import APPLICATION_ID
from tests.store.conftest import AFFECTED
from tests.store.files import SQLITE, database, plain, problem, refused
from tests.store.processes import run_script
from tests.store.samples import a_link, token


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / FILE_NAME).read_bytes()).hexdigest()


# the folder


@pytest.mark.robustness(6)
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


@pytest.mark.robustness(6)
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


@pytest.mark.robustness(7)
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_foreign_or_damaged_is_refused_and_left_as_it_was(name: str, tmp_path: Path) -> None:
    make, expected = BAD_FILES[name]
    make(tmp_path)
    before = digest(tmp_path)
    error = refused(tmp_path)
    assert (error.problem, error.place) == (expected, str(tmp_path / FILE_NAME))
    assert digest(tmp_path) == before
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.robustness(7)
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


@pytest.mark.robustness(9)
def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with plain(tmp_path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA journal_mode=delete")
    before = digest(tmp_path)
    assert refused(tmp_path).problem == "newer_database"
    assert digest(tmp_path) == before


@pytest.mark.robustness(7)
def test_a_database_that_was_taken_away_is_not_made_anew(store: SqlStore) -> None:
    store.add_link(a_link())
    store.close()
    database(store).file.unlink()
    assert problem(lambda: store.link(token(1))) == "storage_closed"
    assert problem(lambda: store.add_link(a_link())) == "storage_closed"
    assert not database(store).file.exists()


# the journal


@pytest.mark.robustness(8)
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


@pytest.mark.robustness(8)
def test_a_database_goes_back_to_the_rollback_journal_with_an_older_sqlite(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store:
        store.add_link(a_link())
    with closing(open_store(tmp_path, driver=AFFECTED)) as store:
        assert store.link(token(1)) == a_link()
        with plain(tmp_path) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
