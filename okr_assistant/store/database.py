"""What the store's statements need of an engine: transactions that read, and transactions that write."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


class Database(Protocol):
    """A database with our tables, open in this process and in others."""

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state; ``StoreError`` when it cannot be read."""

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that is kept when its block ends, and has changed nothing when ``StoreError`` is raised.

        What it reads is still so when it writes, whatever other threads and processes do.
        """

    def close(self) -> None:
        """Let go of all connections."""


def insert(connection: Connection, table: Table, row: dict[str, Any]) -> sqlite.Insert | postgresql.Insert:
    """Return an insert of this row that can say ``on_conflict_...``."""
    return inserting(connection.dialect.name, table).values(**row)


def inserting(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert of the rows that it is executed with; both dialects spell ``on_conflict_...`` alike."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
