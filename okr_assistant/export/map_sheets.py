"""A goal map as a spreadsheet: a sheet for each of its tables, text and numbers only, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from okr_assistant.export.map_tables import advice_rows, change_rows, item_rows, place_rows, team_rows
from okr_assistant.export.table import Cell, safe

if TYPE_CHECKING:
    from okr_assistant.export.map_formats import MapExport

_NARROWEST, _WIDEST = 9, 60
_LOOKED_AT = 200
"""Rows from which the width of columns is taken."""
_CORE = "docProps/core.xml"
_BOLD = Font(bold=True)


def map_xlsx(made: MapExport) -> bytes:
    """Return the map as the bytes of an XLSX file: the map, all items, the advice, the teams, and what changed."""
    book = Workbook(write_only=True)
    words = made.words
    _sheet(book, words("goal_map.table.map"), place_rows(made))
    _sheet(book, words("goal_map.table.items"), item_rows(made.map_, words), frozen="C2")
    _sheet(book, words("goal_map.table.advice"), advice_rows(made))
    _sheet(book, words("goal_map.table.teams"), team_rows(made))
    if made.changes:
        _sheet(book, words("goal_map.table.changes"), change_rows(made.changes, words))
    return _written(book, made.made_at)


def _sheet(book: Workbook, title: str, rows: Iterable[list[Cell]], frozen: str = "A2") -> None:
    """Headings stay in sight; columns are as wide as what is in their first rows."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = frozen
    headings, *found = map(safe, rows)
    for place, column in enumerate(zip(headings, *found[:_LOOKED_AT], strict=True), start=1):
        longest = max(len(str(cell)) for cell in column) + 2
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest, _NARROWEST), _WIDEST)
    sheet.append([_bold(sheet, heading) for heading in headings])
    for row in found:
        sheet.append(row)


def _bold(sheet: Any, heading: Cell) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = _BOLD
    return cell


def _written(book: Workbook, made_at: datetime) -> bytes:
    """The file, with the one time in it: openpyxl puts the time of writing into its parts and their names."""
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None, microsecond=0)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            data = tostring(book.properties.to_tree()) if part.filename == _CORE else parts.read(part)
            kept.writestr(zipfile.ZipInfo(part.filename), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
