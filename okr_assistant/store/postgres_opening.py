"""Opening the store on PostgreSQL: a database that is ours, of this release's form."""

from __future__ import annotations

import logging

from sqlalchemy import URL, Connection, text

from okr_assistant.errors import StoreError
from okr_assistant.store.faults import refusals
from okr_assistant.store.postgres_database import PostgresDatabase, place_of
from okr_assistant.store.schema import NEWEST, stored_revision, upgrade

_MARK = "OKR Assistant"
"""The comment on the table that Alembic keeps: whose database it is."""

_STARTING = 0x4F4B5241
"""The advisory lock of those who start: one at a time brings the database to its form."""

_OLDEST_SERVER = 140000
_ENCODING = "UTF8"
_log = logging.getLogger(__name__)


def open_postgres(url: URL, patience: float) -> PostgresDatabase:
    """Open the database at this address and bring it to this release's form.

    ``StoreError`` names the server and the database, without a password, and changes nothing when it cannot be
    reached, is not ours or of a newer release.
    """
    place = place_of(url)
    database = connect(url, patience)
    try:
        with refusals(place):
            version = _bring_to_form(database, place)
            database.clock.now()  # known from now on, also when the server does not answer for a while
    except BaseException:
        database.close()
        raise
    _log.info("PostgreSQL %s", version)
    return database


def connect(url: URL, patience: float) -> PostgresDatabase:
    """Return the database at this address, which nobody has looked at; ``StoreError`` without its driver."""
    try:
        return PostgresDatabase(url, patience)
    except ModuleNotFoundError as error:
        raise StoreError("no_postgres_driver", place=place_of(url)) from error


def _bring_to_form(database: PostgresDatabase, place: str) -> str:
    # All in one transaction, which PostgreSQL has for tables too: killed at any moment, it is as before or after.
    with database.engine.begin() as connection:
        number, version = connection.execute(
            text("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        ).one()
        if number < _OLDEST_SERVER:
            raise StoreError("old_server", place=place, found=version)
        if revision_of(connection, place) != NEWEST:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_STARTING})"))
            if revision_of(connection, place) != NEWEST:  # another process may have been quicker
                upgrade(connection)
                connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{_MARK}'"))
    return str(version)


def revision_of(connection: Connection, place: str) -> str | None:
    """Which form the database has; None when it is empty, ``StoreError`` when we must not touch it."""
    found = connection.execute(
        text(
            "SELECT current_setting('server_encoding'), count(*),"
            " count(*) FILTER (WHERE relname = 'alembic_version' AND obj_description(oid, 'pg_class') = :mark)"
            " FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
            # An extension's own are nobody's.
            " AND NOT EXISTS (SELECT 1 FROM pg_depend"
            " WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')"
        ),
        {"mark": _MARK},
    )
    encoding, tables, ours = found.one()
    if encoding != _ENCODING:
        raise StoreError("other_encoding", place=place, found=encoding, allowed=_ENCODING)
    if tables == 0:
        return None
    if not ours:
        raise StoreError("not_our_schema", place=place)
    return stored_revision(connection, place)
