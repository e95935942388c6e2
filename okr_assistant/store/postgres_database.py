"""PostgreSQL: one server, many processes on many machines, and rows that are locked one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, func, select
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from okr_assistant.errors import StoreError
from okr_assistant.store.faults import STORAGE, refusals
from okr_assistant.store.postgres_clock import SharedClock
from okr_assistant.store.shared_read import SharedRead

_CONNECTIONS = 10
_MORE_CONNECTIONS = 20
"""Of a process. Pages, forms and Streamlit's threads hold one for milliseconds each."""

_STATEMENT_SECONDS = 60
_IDLE_SECONDS = 30
"""After which the server lets go of the locks of a process that stopped in the middle of a transaction."""

_GONE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""A machine that is gone is noticed in ten seconds, and not in minutes; the last one is in milliseconds."""


class PostgresDatabase(SharedRead):
    """``Database`` on a server. Nobody waits longer than ``patience`` seconds for a lock or for a connection.

    A server that is there and answers nothing can make whoever has asked it wait until it does.
    """

    writers = 4

    def __init__(self, url: URL, patience: float) -> None:
        super().__init__()
        self.patience = patience
        self.place = place_of(url)
        self.engine = _engine(url, patience)
        # One state for all statements of a block; and it is an error to write in one.
        self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def _begin_read(self) -> Iterator[Connection]:
        with _in_time(), refusals(STORAGE), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept when its block ends; who locks a row reads it as the last writer left it."""
        with _in_time(), refusals(STORAGE), self.engine.begin() as connection:
            yield connection

    @cached_property
    def clock(self) -> SharedClock:
        """The server's clock: those of the machines that share it may differ."""
        return SharedClock(self._time)

    def _time(self) -> datetime:
        with self.read() as connection:
            told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return told

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def place_of(url: URL) -> str:
    """Name the server and the database, without user and password."""
    return URL.create("postgresql", host=url.host, port=url.port, database=url.database).render_as_string()


def _engine(url: URL, patience: float) -> Engine:
    settings = {
        "lock_timeout": patience,
        "statement_timeout": _STATEMENT_SECONDS,
        "idle_in_transaction_session_timeout": _IDLE_SECONDS,
    }
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        max_overflow=_MORE_CONNECTIONS,
        pool_timeout=patience,
        # A server that was started anew, or a proxy in between, has dropped what waits in the pool.
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        hide_parameters=True,  # of errors: they are what people wrote
        connect_args={
            "connect_timeout": max(2, round(patience)),  # libpq takes whole seconds, and at least 2
            "application_name": "okr-assistant",
            "client_encoding": "utf8",
            **_GONE,
            "options": " ".join(f"-c {name}={round(seconds * 1000)}" for name, seconds in settings.items()),
        },
    )


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except NoConnectionLeftError as error:
        raise StoreError("storage_busy", place=STORAGE) from error
