"""Looking into the store's file past the store, and getting in its way: locked by others, and full."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME, SqlStore, open_store
from okr_assistant.store.driver import best_driver
from okr_assistant.store.sqlite_database import SqliteDatabase
from tests.store.processes import start_script

SQLITE = best_driver().module
"""The SQLite of the store: another one in this process would drop its locks."""


def plain(folder: Path) -> Any:
    """The file, opened past the store."""
    return closing(SQLITE.connect(folder / FILE_NAME, isolation_level=None, timeout=0))


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


def limit_pages(store: SqlStore, pages: int | None) -> None:
    """Connections from now on have no more room than this; it is SQLite's own limit, and its own error."""
    engine = database(store).engine
    engine.dispose()

    def set_limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages or 2**30}")

    event.listen(engine, "connect", set_limit)
