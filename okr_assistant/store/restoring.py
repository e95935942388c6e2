"""Restoring a backup into the database of these settings, and bringing that database to this release's form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, make_url

from okr_assistant.errors import StoreError
from okr_assistant.store.backup import in_newest_form
from okr_assistant.store.checking import refuse_damaged
from okr_assistant.store.copying import counts, fill, fingerprint, kept, lock_all
from okr_assistant.store.faults import named
from okr_assistant.store.folder import data_folder
from okr_assistant.store.looking import in_backup, looking_at
from okr_assistant.store.moved import forget_move
from okr_assistant.store.opening import open_store
from okr_assistant.store.postgres_database import place_of
from okr_assistant.store.schema import NEWEST
from okr_assistant.store.sqlite_opening import FILE_NAME


def bring_up(folder: Path | None, url: str | None) -> tuple[str | None, str]:
    """Bring the database to this release's form, as every start does; return which it had, and which it has.

    None stands for a database that was made now. ``StoreError`` as in ``open_store``.
    """
    before = None
    try:
        with looking_at(folder, url) as found:
            before = found.revision
    except StoreError as error:
        if error.problem != "no_database":
            raise
    open_store(folder, url).close()
    return before, NEWEST


def restore(file: Path, folder: Path | None, url: str | None, *, replace: bool = False) -> dict[str, int]:
    """Put what is in a backup into the database, in one transaction; return the rows of each table.

    ``StoreError``, and nothing is changed, when the backup is damaged, foreign or of a newer release, or when
    people keep something in the database, unless ``replace``: then that goes. A backup of an older form is
    brought to this release's in a copy.
    """
    file = file.absolute()
    with in_backup(file) as found:
        if url is None and file.resolve() == (data_folder(folder) / FILE_NAME).resolve():
            raise StoreError("same_place", place=str(file))
        refuse_damaged(found)
        with in_newest_form(found) as source:
            wanted = fingerprint(source)
            with filling(folder, url) as target:
                if not replace and (rows := kept(target)):
                    raise StoreError("not_empty", place=place(folder, url), found=rows)
                fill(source, target, wanted)
                forget_move(target)
                return counts(target)


@contextmanager
def filling(folder: Path | None, url: str | None) -> Iterator[Connection]:
    """A transaction in which nobody else writes, on the database of these settings, made if there is none."""
    with (
        named(place(folder, url)),
        closing(open_store(folder, url)) as store,
        store.database.write() as connection,
    ):
        lock_all(connection)
        yield connection


def place(folder: Path | None, url: str | None) -> str:
    """Name the database of these settings, without a password."""
    return str(data_folder(folder) / FILE_NAME) if url is None else place_of(make_url(url))
