"""The form of the database: which revision it has, and the way from there to the newest."""

from __future__ import annotations

import threading

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from okr_assistant.errors import StoreError

NEWEST = "0003"
"""The newest revision in ``migrations/versions``; a test compares."""

# Alembic's context is one for the whole process.
_alone = threading.Lock()


def stored_revision(connection: Connection, place: str) -> str | None:
    """Return the database's revision, None without one; ``StoreError`` when a newer release wrote it."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found in {None, NEWEST}:
        return found
    if found not in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}:
        raise StoreError("newer_database", place=place)
    return found


def upgrade(connection: Connection, revision: str = NEWEST) -> None:
    """Bring the database up to this revision, within the transaction that the connection is in."""
    with _alone:
        command.upgrade(config(connection), revision)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file; ``migrations/env.py`` takes the connection from it."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", f"{__package__}:migrations")
    made.set_main_option("path_separator", "os")
    return made
