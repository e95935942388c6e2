"""What `db check` finds, and that looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME
from okr_assistant.store.report import Report, check
from okr_assistant.store.restoring import bring_up
from tests.postgres import PostgresServer, a_database
from tests.store.everything import full, named_place, rows_at, settings
from tests.store.files import SQLITE, plain
from tests.store.samples import a_link, token
from tests.store.test_file import BAD_FILES
from tests.store.test_migrations import in_the_first_form
from tests.stores import open_at, put_empty_store


@pytest.fixture
def filled(place: str) -> str:
    """A place with rows in every table, on each engine in turn."""
    full(place)
    return place


def checked(place: str) -> Report:
    return check(*settings(place))


def refusal(place: str) -> tuple[str, str]:
    with pytest.raises(StoreError) as refused:
        checked(place)
    return refused.value.problem, refused.value.place


def spoil(place: str, statement: str) -> None:
    with closing(open_at(place)) as store, store.database.write() as connection:
        connection.exec_driver_sql(statement)


def test_it_says_what_is_kept_where(filled: str) -> None:
    report = checked(filled)
    assert report.is_well
    assert report.place == named_place(filled)
    assert report.rows == {name: len(rows) for name, rows in rows_at(filled).items()}
    if report.engine == "SQLite":
        assert (report.version, report.journal) == (SQLITE.sqlite_version, "wal")
    else:
        assert (report.engine, report.version.partition(".")[0], report.journal) == ("PostgreSQL", "18", None)


def test_looking_changes_nothing_and_makes_nothing(tmp_path: Path) -> None:
    folder = put_empty_store(tmp_path / "data")
    full(str(folder))
    (tmp_path / "old").mkdir()
    in_the_first_form(tmp_path / "old")
    for place, form in ((folder, "0003"), (tmp_path / "old", "0001")):
        before = (place / FILE_NAME).read_bytes()
        report = check(place, None)
        assert (report.revision, report.is_well) == (form, True)
        assert (place / FILE_NAME).read_bytes() == before
        assert [file.name for file in place.iterdir()] == [FILE_NAME]


def test_looking_at_what_is_not_there_makes_nothing(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert refusal(str(tmp_path)) == ("no_database", named_place(str(tmp_path)))
    assert refusal(str(tmp_path / "none"))[0] == "no_database"
    with pytest.raises(StoreError):
        check(None, None)
    assert list(tmp_path.iterdir()) == []
    with a_database(postgres, empty=True) as url:
        assert refusal(url) == refusal(url) == ("no_database", named_place(url))


def test_looking_while_somebody_writes_sees_one_state(place: str) -> None:
    with closing(open_at(place)) as store, store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM secrets")
        assert checked(place).is_well


UNREADABLE = {
    "links": "UPDATE links SET snapshot = '{}'",
    "results": "UPDATE results SET record = 'nothing' WHERE id = 'result-0001'",
    "portfolios": "UPDATE portfolios SET content = name_as_bytes",
    "rooms": "UPDATE rooms SET revision = revision + 1",
}


@pytest.mark.parametrize("table", UNREADABLE)
def test_every_entry_is_read(table: str, filled: str) -> None:
    as_bytes = "'\\x00'::bytea" if filled.startswith("postgresql") else "x'00'"
    spoil(filled, UNREADABLE[table].replace("name_as_bytes", as_bytes))
    report = checked(filled)
    assert report.unreadable == {table: {"links": 2, "results": 1, "portfolios": 1, "rooms": 2}[table]}
    assert not report.is_well


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Any]:
    """A file with rows in every table, opened past the store."""
    folder = put_empty_store(tmp_path / "data")
    full(str(folder))
    with plain(folder) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        yield connection


def test_a_value_of_another_kind_is_unreadable(file: Any, tmp_path: Path) -> None:
    file.execute("UPDATE votes SET at = 'yesterday'")
    assert check(tmp_path / "data", None).unreadable == {"votes": 1}


def test_rows_that_belong_to_nothing_are_damage(file: Any, tmp_path: Path) -> None:
    file.execute("DELETE FROM links")
    report = check(tmp_path / "data", None)
    assert (report.damage, report.is_well) == (("remarks: 1 without links",), False)


def test_what_the_schema_forbids_is_damage_told_without_what_is_stored(tmp_path: Path) -> None:
    folder = put_empty_store(tmp_path / "data")
    full(str(folder))
    wanted, without = "snapshot TEXT NOT NULL", "snapshot TEXT"
    for old, new in ((wanted, without), (without, wanted)):
        with plain(folder) as connection:
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?)", (old, new))
        if new == without:
            with plain(folder) as connection:
                connection.execute("UPDATE links SET snapshot = NULL")
    report = check(folder, None)
    assert report.damage == ("NULL value in links.snapshot",) * 2
    assert (report.rows, report.is_well) == ({}, False)


def test_a_page_that_was_overwritten_is_damage(tmp_path: Path) -> None:
    make, _ = BAD_FILES["damaged page"]
    make(tmp_path)
    assert refusal(str(tmp_path)) == ("storage_damaged", str(tmp_path / FILE_NAME))


def test_a_constraint_that_was_never_held_is_damage(postgres: PostgresServer) -> None:
    with a_database(postgres) as url:
        full(url)
        spoil(url, "ALTER TABLE remarks DROP CONSTRAINT fk_remarks_token_hash")
        spoil(
            url,
            "ALTER TABLE remarks ADD CONSTRAINT fk_remarks_token_hash"
            " FOREIGN KEY (token_hash) REFERENCES links ON DELETE CASCADE NOT VALID",
        )
        assert checked(url).damage == ("not valid: fk_remarks_token_hash",)


# bringing it up


def test_an_upgrade_says_from_which_form_to_which(place: str, tmp_path: Path) -> None:
    assert bring_up(*settings(place)) == ("0003", "0003")
    (tmp_path / "old").mkdir()
    in_the_first_form(tmp_path / "old")
    assert bring_up(tmp_path / "old", None) == ("0001", "0003")
    with closing(open_at(tmp_path / "old")) as store:
        assert store.link(token(1)) == a_link()


def test_an_upgrade_makes_what_is_not_there(postgres: PostgresServer, tmp_path: Path) -> None:
    with a_database(postgres, empty=True) as url:
        for place in (str(tmp_path), url):
            assert bring_up(*settings(place)) == (None, "0003")
            assert checked(place).is_well


def test_an_upgrade_refuses_what_every_start_refuses(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        bring_up(tmp_path / "none", None)
    assert refused.value.problem == "no_data_folder"
