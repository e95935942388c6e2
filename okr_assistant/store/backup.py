"""Backups: one file for every engine, a SQLite database of our form with one state of everything."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from okr_assistant.errors import StoreError
from okr_assistant.store.checking import refuse_damaged
from okr_assistant.store.copying import copy_rows, counts
from okr_assistant.store.driver import best_driver
from okr_assistant.store.faults import as_store_error, named, refusals
from okr_assistant.store.looking import Found, in_file, looking_at
from okr_assistant.store.opening import PATIENCE
from okr_assistant.store.schema import NEWEST
from okr_assistant.store.sqlite_database import BEGINS, SqliteDatabase
from okr_assistant.store.sqlite_opening import FILE_NAME, bring_to_form

_UNFINISHED = ".okr-assistant-"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


def back_up(file: Path, folder: Path | None, url: str | None, *, force: bool = False) -> dict[str, int]:
    """Write what these settings' database holds at this moment into the file; return the rows of each table.

    Others may write meanwhile. The file is there when it is whole, read again and on the disk, and not before.
    ``StoreError`` when it is there already, unless ``force``, or cannot be written.
    """
    file = file.absolute()
    with looking_at(folder, url) as found, _written(file):
        _refuse_place(file, found, force=force)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=file.parent) as unfinished:
            copy = Path(unfinished) / file.name
            write_copy(found, copy, str(file))
            with in_file(copy) as written:
                refuse_damaged(written)
                rows = counts(written.connection)
            _put(copy, file)
    return rows


def _refuse_place(file: Path, found: Found, *, force: bool) -> None:
    if file.is_dir():
        raise StoreError("is_folder", place=str(file))
    if found.file and file.resolve() in {Path(f"{found.file.resolve()}{end}") for end in _SIDE_FILES}:
        raise StoreError("same_place", place=str(file))
    if os.path.lexists(file) and not force:
        raise StoreError("file_is_there", place=str(file))


@contextmanager
def in_newest_form(found: Found) -> Iterator[Connection]:
    """A connection to the same rows in this release's form: in a copy, if the database is of an older one."""
    if found.revision == NEWEST:
        yield found.connection
        return
    with tempfile.TemporaryDirectory(prefix="okr-assistant-") as folder:
        copy = Path(folder) / FILE_NAME
        write_copy(found, copy, str(copy))
        with closing(SqliteDatabase(copy, best_driver(), PATIENCE)) as database, refusals(str(copy)):
            bring_to_form(database)
            with database.engine.begin() as connection:
                yield connection


def write_copy(found: Found, file: Path, place: str) -> None:
    """Write a new file with one state of the database, in its own form; ``place`` is the file's in errors."""
    file.touch(mode=0o600)
    if found.file is None:
        _copy_rows(found, file, place)
    else:
        _vacuum(found, file, place)


def _vacuum(found: Found, file: Path, place: str) -> None:
    # Not SQLite's backup interface: that takes along the pages of what was deleted, and begins anew whenever
    # another process writes.
    options = {BEGINS: ""}
    try:
        with found.connection.engine.connect().execution_options(**options) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(file),))
    except DBAPIError as error:
        of_source = as_store_error(error, found.place)
        if of_source.problem in {"storage_damaged", "storage_busy"}:
            raise of_source from error
        raise as_store_error(error, place) from error


def _copy_rows(found: Found, file: Path, place: str) -> None:
    with closing(SqliteDatabase(file, best_driver(), PATIENCE)) as database, named(place):
        with refusals(place):
            bring_to_form(database, found.revision)
        with database.write() as connection:
            # The tables of this form, which may be an older one than that of `tables.py`.
            tables = MetaData()
            tables.reflect(connection, only=lambda name, _: name != "alembic_version")
            with refusals(place):
                copy_rows(found.connection, connection, tables.sorted_tables)


def _put(copy: Path, file: Path) -> None:
    _to_disk(copy)
    copy.replace(file)
    _to_disk(file.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _written(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError("not_written", place=str(file), found=error.strerror) from error
