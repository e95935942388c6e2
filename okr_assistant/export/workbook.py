"""Spreadsheets as XLSX: text and numbers, no cell is a formula, and equal sheets give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from okr_assistant.export.table import Cell, safe

_WIDEST, _NARROWEST = 60, 9
_LOOKED_AT = 200
"""Rows from which the width of columns is taken."""
_PROPERTIES = "docProps/core.xml"
_BOLD = Font(bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, its headings first; ``name`` is ours and fits the rules of spreadsheets.

    What is above and left of the cell ``frozen`` stays in sight. Texts of several lines are ``wrapped``.
    """

    name: str
    rows: Iterable[list[Cell]]
    frozen: str = "A2"
    wrapped: bool = False


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """Return the sheets as the bytes of an XLSX file.

    What a spreadsheet would run as a formula gets an apostrophe in front, as in our CSV: a cell of text is never
    run, but whoever saves the file as CSV would otherwise make one of it.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None, microsecond=0)
    return _the_same_each_time(out, tostring(book.properties.to_tree()))


def _fill(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = sheet.frozen
    headings, *found = map(safe, sheet.rows)
    for number, column in enumerate(zip(headings, *found[:_LOOKED_AT], strict=True), start=1):
        longest = max(len(line) for cell in column for line in str(cell).split("\n"))
        page.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    page.append([_cell(page, heading, sheet, font=_BOLD) for heading in headings])
    for row in found:
        page.append([_cell(page, cell, sheet) for cell in row])


def _cell(page: Any, value: Cell, sheet: Sheet, font: Font | None = None) -> Any:
    """A plain value where that is enough, which is several times as quick; ``#N/A`` alone would be an error."""
    if value == "":
        return None
    text = isinstance(value, str)
    if not (font or sheet.wrapped or (text and str(value).startswith("#"))):
        return value
    cell = WriteOnlyCell(page, value)
    if text:
        cell.data_type = "s"  # whatever it looks like
    if font:
        cell.font = font
    if sheet.wrapped:
        cell.alignment = _WRAPPED
    return cell


def _the_same_each_time(made: io.BytesIO, properties: bytes) -> bytes:
    """The same archive without the time of writing, which openpyxl puts into a part and beside every name."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = properties if name == _PROPERTIES else before.read(name)
            after.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
