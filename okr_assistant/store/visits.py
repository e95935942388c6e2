"""When a browser was last here, which is in every row of what it keeps: all of it ends together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, func, select, update


def note_visit(connection: Connection, table: Table, browser_hash: bytes, at: datetime) -> None:
    """Note that the browser was here, in all its rows of this table."""
    mine = table.c.browser_hash == browser_hash
    before = connection.execute(select(func.max(table.c.visited_at)).where(mine)).scalar()
    # A clock that is set back does not bring the end nearer.
    connection.execute(update(table).where(mine).values(visited_at=max(before or at, at)))
