"""The tables, as the newest migration leaves them; a test compares. Types that SQLite and PostgreSQL share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
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

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
