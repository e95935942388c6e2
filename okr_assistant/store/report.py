"""What there is to say about a database: which it is, what is in it, and whether it is well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from okr_assistant.store.backup import in_newest_form
from okr_assistant.store.checking import damage, unreadable
from okr_assistant.store.copying import counts
from okr_assistant.store.looking import in_backup, looking_at


@dataclass(frozen=True, slots=True)
class Report:
    """What a look at a database found. Of a damaged one, neither rows nor entries were looked at."""

    engine: str
    version: str
    place: str
    revision: str
    journal: str | None
    rows: dict[str, int]
    damage: tuple[str, ...]
    unreadable: dict[str, int]

    @property
    def is_well(self) -> bool:
        """Nothing wrong was found."""
        return not self.damage and not self.unreadable


def check(folder: Path | None, url: str | None, file: Path | None = None) -> Report:
    """Look at the database that these settings name, or at a backup; nothing is made or changed.

    ``StoreError`` when there is none, or none that can be looked at.
    """
    with in_backup(file.absolute()) if file else looking_at(folder, url) as found:
        wrong = damage(found)
        rows: dict[str, int] = {}
        bad: dict[str, int] = {}
        if not wrong:
            rows = counts(found.connection)
            with in_newest_form(found) as connection:
                bad = unreadable(connection)
        facts = (found.engine, found.version, found.place, found.revision, found.journal)
        return Report(*facts, rows, wrong, bad)
