"""Spreadsheets as XLSX: every cell is text, none is a formula, and equal sheets give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from okr_assistant.export.table import safe

Cells: TypeAlias = tuple[tuple[str, ...], ...]
_WIDEST, _NARROWEST = 60, 12
_PROPERTIES = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings; ``name`` is ours and fits the rules of spreadsheets."""

    name: str
    headings: tuple[str, ...]
    rows: Cells


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """Return the sheets as the bytes of an XLSX file.

    What a spreadsheet would run as a formula gets an apostrophe in front, as in our CSV: a cell of text is never
    run, but whoever saves the file as CSV would otherwise make one of it.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    properties = tostring(book.properties.to_tree())
    out = io.BytesIO()
    book.save(out)
    return _the_same_each_time(out, properties)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for at, row in enumerate((sheet.headings, *sheet.rows), start=1):
        for column, text in enumerate(safe(list(row)), start=1):
            if text == "":
                continue
            cell = page.cell(at, column)
            cell.value = text
            cell.data_type = "s"  # whatever it looks like
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = Font(bold=True)
    for number, texts in enumerate(zip(sheet.headings, *sheet.rows, strict=True), start=1):
        width = max(len(line) for text in texts for line in text.split("\n"))
        page.column_dimensions[get_column_letter(number)].width = min(max(width + 2, _NARROWEST), _WIDEST)
    page.freeze_panes = "A2"


def _the_same_each_time(made: io.BytesIO, properties: bytes) -> bytes:
    """The same archive without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = properties if name == _PROPERTIES else before.read(name)
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, content)
    return out.getvalue()
