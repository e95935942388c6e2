"""Refusals that a machine gives seldom: no room for a file, an older server, something that is no file at all."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME, open_store, postgres_opening
from okr_assistant.store.backup import back_up
from okr_assistant.store.faults import named
from okr_assistant.store.report import check
from okr_assistant.store.restoring import bring_up
from tests.postgres import PostgresServer, a_database
from tests.store.everything import named_place
from tests.store.files import plain, refused
from tests.store.refusals import files, problem
from tests.store.samples import a_link, token
from tests.store.test_file import BAD_FILES
from tests.store.test_migrations import in_the_first_form
from tests.stores import open_at, put_empty_store


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, "storage_full"), (errno.EDQUOT, "storage_full"), (errno.EROFS, "data_folder_closed")],
)
def test_a_database_that_cannot_be_made(
    number: int, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touch(self: Path, mode: int = 0o666, exist_ok: bool = True) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "touch", touch)
    found, place = problem(lambda: open_store(tmp_path))
    assert found == expected
    assert Path(place).is_relative_to(tmp_path)
    assert files(tmp_path) == []


def test_what_is_neither_file_nor_folder_is_no_database(tmp_path: Path) -> None:
    """A pipe would be waited for, for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert problem(lambda: check(None, None, tmp_path / "pipe")) == ("no_file", str(tmp_path / "pipe"))


def test_an_older_server_is_refused_by_its_version(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_opening, "_OLDEST_SERVER", 990_000)
    with a_database(postgres, empty=True) as url, pytest.raises(StoreError) as caught:
        open_store(url=url)
    assert (caught.value.problem, caught.value.place) == ("old_server", named_place(url))
    assert caught.value.found


def test_a_database_that_goes_away_is_named_to_who_runs_the_app() -> None:
    def goes_away() -> None:
        with named("postgresql://127.0.0.1:1/goals"):
            raise StoreError("storage_away", place="storage")

    assert problem(goes_away) == ("database_away", "postgresql://127.0.0.1:1/goals")


@pytest.mark.parametrize(
    "act", [lambda folder: bring_up(folder, None), lambda folder: back_up(folder / "b.db", folder, None)]
)
def test_a_damaged_database_is_neither_brought_up_nor_backed_up(act: object, tmp_path: Path) -> None:
    make, expected = BAD_FILES["damaged page"]
    make(tmp_path)
    found = problem(lambda: act(tmp_path))  # type: ignore[operator]
    assert found == (expected, str(tmp_path / FILE_NAME))
    assert "b.db" not in files(tmp_path)


def test_a_block_within_a_block_reads_the_same_state(place: str) -> None:
    with closing(open_at(place)) as store:
        with store.one_state():
            assert store.link(token(1)) is None
            with closing(open_at(place)) as other:
                other.add_link(a_link(1))
            with store.one_state():
                assert store.link(token(1)) is None
            assert store.link(token(1)) is None
        assert store.link(token(1)) == a_link(1)


def test_an_older_form_is_not_brought_up_over_rows_that_belong_to_nothing(tmp_path: Path) -> None:
    folder = str(put_empty_store(tmp_path))
    in_the_first_form(folder)
    with plain(tmp_path) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("INSERT INTO remarks VALUES (x'00', 'r', '2026-01-01', 'q', 'o', '', '')")
    assert refused(tmp_path).problem == "storage_damaged"
    with plain(tmp_path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
