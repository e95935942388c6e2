"""Stores on every engine; new ones sooner than by making each anew: copies of one that the real start has made."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from okr_assistant.store import SqlStore, open_store
from okr_assistant.store.driver import Driver, best_driver
from okr_assistant.store.opening import PATIENCE

AFFECTED = Driver(best_driver().module, (3, 51, 2))
"""The SQLite we have, said to be one whose write-ahead log is not safe."""


@functools.cache
def _an_empty_store() -> Path:
    """A folder with a new database in it, made once: a copy of it is there ten times sooner than another one."""
    folder = tempfile.TemporaryDirectory(prefix="okr-assistant-empty-")
    atexit.register(folder.cleanup)
    open_store(Path(folder.name)).close()
    return Path(folder.name)


def put_empty_store(folder: Path) -> Path:
    """Put an empty store, which nobody has open, into the folder, and return the folder."""
    return shutil.copytree(_an_empty_store(), folder, dirs_exist_ok=True)


def open_at(place: str | Path, engine: str = "", patience: float = PATIENCE) -> SqlStore:
    """Open the store at a place: the address of a database on PostgreSQL, or a folder.

    With the engine ``sqlite-rollback`` as an older SQLite would, which has no safe write-ahead log.
    """
    if str(place).startswith("postgresql://"):
        return open_store(url=str(place), patience=patience)
    driver = AFFECTED if engine == "sqlite-rollback" else None
    return open_store(Path(place), driver=driver, patience=patience)
