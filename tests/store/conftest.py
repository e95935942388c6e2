"""Stores on every engine. The contract is the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.store import SqlStore, open_store
from okr_assistant.store.driver import Driver, best_driver
from tests.postgres import a_database
from tests.stores import put_empty_store

AFFECTED = Driver(best_driver().module, (3, 51, 2))
"""The SQLite we have, said to be one whose write-ahead log is not safe."""

FILES = ("sqlite", "sqlite-rollback")
ENGINES = (*FILES, "postgresql")


def in_folder(engine: str, folder: Path) -> SqlStore:
    """An empty store in this folder, in SQLite with the journal of this engine."""
    return open_store(put_empty_store(folder), driver=AFFECTED if engine == "sqlite-rollback" else None)


@pytest.fixture(params=ENGINES)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store, on each engine in turn."""
    if request.param in FILES:
        with closing(in_folder(request.param, tmp_path)) as store:
            yield store
    else:
        with a_database(request.getfixturevalue("postgres")) as url, closing(open_store(url=url)) as store:
            yield store


@pytest.fixture(params=FILES)
def file_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store in the test's own folder, with each journal of SQLite in turn."""
    with closing(in_folder(request.param, tmp_path)) as store:
        yield store
