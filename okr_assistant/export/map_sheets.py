"""A goal map as a spreadsheet: a sheet for each of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from okr_assistant.export.map_tables import advice_rows, change_rows, item_rows, place_rows, team_rows
from okr_assistant.export.workbook import Sheet, workbook

if TYPE_CHECKING:
    from okr_assistant.export.map_formats import MapExport


def map_xlsx(made: MapExport) -> bytes:
    """Return the map as the bytes of an XLSX file: the map, all items, the advice, the teams, and what changed."""
    return workbook(_sheets(made), made.made_at)


def _sheets(made: MapExport) -> Iterator[Sheet]:
    words = made.words
    yield Sheet(words("goal_map.table.map"), place_rows(made))
    yield Sheet(words("goal_map.table.items"), item_rows(made.map_, words), frozen="C2")
    yield Sheet(words("goal_map.table.advice"), advice_rows(made))
    yield Sheet(words("goal_map.table.teams"), team_rows(made))
    if made.changes:
        yield Sheet(words("goal_map.table.changes"), change_rows(made.changes, words))
