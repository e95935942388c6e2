"""Reading a table: bytes and the name of their file in, a raw table out, or one clear error about the whole."""

from __future__ import annotations

from okr_assistant.decision.strict_json import size
from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.csv_tables import decoded, read_csv
from okr_assistant.portfolio.raw_table import MOST_BYTES, RawTable
from okr_assistant.portfolio.xlsx_guard import is_spreadsheet
from okr_assistant.portfolio.xlsx_tables import read_xlsx, sheet_names

PASTED = "pasted text"
"""The name of what came without a file."""


def read_table(data: bytes, name: str, sheet: str = "") -> RawTable:
    """Read CSV, TSV or XLSX; ``sheet`` chooses one of a spreadsheet by its name, the first otherwise."""
    if _is_spreadsheet(data, name):
        return read_xlsx(data, name, sheet)
    return read_csv(decoded(data, name), name)


def read_pasted(text: str) -> RawTable:
    """Read what was copied from a spreadsheet, or is CSV."""
    if len(text) > MOST_BYTES:
        raise PortfolioError("too_large", place=PASTED, allowed=size(MOST_BYTES))
    return read_csv(text.removeprefix("\ufeff"), PASTED)


def sheets_of(data: bytes, name: str) -> tuple[str, ...]:
    """Return the names of the sheets to choose from; none when the file is text."""
    return sheet_names(data, name) if _is_spreadsheet(data, name) else ()


def _is_spreadsheet(data: bytes, name: str) -> bool:
    if len(data) > MOST_BYTES:
        raise PortfolioError("too_large", place=name, allowed=size(MOST_BYTES))
    return is_spreadsheet(data, name)
