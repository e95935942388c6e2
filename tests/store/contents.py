"""What is stored, row by row, past what the store shows."""

from __future__ import annotations

from okr_assistant.store import SqlStore
from okr_assistant.store.tables import metadata


def all_values(store: SqlStore) -> bytes:
    """Every value of every row of every table, one after the other."""
    with store.database.read() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(table.select())]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
