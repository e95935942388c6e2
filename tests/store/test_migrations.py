"""Every step of the migrations, and that what is killed in the middle is as before or as after."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from okr_assistant.errors import StoreError
from okr_assistant.store import SqlStore, open_store, sqlite_opening
from okr_assistant.store.schema import NEWEST, config
from okr_assistant.store.tables import metadata
from tests.store.files import plain
from tests.store.processes import run_script
from tests.store.samples import a_link, a_room, browser, keys, token


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


def in_the_first_form(folder: Path) -> None:
    """A file as the first release left it, with a link in it."""
    with closing(open_store(folder)) as store:
        store.add_link(a_link())
    with plain(folder) as connection:
        for table in ("portfolios", "votes", "receipts", "participants", "facilitators", "rooms", "wrong_codes"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")


def test_a_file_of_an_older_form_is_brought_to_the_newest_with_all_that_is_in_it(tmp_path: Path) -> None:
    in_the_first_form(tmp_path)
    with closing(open_store(tmp_path)) as store:
        assert store.link(token(1)) == a_link()
        assert store.add_room(a_room(), keys(), browser(1))
        with store.database.read() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_step_that_fails_leaves_an_empty_file_that_opens_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_end(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
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


_KILLED = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from sqlalchemy import Engine, event
from okr_assistant.store import FILE_NAME, open_store
from tests.store.samples import a_link, a_room, keys, token
from tests.store.test_migrations import in_the_first_form

def start(folder, statements):
    left = statements

    @event.listens_for(Engine, "after_cursor_execute")
    def count(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    open_store(folder)

for statements in range(1, 100):
    folder = Path(sys.argv[1]) / str(statements)
    folder.mkdir()
    if sys.argv[2] == "an older form":
        in_the_first_form(folder)
    if not (child := os.fork()):
        start(folder, statements)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    with closing(open_store(folder)) as store:
        assert store.link(token(1)) == (a_link() if sys.argv[2] == "an older form" else None)
        store.add_link(a_link())
        assert store.add_room(a_room(), keys(), None)
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]
    if status == 0:
        break
    assert status == signal.SIGKILL, status
print(statements)
"""


@pytest.mark.robustness(2)
@pytest.mark.server
@pytest.mark.parametrize("before", ["nothing", "an older form"])
def test_killed_after_any_statement_of_the_start_it_opens_again(before: str, tmp_path: Path) -> None:
    """Every statement of the start in turn, the migrations' and the journal's among them (robustness 2)."""
    assert int(run_script(_KILLED, tmp_path, before)) > 15, "statements were counted"
