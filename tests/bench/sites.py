"""The app as it can be run: one process with a file, one with PostgreSQL, and two behind a proxy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from okr_assistant.paths import ROOT
from tests.bench.measured import family
from tests.bench.workshop_load import Site, site
from tests.postgres import a_database, start_server
from tests.replicas.site import running_site
from tests.serving import OKR_ASSISTANT, free_port, running


@contextmanager
def with_postgres() -> Iterator[Site]:
    """One process with PostgreSQL, which writes to the disk before it says so."""
    database = start_server(f"bench-{os.getpid()}", durable=True)
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with (
        database,
        a_database(database) as url,
        TemporaryDirectory() as folder,
        running(command, port, Path(folder, "log"), cwd=ROOT, env={"OKR_ASSISTANT_DATABASE_URL": url}) as app,
    ):
        parts = {"app": lambda: [app.process.pid], "PostgreSQL": partial(family, database.get_pid() or 0)}
        yield Site(port, url, parts)


# Everybody here has one address, and a crowd is more than the room of 300 that the proxy takes from one.
ONE_CROWD = {"rate=300r/s": "rate=100000r/s", "okr_connections 3000": "okr_connections 30000"}


@contextmanager
def replicas() -> Iterator[Site]:
    """Two processes that share PostgreSQL, behind nginx with the configuration that ships."""
    database = start_server(f"bench-{os.getpid()}", durable=True)
    with (
        database,
        a_database(database) as url,
        TemporaryDirectory() as folder,
        running_site(Path(folder), url, ONE_CROWD) as behind,
    ):
        apps = [replica.server.process.pid for replica in behind.replicas if replica.server]
        parts = {
            "apps": lambda: apps,
            "PostgreSQL": partial(family, database.get_pid() or 0),
            "nginx": partial(family, behind.proxy.process.pid),
        }
        yield Site(behind.proxy.port, url, parts)


SITES: dict[str, Callable[[], AbstractContextManager[Site]]] = {
    "one process, SQLite": site,
    "one process, PostgreSQL": with_postgres,
    "two replicas, PostgreSQL": replicas,
}
"""By what tables call them."""
