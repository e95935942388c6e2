"""What a move left behind: the fingerprint of the rows as they were moved, kept with them on the server.

As a comment, which PostgreSQL keeps in the transaction of the rows, and which is no row that a backup has.
"""

from __future__ import annotations

from sqlalchemy import Connection, text


def last_move(connection: Connection) -> bytes | None:
    """The fingerprint of what was moved here last; None when nothing was."""
    told = connection.execute(text("SELECT col_description('alembic_version'::regclass, 1)")).scalar()
    return bytes.fromhex(told) if told else None


def note_move(connection: Connection, fingerprint: bytes) -> None:
    """Keep the fingerprint of what was moved."""
    _comment(connection, f"'{fingerprint.hex()}'")


def forget_move(connection: Connection) -> None:
    """Forget the last move, for something else is here now; a file has never been moved to."""
    if connection.dialect.name == "postgresql":
        _comment(connection, "NULL")


def _comment(connection: Connection, comment: str) -> None:
    connection.execute(text(f"COMMENT ON COLUMN alembic_version.version_num IS {comment}"))
