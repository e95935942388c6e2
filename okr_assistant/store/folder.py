"""The folder for the data: where it is, and whether it can be used."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from platformdirs import user_data_path

from okr_assistant.errors import StoreError

_APP = "okr-assistant"


def data_folder(chosen: Path | None) -> Path:
    """Return the folder for the data, whether it is there or not: this user's without a choice."""
    return chosen.absolute() if chosen else user_data_path(_APP, appauthor=False)


def usable_folder(chosen: Path | None) -> Path:
    """Return the folder for the data; ``StoreError`` names it when it is missing or may not be written.

    Without a choice it is this user's folder for data, which is made. A folder that somebody chose is not: a
    typing error, or a disk that is not mounted, would look like an installation that lost everything.
    """
    folder = data_folder(chosen)
    try:
        if chosen is None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        elif not folder.is_dir():
            raise StoreError("no_data_folder", place=str(folder))
        # Asking for permissions tells root too little; writing a file that has no name tells everybody.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _refusal(error, folder) from error
    return folder


def usable_file(file: Path) -> None:
    """See to it that the file is there, readable by its owner alone; it is never opened here.

    Closing a database's file drops the locks that SQLite has on it in this process.
    """
    try:
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise _refusal(error, file) from error
    if not file.is_file() or not os.access(file, os.R_OK | os.W_OK):
        raise StoreError("storage_closed", place=str(file))


def _refusal(error: OSError, place: Path) -> StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError("storage_full", place=str(place))
    return StoreError("data_folder_closed", place=str(place), found=error.strerror)
