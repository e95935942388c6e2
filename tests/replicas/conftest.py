"""A site of two replicas, for the tests of one file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, a_database
from tests.replicas.site import Site, running_site


@pytest.fixture(scope="module")
def database_server(postgres: PostgresServer) -> PostgresServer:
    """The server that keeps what the site keeps; a file of tests may have one of its own."""
    return postgres


@pytest.fixture(scope="module")
def site(database_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with (
        a_database(database_server) as database,
        running_site(tmp_path_factory.mktemp("site"), database) as running,
    ):
        yield running
