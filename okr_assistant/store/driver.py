"""Which SQLite is used, and whether its write-ahead log may be."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

Version: TypeAlias = tuple[int, int, int]

_FIXED_FROM: Version = (3, 51, 3)
_FIXED_SINCE: dict[tuple[int, int], int] = {(3, 44): 6, (3, 50): 7}
"""Series that were mended afterwards, with their first release that is."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A Python module for SQLite and the version of SQLite in it."""

    module: Any
    version: Version

    @property
    def wal_is_safe(self) -> bool:
        """The write-ahead log of other versions can lose what was committed: https://sqlite.org/wal.html."""
        major, minor, patch = self.version
        mended = _FIXED_SINCE.get((major, minor))
        return self.version >= _FIXED_FROM or (mended is not None and patch >= mended)


def best_driver() -> Driver:
    """Return the wheel's recent SQLite where it is installed, else this Python's own.

    A process uses one of them for a file and never both: two SQLites in one process drop each other's locks.
    """
    module: Any
    try:
        module = import_module("pysqlite3")
    except ImportError:  # there is a wheel for Linux on x86-64 only
        module = sqlite3
    major, minor, patch = (int(part) for part in module.sqlite_version.split("."))
    return Driver(module, (major, minor, patch))
