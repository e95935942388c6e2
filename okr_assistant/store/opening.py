"""The way in: the store in a folder, or on a server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from okr_assistant.store.driver import Driver, best_driver
from okr_assistant.store.postgres_opening import open_postgres
from okr_assistant.store.sql_store import SqlStore
from okr_assistant.store.sqlite_opening import open_sqlite

PATIENCE = 5.0


def open_store(
    folder: Path | None = None, url: str | None = None, *, driver: Driver | None = None, patience: float = PATIENCE
) -> SqlStore:
    """Open the store and bring it to this release's form.

    It is on the PostgreSQL server at ``url`` (``postgresql://user:password@host/database``) if one is given; else
    in SQLite in this folder, in the user's own when None, with this driver or the best there is. ``StoreError``
    names the place and changes nothing there when it cannot be used. ``patience`` is for how many seconds others
    may have it locked.
    """
    if url is not None:
        return SqlStore(open_postgres(make_url(url), patience))
    return SqlStore(open_sqlite(folder, driver or best_driver(), patience))
