"""Backups of every engine: whole, private, and never half there."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.store import FILE_NAME, backup
from okr_assistant.store.backup import back_up
from okr_assistant.store.report import check
from okr_assistant.store.restoring import restore
from tests.postgres import PostgresServer, a_database
from tests.store.everything import full, named_place, rows_at, settings
from tests.store.processes import run_script
from tests.store.refusals import files, problem
from tests.store.samples import token
from tests.stores import open_at, put_empty_store


def test_a_backup_restored_into_any_engine_is_the_same_value_by_value(
    place: str, elsewhere: str, tmp_path: Path
) -> None:
    before = full(place)
    assert all(before.values()), "every table has rows"
    counted = {name: len(rows) for name, rows in before.items()}
    assert back_up(tmp_path / "b.db", *settings(place)) == counted
    assert restore(tmp_path / "b.db", *settings(elsewhere)) == counted
    assert rows_at(elsewhere) == before == rows_at(place)


def test_a_backup_is_a_whole_database_that_the_app_can_open(place: str, tmp_path: Path) -> None:
    before = full(place)
    (tmp_path / "opened").mkdir()
    back_up(tmp_path / "opened" / FILE_NAME, *settings(place))
    assert check(None, None, tmp_path / "opened" / FILE_NAME).is_well
    assert rows_at(tmp_path / "opened") == before


def test_only_its_owner_reads_a_backup_and_it_is_one_file(place: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    mask = os.umask(0)
    try:
        back_up(tmp_path / "out" / "b.db", *settings(place))
    finally:
        os.umask(mask)
    assert files(tmp_path / "out") == ["b.db"]
    assert stat.S_IMODE((tmp_path / "out" / "b.db").stat().st_mode) == 0o600


def test_what_was_deleted_is_not_in_a_backup(place: str, tmp_path: Path) -> None:
    full(place)
    with closing(open_at(place)) as store:
        store.delete_link(token(1))
    back_up(tmp_path / "b.db", *settings(place))
    assert token(1) not in (tmp_path / "b.db").read_bytes()
    assert token(2) in (tmp_path / "b.db").read_bytes()


def test_a_file_that_is_there_is_written_over_only_when_asked(place: str, tmp_path: Path) -> None:
    file = tmp_path / "b.db"
    file.write_text("last week's")
    assert problem(lambda: back_up(file, *settings(place))) == ("file_is_there", str(file))
    assert file.read_text() == "last week's"
    back_up(file, *settings(place), force=True)
    assert check(None, None, file).is_well


def test_a_place_where_no_backup_can_be(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for name, expected in (("folder", "is_folder"), ("none/b.db", "not_written"), ("file/b.db", "not_written")):
        file = tmp_path / name
        assert problem(lambda file=file: back_up(file, *settings(place), force=True)) == (expected, str(file))
    assert set(files(tmp_path)) - {"data"} == {"folder", "file"}


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_backup_over_the_database_itself_is_refused(end: str, tmp_path: Path) -> None:
    place = str(put_empty_store(tmp_path / "data"))
    before = full(place)
    (tmp_path / "link").symlink_to(tmp_path / "data")
    file = tmp_path / "link" / f"{FILE_NAME}{end}"
    assert problem(lambda: back_up(file, Path(place), None, force=True)) == ("same_place", str(file))
    assert rows_at(place) == before
    assert files(tmp_path / "data") == [FILE_NAME]


def test_where_nothing_is_kept_yet_there_is_nothing_to_back_up(postgres: PostgresServer, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with a_database(postgres, empty=True) as url:
        for place in (str(tmp_path / "data"), url):
            refusal = problem(lambda place=place: back_up(tmp_path / "b.db", *settings(place)))
            assert refusal == ("no_database", named_place(place))
    assert (files(tmp_path), files(tmp_path / "data")) == (["data"], [])


_FILLS = """
import resource, signal, sys
from pathlib import Path
from okr_assistant.errors import StoreError
from okr_assistant.store.backup import back_up
from tests.store.everything import settings

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    back_up(Path(sys.argv[2]), *settings(sys.argv[1]))
except StoreError as error:
    print(error.problem, error.place)
"""


@pytest.mark.server
def test_a_disk_that_takes_no_more_leaves_nothing_that_looks_like_a_backup(place: str, tmp_path: Path) -> None:
    full(place)
    (tmp_path / "out").mkdir()
    file = tmp_path / "out" / "b.db"
    assert run_script(_FILLS, place, file) in {f"storage_failed {file}\n", f"storage_full {file}\n"}
    assert files(tmp_path / "out") == []


def test_a_backup_that_is_interrupted_leaves_nothing(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_found: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(backup, "refuse_damaged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        back_up(tmp_path / "out" / "b.db", *settings(place))
    assert files(tmp_path / "out") == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from okr_assistant.store import backup
from tests.store.everything import settings

if not os.fork():
    backup.refuse_damaged = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    backup.back_up(Path(sys.argv[2]), *settings(sys.argv[1]))
assert os.wait()[1] == signal.SIGKILL
"""


@pytest.mark.server
def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(place: str, tmp_path: Path) -> None:
    full(place)
    (tmp_path / "out").mkdir()
    file = tmp_path / "out" / "b.db"
    run_script(_KILLED, place, file)
    (left,) = (tmp_path / "out").iterdir()
    assert left.name.startswith(".okr-assistant-")
    assert stat.S_IMODE(left.stat().st_mode) == 0o700
    back_up(file, *settings(place))
    assert check(None, None, file).is_well
