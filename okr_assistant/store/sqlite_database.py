"""SQLite: one file, many threads and processes, one writer at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from okr_assistant.clock import SystemClock
from okr_assistant.errors import StoreError
from okr_assistant.store.driver import Driver
from okr_assistant.store.faults import STORAGE, code, connection_is_broken, refusals
from okr_assistant.store.shared_read import SharedRead

BEGINS = "okr_assistant_begins"
"""The option of a connection that says how its transactions begin; empty for statements outside of one."""

_WAITS = "okr_assistant_waits"
_DELETED = "okr_assistant_deleted"
_ERASING_WAITS = 0.2
"""Seconds that a deletion waits for readers before it leaves its bytes in the log to the next write."""

_log = logging.getLogger(__name__)
_locks: dict[Path, threading.Lock] = {}


class SqliteDatabase(SharedRead):
    """``Database`` in one file. Nobody waits for it longer than ``patience`` seconds."""

    writers = 1

    def __init__(self, file: Path, driver: Driver, patience: float) -> None:
        super().__init__()
        self.file = file
        self.place = str(file)
        self.clock = SystemClock()  # a file is on one machine
        self.patience = patience
        self.engine = _engine(file, driver, patience)
        # Writers of this process queue here: SQLite's own way of waiting, which is to try again later and later,
        # lets some of them starve.
        self._turn = _locks.setdefault(file.resolve(), threading.Lock())
        self._to_erase = False

    @contextmanager
    def _begin_read(self) -> Iterator[Connection]:
        with refusals(STORAGE), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that has the file's one write lock from its first statement on.

        What is deleted in it is in none of the database's files when it is over, unless somebody reads for long.
        """
        end = time.monotonic() + self.patience
        if not self._turn.acquire(timeout=self.patience):
            raise StoreError("storage_busy", place=STORAGE)
        try:
            with refusals(STORAGE), self.engine.connect() as plain:
                left = max(end - time.monotonic(), 0)
                connection = plain.execution_options(**{BEGINS: "BEGIN IMMEDIATE", _WAITS: left})
                connection.info.pop(_DELETED, None)
                with connection.begin():
                    yield connection
                deleted = _DELETED in connection.info
            self._erase(_ERASING_WAITS if deleted else 0, deleted=deleted)
        finally:
            self._turn.release()

    def _erase(self, waits: float, *, deleted: bool) -> None:
        """Empty the write-ahead log, which has pages as they were before and after a deletion.

        What was deleted is deleted, whether this succeeds or not; the next write tries again, without waiting.
        """
        self._to_erase = self._to_erase or deleted
        if not self._to_erase:
            return
        options: dict[str, Any] = {BEGINS: "", _WAITS: waits}
        try:
            with self.engine.connect().execution_options(**options) as connection:
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        except DBAPIError as error:
            _log.warning("the write-ahead log was not emptied: %s", code(error.orig))
        else:
            self._to_erase = bool(busy)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _engine(file: Path, driver: Driver, patience: float) -> Engine:
    def connect() -> Any:
        # rw: a file that was taken away while the app runs is an error, and not made anew without its tables.
        uri = f"{file.absolute().as_uri()}?mode=rw"
        # isolation_level None: Python begins no transaction by itself; `_begin_as_asked` does.
        return driver.module.connect(
            uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )

    # As many connections as threads ask for: a reader holds one for a millisecond, and there is one writer.
    engine = create_engine(
        "sqlite://",
        module=driver.module,
        creator=connect,
        poolclass=QueuePool,
        max_overflow=-1,
        hide_parameters=True,  # of errors: they are what people wrote
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    _begin_as_asked(engine, patience)
    _watch(engine)
    return engine


def _begin_as_asked(engine: Engine, patience: float) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        waits = int(options.get(_WAITS, patience) * 1000)
        if connection.info.get(_WAITS) != waits:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={waits}")
            connection.info[_WAITS] = waits
        if statement := options.get(BEGINS, "BEGIN"):
            connection.exec_driver_sql(statement)


def _watch(engine: Engine) -> None:
    """Note what was deleted, and let go of connections that cannot be trusted."""

    @event.listens_for(engine, "after_cursor_execute")
    def note_deletions(
        connection: Connection, cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        if context.isdelete and cursor.rowcount:
            connection.info[_DELETED] = True

    @event.listens_for(engine, "handle_error")
    def discard(context: ExceptionContext) -> None:
        if connection_is_broken(context.original_exception):
            context.is_disconnect = True
