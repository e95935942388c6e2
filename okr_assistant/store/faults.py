"""What a database raises, as the few problems that a person can do something about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from okr_assistant.errors import StoreError

STORAGE = "storage"
"""The place of a problem that comes up while the app runs: visitors see it, and paths are not their concern."""

_BROKEN = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_CANTOPEN")

# What the database's own name of an error begins with: SQLite's, or PostgreSQL's five signs.
_FULL = ("SQLITE_FULL", "53100")
# Locked for too long, cancelled for taking too long, deadlock, no connection or memory left.
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014", "40", "53")
_CLOSED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")
# Shut down, crashed or starting, or we were silent for too long; a user or a database that is not there, or a
# password that is not theirs.
_AWAY = ("57P", "25P03", "08", "28", "3D000", "OperationalError")
_REFUSES = ("25006", "42501")


@contextmanager
def named(place: str) -> Iterator[None]:
    """Say where the storage is in what is wrong with it: for who runs the app, and not for its visitors."""
    try:
        yield
    except StoreError as error:
        if error.problem == "storage_away":
            raise StoreError("database_away", place=place) from error
        if error.place == STORAGE:
            error.place = place
        raise


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
    if name.startswith(_FULL):
        return StoreError("storage_full", place=place)
    if name.startswith(_BUSY):
        return StoreError("storage_busy", place=place)
    if name.startswith(_CLOSED):
        return StoreError("storage_closed", place=place)
    if name.startswith(_DAMAGED):
        return StoreError("storage_damaged", place=place)
    if name.startswith(_AWAY):
        # Whoever starts the app can do something about it; whoever uses it can come again.
        return StoreError("storage_away" if place == STORAGE else "database_away", place=place)
    if name.startswith(_REFUSES):
        return StoreError("storage_refuses", place=place)
    return StoreError("storage_failed", place=place, found=name)


def code(error: BaseException | None) -> str:
    """The database's name of an error: ``SQLITE_IOERR_WRITE``, ``53100``; or its class, when nobody answered."""
    named = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return str(named or type(error).__name__)


def connection_is_broken(error: BaseException) -> bool:
    """Tell whether nothing the connection says after this error can be trusted."""
    return code(error).startswith(_BROKEN)
