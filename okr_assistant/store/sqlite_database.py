"""SQLite: one file, many threads and processes, one writer at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event

from okr_assistant.errors import StoreError
from okr_assistant.store.driver import Driver
from okr_assistant.store.faults import STORAGE, connection_is_broken, refusals

BEGINS = "okr_assistant_begins"
"""The option of a connection that says how its transactions begin; empty for statements outside of one."""

_WAITS = "okr_assistant_waits"
_locks: dict[Path, threading.Lock] = {}


class SqliteDatabase:
    """``Database`` in one file. Nobody waits for it longer than ``patience`` seconds."""

    def __init__(self, file: Path, driver: Driver, patience: float) -> None:
        self.file = file
        self.patience = patience
        self.engine = _engine(file, driver, patience)
        # Writers of this process queue here: SQLite's own way of waiting, which is to try again later and later,
        # lets some of them starve.
        self._turn = _locks.setdefault(file.resolve(), threading.Lock())

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state."""
        with refusals(STORAGE), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that has the file's one write lock from its first statement on."""
        end = time.monotonic() + self.patience
        if not self._turn.acquire(timeout=self.patience):
            raise StoreError("storage_busy", place=STORAGE)
        try:
            with refusals(STORAGE), self.engine.connect() as plain:
                left = max(end - time.monotonic(), 0)
                connection = plain.execution_options(**{BEGINS: "BEGIN IMMEDIATE", _WAITS: left})
                with connection.begin():
                    yield connection
        finally:
            self._turn.release()

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _engine(file: Path, driver: Driver, patience: float) -> Engine:
    def connect() -> Any:
        # rw: a file that was taken away while the app runs is an error, and not made anew without its tables.
        uri = f"{file.absolute().as_uri()}?mode=rw"
        # isolation_level None: Python begins no transaction by itself; `begin` below does.
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

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        waits = int(options.get(_WAITS, patience) * 1000)
        if connection.info.get(_WAITS) != waits:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={waits}")
            connection.info[_WAITS] = waits
        if statement := options.get(BEGINS, "BEGIN"):
            connection.exec_driver_sql(statement)

    @event.listens_for(engine, "handle_error")
    def discard(context: ExceptionContext) -> None:
        if connection_is_broken(context.original_exception):
            context.is_disconnect = True

    return engine
