"""Whether a database is well: whole, consistent, and every entry such that this release can read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, select, text

from okr_assistant.errors import StoreError
from okr_assistant.store.looking import Found
from okr_assistant.store.room_rows import participant_from_row, room_from_row, room_to_row, vote_from_row
from okr_assistant.store.rows import link_from_row, remark_from_row, result_from_row
from okr_assistant.store.sql_portfolios import portfolio_from_row
from okr_assistant.store.tables import metadata

_MOST_DAMAGE = 5
_BATCH = 100


def damage(found: Found) -> tuple[str, ...]:
    """What the database itself finds wrong, in its own words, which quote nothing that is stored."""
    return tuple(_of_file(found.connection) if found.file else _of_server(found.connection))


def refuse_damaged(found: Found) -> None:
    """Raise ``StoreError`` when something is wrong with the database itself."""
    if damage(found):
        raise StoreError("storage_damaged", place=found.place)


def unreadable(connection: Connection) -> dict[str, int]:
    """Count the entries of each table that this release cannot read; the database has this release's form.

    After a value of another kind than its column's, which only another program can have written, the rest of a
    table is not looked at.
    """
    found = {table.name: sum(_bad_rows(connection, table.name)) for table in metadata.sorted_tables}
    return {name: count for name, count in found.items() if count}


def _of_file(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_DAMAGE})"):
        if line != "ok":
            yield " ".join(str(line).split())
    orphans: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    for (table, parent), count in orphans.items():
        yield f"{table}: {count} without {parent}"


def _of_server(connection: Connection) -> Iterator[str]:
    # What a server finds wrong with its pages it says to who reads them, which `unreadable` does with every row.
    doubtful = text(
        "SELECT 'not valid: ' || conname FROM pg_constraint"
        " WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
        " UNION ALL"
        " SELECT 'not valid: ' || relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
    )
    yield from connection.execute(doubtful).scalars()


def _bad_rows(connection: Connection, name: str) -> Iterator[int]:
    decode = _DECODERS.get(name, tuple)
    rows = iter(connection.execute(select(metadata.tables[name]), execution_options={"yield_per": _BATCH}))
    while True:
        try:
            decode(next(rows))
        except StopIteration:
            return
        except StoreError:
            yield 1
        except (TypeError, ValueError, OverflowError):
            yield 1
            return


def _room(row: Row[Any]) -> None:
    beside = room_to_row(room_from_row(row))
    if any(getattr(row, column) != value for column, value in beside.items() if column != "state"):
        raise StoreError("unreadable_entry", place="rooms")


_DECODERS: dict[str, Callable[[Row[Any]], object]] = {
    "links": link_from_row,
    "remarks": remark_from_row,
    "results": result_from_row,
    "portfolios": portfolio_from_row,
    "rooms": _room,
    "participants": participant_from_row,
    "votes": vote_from_row,
}
