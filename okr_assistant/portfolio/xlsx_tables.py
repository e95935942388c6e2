"""Spreadsheets as XLSX, read with openpyxl: the values that were last calculated, never the formulas."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import islice
from typing import Any, TypeVar

from openpyxl import Workbook, load_workbook

from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.items import MOST_ITEMS
from okr_assistant.portfolio.raw_table import MOST_COLUMNS, RawTable, Record, table_of
from okr_assistant.portfolio.xlsx_guard import check_archive

MOST_SHEET_ROWS = 2**20
"""As in spreadsheets. Row numbers are what the file says, and rows that are left out cost time."""
MOST_WIDTH = 20_000_000
"""Cells in all rows up to the last of each, empty ones included; a cell far to the right costs as many."""

# openpyxl warns about what it leaves out, and quotes cells with strange dates: nothing for a log
warnings.filterwarnings("ignore", module="openpyxl")

_Found = TypeVar("_Found")


def sheet_names(data: bytes, name: str) -> tuple[str, ...]:
    """Return the names of the sheets with cells, in their order."""
    return _opened(data, name, lambda book: tuple(sheet.title for sheet in book.worksheets))


def read_xlsx(data: bytes, name: str, sheet: str = "") -> RawTable:
    """Read the sheet with this name, or the first."""
    records = _opened(data, name, lambda book: _records(book, name, sheet))
    return table_of(records, name, "row")


def _opened(data: bytes, name: str, work: Callable[[Workbook], _Found]) -> _Found:
    """Do the work with the workbook; whatever openpyxl makes of a damaged file is a ``PortfolioError``."""
    try:
        check_archive(data, name)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return work(book)
        finally:
            book.close()
    except PortfolioError:
        raise
    except Exception as error:  # zip, XML and schema: a foreign file meets three foreign readers
        raise PortfolioError("damaged_spreadsheet", place=name) from error


def _records(book: Workbook, name: str, title: str) -> list[Record]:
    """Return the rows that have something in them, all of the same length."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not sheets:
        raise PortfolioError("empty_table", place=name)
    if title and title not in sheets:
        raise PortfolioError("no_sheet", place=name, found=title, allowed=sheets)
    sheet: Any = sheets[title] if title else book.worksheets[0]
    sheet.reset_dimensions()  # what the file says about its size need not be so
    filled = ((number, cells) for number, row in _rows(sheet, name) if any(cells := _texts(row)))
    found = list(islice(filled, MOST_ITEMS + 2))  # headings, and one more than may be: it is refused as too many
    width = max((_width(cells) for _, cells in found), default=0)
    if width > MOST_COLUMNS:
        raise PortfolioError("too_many_columns", place=name, found=f"{width}", allowed=f"{MOST_COLUMNS}")
    return [(number, [*cells, *("" for _ in range(width - len(cells)))][:width]) for number, cells in found]


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, tuple[object, ...]]]:
    width = 0
    for number, row in enumerate(islice(sheet.iter_rows(values_only=True), MOST_SHEET_ROWS), start=1):
        width += len(row)
        if width > MOST_WIDTH:
            raise PortfolioError("too_large", place=name, allowed=f"{MOST_WIDTH} cells")
        yield number, tuple(row)


def _width(cells: list[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _texts(row: tuple[object, ...]) -> list[str]:
    return ["" if value is None else _text(value) for value in row]


def _text(value: object) -> str:
    """A value as text: dates as ISO 8601, whole numbers without a fraction, blanks as nothing."""
    match value:
        case str():
            return value if value.strip() else ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return f"{value:.0f}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
    return str(value)
