"""Rows from one database into another, whatever the engines, and whether they are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, inspect, select, text

from okr_assistant.errors import StoreError
from okr_assistant.store.faults import STORAGE
from okr_assistant.store.tables import metadata, secrets, wrong_codes

_BATCH = 100
"""Rows held at a time; a kept portfolio can have a megabyte."""

_MADE_BY_A_START = {secrets.name, wrong_codes.name}
"""Tables with rows that no person would miss: of a database that was opened, and nothing was kept in it yet."""


def copy_rows(source: Connection, target: Connection, tables: Iterable[Table] = metadata.sorted_tables) -> None:
    """Copy all rows of these tables, which are empty in the target; ``StoreError`` when one cannot be read."""
    with _values():
        for table in tables:
            for batch in _rows(source, table).mappings().partitions():
                target.execute(insert(table), [dict(row) for row in batch])


def fill(source: Connection, target: Connection, wanted: bytes) -> None:
    """Make the target's rows those of the source, whose fingerprint is ``wanted``; what was there is deleted.

    ``StoreError`` when they are not the same, value by value, when all is done.
    """
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    copy_rows(source, target)
    if fingerprint(target) != wanted:
        raise StoreError("copied_differently", place=STORAGE)


def fingerprint(connection: Connection) -> bytes:
    """The SHA-256 of all values of all rows of our tables, the same in every engine and every order."""
    whole = hashlib.sha256()
    with _values():
        for table in metadata.sorted_tables:
            whole.update(table.name.encode())
            # Sorted here and not there: databases differ in how they sort text.
            for row in sorted(_digest(row) for row in _rows(connection, table)):
                whole.update(row)
    return whole.digest()


def counts(connection: Connection) -> dict[str, int]:
    """The number of rows of each of our tables that is there, which may be fewer in an older form."""
    there = set(inspect(connection).get_table_names())
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in sorted(metadata.tables.items())
        if name in there
    }


def kept(connection: Connection) -> int:
    """Count the rows that people kept; none in a database that was only opened."""
    return sum(count for name, count in counts(connection).items() if name not in _MADE_BY_A_START)


def lock_all(connection: Connection) -> None:
    """Keep all others from writing until the transaction ends; SQLite's has done so since it began."""
    if connection.dialect.name == "postgresql":
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        connection.execute(text(f"LOCK TABLE {tables} IN EXCLUSIVE MODE"))


def _rows(connection: Connection, table: Table) -> Any:
    return connection.execute(select(table), execution_options={"yield_per": _BATCH})


def _digest(row: Row[Any]) -> bytes:
    return hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()


@contextmanager
def _values() -> Iterator[None]:
    """A value that is not of its column's kind, which SQLite lets in."""
    try:
        yield
    except (TypeError, ValueError, OverflowError) as error:
        raise StoreError("unreadable_entry", place=STORAGE) from error
