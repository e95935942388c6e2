"""Stores on every engine. The contract is the same; to add an engine, add a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.housekeeping import Store
from okr_assistant.store import open_store
from okr_assistant.store.driver import Driver, best_driver
from tests.stores import put_empty_store

AFFECTED = Driver(best_driver().module, (3, 51, 2))
"""The SQLite we have, said to be one whose write-ahead log is not safe."""

ENGINES: dict[str, Callable[[Path], Store]] = {
    "sqlite": open_store,
    "sqlite-rollback": lambda folder: open_store(folder, driver=AFFECTED),
}


@pytest.fixture(params=ENGINES)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, on each engine in turn."""
    with closing(ENGINES[request.param](put_empty_store(tmp_path))) as store:
        yield store
