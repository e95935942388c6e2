"""What the store's statements need of an engine: transactions that read, and transactions that write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from okr_assistant.clock import Clock


class Database(Protocol):
    """A database with our tables, open in this process and in others."""

    place: str
    """Where it is, for who runs the app: a file, or a server and a database without a password."""

    writers: int
    """How many of a process can write at the same time, each something else; more would wait for each other."""

    @property
    def clock(self) -> Clock:
        """The clock that all who have the database open go by."""

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state; ``StoreError`` when it cannot be read."""

    def one_state(self) -> AbstractContextManager[None]:
        """All that this thread reads in the block is one transaction; it must not write in it."""

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that is kept when its block ends, and has changed nothing when ``StoreError`` is raised.

        What it reads of a row that it locked, or in ``writing_alone``, is still so when it writes, whatever other
        threads and processes do.
        """

    def close(self) -> None:
        """Let go of all connections."""


@contextmanager
def writing_alone(database: Database, owner: bytes) -> Iterator[Connection]:
    """A transaction that writes what belongs to this owner; all of theirs are one after the other.

    For what is counted before it is added to. SQLite has one writer anyway.
    """
    with database.write() as connection:
        if connection.dialect.name == "postgresql":
            # Eight bytes are enough: whoever has the same ones by chance waits for a moment without need.
            number = int.from_bytes(owner[:8], signed=True)
            connection.execute(select(func.pg_advisory_xact_lock(number)))
        yield connection


def inserts(connection: Connection, table: Table, row: dict[str, Any], *, unless: Column[Any]) -> bool:
    """Insert this row, unless there is one with the same value in this column; tell whether it was inserted."""
    made = insert(connection, table, row).on_conflict_do_nothing(index_elements=[unless])
    # SQLAlchemy forgets the count of an insert unless it is asked not to.
    return connection.execute(made, execution_options={"preserve_rowcount": True}).rowcount == 1


def insert(connection: Connection, table: Table, row: dict[str, Any]) -> sqlite.Insert | postgresql.Insert:
    """Return an insert of this row that can say ``on_conflict_...``."""
    return inserting(connection.dialect.name, table).values(**row)


def inserting(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert of the rows that it is executed with; both dialects spell ``on_conflict_...`` alike."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
