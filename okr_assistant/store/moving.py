"""Moving from the file of one machine to a server: everything, as often as needed, until the server is used."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from okr_assistant.errors import StoreError
from okr_assistant.store.backup import in_newest_form
from okr_assistant.store.checking import refuse_damaged
from okr_assistant.store.copying import counts, fill, fingerprint, kept
from okr_assistant.store.folder import data_folder
from okr_assistant.store.looking import in_file
from okr_assistant.store.moved import last_move, note_move
from okr_assistant.store.restoring import filling, place
from okr_assistant.store.sqlite_opening import FILE_NAME
from okr_assistant.store.tables import secrets


def move(folder: Path | None, url: str, *, replace: bool = False) -> dict[str, int] | None:
    """Make what the server keeps what this folder's file keeps; return the rows of each table.

    None, and nothing is changed, when the file is as it was when it was last moved there. ``StoreError``, and
    nothing is changed, when people keep something on the server that is not exactly what the last move of this
    installation left, unless ``replace``: then that goes. The file is never changed, and may be in use.
    """
    with in_file(data_folder(folder) / FILE_NAME) as found:
        refuse_damaged(found)
        with in_newest_form(found) as source:
            wanted = fingerprint(source)
            with filling(None, url) as target:
                last = last_move(target)
                if not replace:
                    if last == wanted:
                        return None
                    if (rows := kept(target)) and not _is_as_it_was_left(target, last, source):
                        raise StoreError("target_is_used", place=place(None, url), found=rows)
                fill(source, target, wanted)
                note_move(target, wanted)
                return counts(target)


def _is_as_it_was_left(target: Connection, last: bytes | None, source: Connection) -> bool:
    """Nobody used the server since the last move, and that was of the same installation."""
    ours, theirs = (connection.execute(select(secrets)).all() for connection in (source, target))
    return ours == theirs and last == fingerprint(target)
