"""Every step of the migrations; killed in the middle of one: ``test_killed.py``."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from okr_assistant.errors import StoreError
from okr_assistant.store import SqlStore, open_store, sqlite_opening
from okr_assistant.store.schema import NEWEST, config
from okr_assistant.store.tables import metadata
from tests.store.files import plain
from tests.store.samples import a_link, a_room, browser, keys, token
from tests.stores import open_at


def test_the_migrations_make_the_tables_that_the_code_uses(any_store: SqlStore) -> None:
    with any_store.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_revision_is_the_one_named_and_there_is_one_way_to_it() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert scripts.get_heads() == [NEWEST]
    assert scripts.get_bases() == ["0001"]


def test_no_step_names_a_type_of_one_engine() -> None:
    for script in ScriptDirectory.from_config(config()).walk_revisions():
        assert not re.search(r"dialects|PRAGMA|JSONB|sqlite|postgres", Path(script.path).read_text("utf-8"))


def in_the_first_form(place: str | Path) -> None:
    """A database as the first release left it, with a link in it."""
    with closing(open_at(place)) as store:
        store.add_link(a_link())
        with store.database.write() as connection:
            for table in (
                "portfolios",
                "votes",
                "receipts",
                "participants",
                "facilitators",
                "rooms",
                "wrong_codes",
            ):
                connection.exec_driver_sql(f"DROP TABLE {table}")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


def test_what_an_older_release_left_is_brought_to_the_newest_form_with_all_that_is_in_it(empty_place: str) -> None:
    in_the_first_form(empty_place)
    with closing(open_at(empty_place)) as store:
        assert store.link(token(1)) == a_link()
        assert store.add_room(a_room(), keys(), browser(1))
        with store.database.read() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_step_that_fails_leaves_an_empty_file_that_opens_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_end(connection: Connection, revision: str) -> None:
        upgrade(connection, revision)
        raise StoreError("storage_failed", place="storage", found="a failure in the last statement")

    upgrade = sqlite_opening.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_opening, "upgrade", fails_at_the_end)
        with pytest.raises(StoreError):
            open_store(tmp_path)
    with plain(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    with closing(open_store(tmp_path)) as store:
        store.add_link(a_link())
        assert store.link(token(1)) == a_link()
