"""Looking at a database without making, upgrading or changing anything."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url, text

from okr_assistant.errors import StoreError
from okr_assistant.store.driver import best_driver
from okr_assistant.store.faults import named, refusals
from okr_assistant.store.folder import data_folder
from okr_assistant.store.opening import PATIENCE
from okr_assistant.store.postgres_database import place_of
from okr_assistant.store.postgres_opening import connect, revision_of
from okr_assistant.store.schema import stored_revision
from okr_assistant.store.sqlite_database import SqliteDatabase
from okr_assistant.store.sqlite_opening import FILE_NAME, is_ours


@dataclass(frozen=True, slots=True)
class Found:
    """A database of ours, through a connection that sees one state of it. ``journal`` is that of a file."""

    place: str
    engine: str
    version: str
    revision: str
    connection: Connection
    file: Path | None = None
    journal: str | None = None


@contextmanager
def looking_at(folder: Path | None, url: str | None) -> Iterator[Found]:
    """Look at the database that these settings name; ``StoreError`` when there is none that is ours."""
    with _on_server(url) if url is not None else in_file(data_folder(folder) / FILE_NAME) as found:
        yield found


@contextmanager
def in_file(file: Path) -> Iterator[Found]:
    """Look at the database in this file; ``StoreError`` when it is none of ours, or of a newer release."""
    _refuse_unreadable(file)
    driver = best_driver()
    with (
        closing(SqliteDatabase(file, driver, PATIENCE)) as database,
        refusals(str(file)),
        database.engine.begin() as connection,
    ):
        revision = stored_revision(connection, str(file)) if is_ours(connection, file) else None
        if revision is None:
            raise StoreError("no_database", place=str(file))
        journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
        version = ".".join(map(str, driver.version))
        yield Found(str(file), "SQLite", version, revision, connection, file, journal)


@contextmanager
def in_backup(file: Path) -> Iterator[Found]:
    """Likewise, in a file that somebody says is a backup: what is wrong with it is said about backups."""
    try:
        with in_file(file) as found:
            yield found
    except StoreError as error:
        if error.problem == "no_database" and not file.exists():
            raise StoreError("no_file", place=str(file), found=os.strerror(errno.ENOENT)) from error
        if error.place == str(file) and error.problem in {"not_our_database", "storage_damaged", "no_database"}:
            raise StoreError("not_a_backup", place=str(file)) from error
        raise


@contextmanager
def _on_server(url: str) -> Iterator[Found]:
    address = make_url(url)
    place = place_of(address)
    with closing(connect(address, PATIENCE)) as database, named(place), database.read() as connection:
        revision = revision_of(connection, place)
        if revision is None:
            raise StoreError("no_database", place=place)
        # It locks nothing, and copying and checking what it reads may take its time.
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        version = str(connection.execute(text("SHOW server_version")).scalar())
        yield Found(place, "PostgreSQL", version, revision, connection)


def _refuse_unreadable(file: Path) -> None:
    # The file is not opened: closing it would drop the locks that SQLite has on it in this process.
    try:
        if file.is_dir():
            raise StoreError("is_folder", place=str(file))
        if not file.exists():
            raise StoreError("no_database", place=str(file))
        if not (file.is_file() and os.access(file, os.R_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise StoreError("no_file", place=str(file), found=error.strerror) from error
