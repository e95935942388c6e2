"""Opening the store in SQLite: a file that is ours, of this release's form, with the journal that is safe."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from okr_assistant.errors import StoreError
from okr_assistant.store.driver import Driver
from okr_assistant.store.faults import code, refusals
from okr_assistant.store.folder import usable_file, usable_folder
from okr_assistant.store.schema import NEWEST, stored_revision, upgrade
from okr_assistant.store.sqlite_database import BEGINS, SqliteDatabase

FILE_NAME = "okr-assistant.db"
APPLICATION_ID = 0x4F4B5241
"""In the header of every file of ours: "OKRA"."""

_PAUSE = 0.02
_log = logging.getLogger(__name__)


def open_sqlite(folder: Path | None, driver: Driver, patience: float) -> SqliteDatabase:
    """Open the file in this folder, in the user's own when None, and bring it to this release's form.

    ``StoreError`` names the file and changes nothing in it when it is not ours, damaged, or of a newer release;
    and the folder when it is missing or may not be written.
    """
    file = usable_folder(folder) / FILE_NAME
    usable_file(file)
    database = SqliteDatabase(file, driver, patience)
    try:
        with refusals(str(file)):
            _bring_to_form(database)
            journal = _set_journal(database, "wal" if driver.wal_is_safe else "delete")
    finally:
        # A file that is refused is let go; and the connection that migrated does not hold foreign keys.
        database.close()
    version = ".".join(map(str, driver.version))
    if journal == "wal":
        _log.info("SQLite %s with its write-ahead log", version)
    else:
        _log.warning("SQLite %s with a rollback journal: no write-ahead log, or none that is safe, here", version)
    return database


def _bring_to_form(database: SqliteDatabase) -> None:
    with database.engine.connect() as connection:
        if _revision(connection, database.file) == NEWEST:
            return
    options = {BEGINS: ""}
    with database.engine.connect().execution_options(**options) as connection:
        # A migration may build a table anew, which must not delete what refers to it. Only possible outside of
        # a transaction.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # All in this one transaction: killed at any moment, the file is as before or as after. And asked again,
        # because another process may have been quicker.
        if _revision(connection, database.file) != NEWEST:
            upgrade(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StoreError("storage_damaged", place=str(database.file))
        connection.commit()


def _revision(connection: Connection, file: Path) -> str | None:
    """Which form the file has; None when it is empty, ``StoreError`` when we must not touch it."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
    if application == 0 and tables == 0:
        return None
    if application != APPLICATION_ID:
        raise StoreError("not_our_database", place=str(file))
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StoreError("storage_damaged", place=str(file))
    return stored_revision(connection, str(file))


def _set_journal(database: SqliteDatabase, wanted: str) -> str:
    """Set the journal of the file and return the one it has: some file systems have no room for ``wal``.

    The change needs the file for itself for a moment, and SQLite does not wait for that moment by itself.
    """
    end = time.monotonic() + database.patience
    options = {BEGINS: ""}
    while True:
        try:
            with database.engine.connect().execution_options(**options) as connection:
                return str(connection.exec_driver_sql(f"PRAGMA journal_mode={wanted}").scalar())
        except OperationalError as error:
            if not code(error.orig).startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
        time.sleep(_PAUSE)
