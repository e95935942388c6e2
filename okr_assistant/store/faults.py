"""What a database raises, as the few problems that a person can do something about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from okr_assistant.errors import StoreError

STORAGE = "storage"
"""The place of a problem that comes up while the app runs: visitors see it, and paths are not their concern."""

_BROKEN = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_CANTOPEN")


@contextmanager
def refusals(place: str) -> Iterator[None]:
    """Raise ``StoreError`` for what the database raises inside; everything else passes."""
    try:
        yield
    except DBAPIError as error:
        raise as_store_error(error, place) from error


def as_store_error(error: DBAPIError, place: str) -> StoreError:
    """Return the problem that the database's own error stands for."""
    name = code(error.orig)
    if name.startswith("SQLITE_FULL"):
        return StoreError("storage_full", place=place)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError("storage_busy", place=place)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError("storage_closed", place=place)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError("storage_damaged", place=place)
    return StoreError("storage_failed", place=place, found=name)


def code(error: BaseException | None) -> str:
    """SQLite's name of an error, with its extension: ``SQLITE_IOERR_WRITE``."""
    return str(getattr(error, "sqlite_errorname", "") or type(error).__name__)


def connection_is_broken(error: BaseException) -> bool:
    """Tell whether nothing the connection says after this error can be trusted."""
    return code(error).startswith(_BROKEN)
