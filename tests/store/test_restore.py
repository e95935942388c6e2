"""Restoring a backup into every engine: whole or not at all, and never over what people keep unless asked."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from okr_assistant.store import FILE_NAME, copying
from okr_assistant.store.backup import back_up
from okr_assistant.store.report import check
from okr_assistant.store.restoring import restore
from okr_assistant.store.tables import metadata
from tests.postgres import PostgresServer, a_database
from tests.store.everything import full, keep_everything, named_place, rows_at, settings
from tests.store.files import SQLITE, limit_pages
from tests.store.refusals import files, problem
from tests.store.samples import a_link, a_portfolio, browser, token
from tests.store.test_file import BAD_FILES
from tests.store.test_migrations import in_the_first_form
from tests.stores import open_at, put_empty_store


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup with everything in it."""
    place = str(put_empty_store(tmp_path / "kept"))
    full(place)
    back_up(tmp_path / "b.db", *settings(place))
    return tmp_path / "b.db"


def test_what_people_keep_is_replaced_only_when_asked(kept: Path, place: str, tmp_path: Path) -> None:
    with closing(open_at(place)) as store:
        store.add_link(a_link(7))
    before = rows_at(place)
    assert problem(lambda: restore(kept, *settings(place))) == ("not_empty", named_place(place))
    assert rows_at(place) == before
    restore(kept, *settings(place), replace=True)
    assert rows_at(place) == rows_at(tmp_path / "kept")


def test_a_database_that_was_only_opened_counts_as_empty(kept: Path, place: str, tmp_path: Path) -> None:
    """The start of the app makes a secret, and somebody may have typed a wrong code; nobody would miss either."""
    with closing(open_at(place)) as store:
        store.secret()
        store.add_wrong_code(a_link().made_at)
    restore(kept, *settings(place))
    assert rows_at(place) == rows_at(tmp_path / "kept")


def test_a_backup_of_an_older_form_is_upgraded_in_a_copy(elsewhere: str, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    in_the_first_form(tmp_path / "old")
    file = tmp_path / "b.db"
    assert set(back_up(file, tmp_path / "old", None)) == {"links", "remarks", "results", "secrets"}
    before = file.read_bytes()
    assert check(None, None, file).revision == "0001"
    assert restore(file, *settings(elsewhere))["links"] == 1
    assert file.read_bytes() == before
    with closing(open_at(elsewhere)) as store:
        assert store.link(token(1)) == a_link()


def test_an_older_database_on_a_server_is_backed_up_as_it_is(postgres: PostgresServer, tmp_path: Path) -> None:
    """Before a release upgrades it is when a backup is wanted most."""
    with a_database(postgres) as url:
        full(url)
        with closing(open_at(url)) as store, store.database.write() as connection:
            connection.exec_driver_sql("DROP TABLE portfolios")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        assert "portfolios" not in back_up(tmp_path / "b.db", None, url)
        report = check(None, url)
        assert (report.revision, report.is_well) == ("0002", True)
        restored = str(put_empty_store(tmp_path / "restored"))
        restore(tmp_path / "b.db", *settings(restored))
        there = rows_at(restored)
        assert there["portfolios"] == []
        assert there == rows_at(url), "which has been upgraded by being opened"


def test_a_backup_of_a_newer_release_is_refused(kept: Path, place: str) -> None:
    with closing(SQLITE.connect(kept)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert problem(lambda: restore(kept, *settings(place))) == ("newer_database", str(kept))


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_made(name: str, tmp_path: Path) -> None:
    make, _ = BAD_FILES[name]
    for folder in ("source", "target"):
        (tmp_path / folder).mkdir()
    make(tmp_path / "source")
    file = tmp_path / "source" / FILE_NAME
    before = file.read_bytes()
    assert problem(lambda: restore(file, tmp_path / "target", None)) == ("not_a_backup", str(file))
    assert (file.read_bytes(), files(tmp_path / "target")) == (before, [])


def test_a_file_that_is_not_there_or_no_file_is_named(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, expected in (("none.db", "no_file"), ("folder", "is_folder")):
        file = tmp_path / name
        assert problem(lambda file=file: restore(file, *settings(place))) == (expected, str(file))
    empty = tmp_path / "empty.db"
    empty.touch()
    assert problem(lambda: restore(empty, *settings(place))) == ("not_a_backup", str(empty))


def test_the_database_is_not_restored_into_itself(tmp_path: Path) -> None:
    place = str(put_empty_store(tmp_path / "data"))
    before = full(place)
    file = tmp_path / "data" / FILE_NAME
    assert problem(lambda: restore(file, Path(place), None, replace=True)) == ("same_place", str(file))
    assert rows_at(place) == before


def test_a_full_disk_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large, place = (str(put_empty_store(tmp_path / name)) for name in ("large", "data"))
    kept = tmp_path / "b.db"
    with closing(open_at(large)) as store:
        store.keep_portfolio(browser(1), replace(a_portfolio(), content=random.Random(1).randbytes(10**6)), most=9)
    back_up(kept, Path(large), None)
    with closing(open_at(place)) as store:
        store.add_link(a_link(7))
        before = rows_at(place)
        limit_pages(store, 5)
        monkeypatch.setattr("okr_assistant.store.restoring.open_store", lambda *_: store)
        refusal = problem(lambda: restore(kept, Path(place), None, replace=True))
        assert refusal == ("storage_full", named_place(place))
    assert rows_at(place) == before


def test_rows_that_did_not_arrive_as_they_were_are_not_kept(
    kept: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_votes = [table for table in metadata.sorted_tables if table.name != "votes"]
    whole = copying.copy_rows
    monkeypatch.setattr(copying, "copy_rows", lambda source, target: whole(source, target, without_votes))
    assert problem(lambda: restore(kept, *settings(place))) == ("copied_differently", named_place(place))
    assert not any(rows_at(place).values())


def test_a_value_that_is_of_no_kind_we_write_is_refused(kept: Path, place: str) -> None:
    with closing(SQLITE.connect(kept)) as connection, connection:
        connection.execute("UPDATE links SET made_at = 'yesterday'")
    assert problem(lambda: restore(kept, *settings(place)))[0] == "unreadable_entry"
    assert not any(rows_at(place).values())


def test_nobody_writes_while_a_backup_is_restored(kept: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []

    def try_to_write(*_arguments: object) -> int:
        with closing(open_at(place, patience=0.2)) as other:
            refused.append(problem(lambda: keep_everything(other))[0])
        return 0

    monkeypatch.setattr("okr_assistant.store.restoring.kept", try_to_write)
    restore(kept, *settings(place))
    assert refused == ["storage_busy"]


@pytest.mark.parametrize("name", ["damaged page", "another program's"])
def test_a_database_that_cannot_be_used_is_named_and_left_as_it_is(name: str, kept: Path, tmp_path: Path) -> None:
    """And not the backup: whoever restores moves the damaged file away first, and keeps it."""
    make, expected = BAD_FILES[name]
    (tmp_path / "target").mkdir()
    make(tmp_path / "target")
    file = tmp_path / "target" / FILE_NAME
    before = file.read_bytes()
    assert problem(lambda: restore(kept, tmp_path / "target", None, replace=True)) == (expected, str(file))
    assert file.read_bytes() == before
