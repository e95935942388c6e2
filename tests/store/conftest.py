"""Stores on every engine. The contract is the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.store import SqlStore, open_store
from tests.conftest import an_empty_place
from tests.postgres import a_database
from tests.stores import AFFECTED as AFFECTED
from tests.stores import open_at, put_empty_store

FILES = ("sqlite", "sqlite-rollback")
ENGINES = (*FILES, "postgresql")


def in_folder(engine: str, folder: Path) -> SqlStore:
    """An empty store in this folder, in SQLite with the journal of this engine."""
    return open_at(put_empty_store(folder), engine)


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


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Another place than ``place``, where an empty store is too, on each engine in turn."""
    with an_empty_place(request, tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def empty_place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place without a store on this engine, for ``open_at`` in any process."""
    if engine in FILES:
        yield str(tmp_path)
    else:
        with a_database(request.getfixturevalue("postgres"), empty=True) as url:
            yield url
