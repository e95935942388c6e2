"""The tables, as the newest migration leaves them; a test compares. Types that SQLite and PostgreSQL share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A UTC instant as microseconds since 1970: exact, ordered and the same in every database.

    A time without a zone is a programming error, and raises.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """From the program to the database."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database to the program."""
        return None if value is None else _EPOCH + value * _MICROSECOND


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

links = Table(
    "links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("owner_hash", LargeBinary, nullable=False, unique=True),
    Column("snapshot", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("remarks_open", Boolean, nullable=False),
)

remarks = Table(
    "remarks",
    metadata,
    Column("token_hash", LargeBinary, ForeignKey(links.c.token_hash, ondelete="CASCADE"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("question", Text, nullable=False),
    Column("option", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("name", Text, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("browser_hash", LargeBinary, primary_key=True),
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # Of the browser, and the same in all its rows: no row, no trace of a visit.
    Column("visited_at", Instant, nullable=False),
)

portfolios = Table(
    "portfolios",
    metadata,
    Column("browser_hash", LargeBinary, primary_key=True),
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("items", Integer, nullable=False),
    Column("frozen", Text, nullable=False),
    Column("of", String, nullable=False),
    # The portfolio's file, compressed by zlib.
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # Of the browser, and the same in all its rows.
    Column("visited_at", Instant, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("facilitator_hash", LargeBinary, nullable=False, unique=True),
    Column("co_facilitator_hash", LargeBinary, nullable=False, unique=True),
    # The room itself; revision, round and closes_at are in it too, and here for who asks for them all the time.
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("closes_at", Instant),
    Column("used_at", Instant, nullable=False),
    # How many were ever given.
    Column("seats", Integer, nullable=False),
)

facilitators = Table(
    "facilitators",
    metadata,
    Column("room_id", String, ForeignKey(rooms.c.id, ondelete="CASCADE"), primary_key=True),
    Column("browser_hash", LargeBinary, primary_key=True, index=True),
    Column("by_co_key", Boolean, nullable=False),
)

participants = Table(
    "participants",
    metadata,
    Column("room_id", String, ForeignKey(rooms.c.id, ondelete="CASCADE"), primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("spectator", Boolean, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("begun", Integer, nullable=False),
    Column("done", Integer, nullable=False),
)

_PARTICIPANT = [participants.c.room_id, participants.c.seat]

votes = Table(
    "votes",
    metadata,
    Column("room_id", String, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("question", String, primary_key=True),
    Column("choice", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["room_id", "seat"], _PARTICIPANT, ondelete="CASCADE"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("room_id", String, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    ForeignKeyConstraint(["room_id", "seat"], _PARTICIPANT, ondelete="CASCADE"),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("at", Instant, primary_key=True),
    Column("codes", Integer, nullable=False),
)
