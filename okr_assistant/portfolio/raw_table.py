"""A table as it was read: headings, rows of text, and where each row stands. Nothing in it has a meaning yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.errors import PortfolioError, shown
from okr_assistant.formulas import restored
from okr_assistant.portfolio.items import MOST_ITEMS

MOST_BYTES = 20 * 2**20
"""Of a file with a table."""
MOST_COLUMNS = 500
MOST_CELL = 32_767
"""Characters of a cell, as in spreadsheets."""
MOST_HEADING = 600
"""Characters of a heading: the text of a question has room."""
_IN_PLACES = 60

Unit: TypeAlias = Literal["line", "row"]
"""What rows are counted in: lines of a text, as an editor counts them, or rows of a sheet."""
Record: TypeAlias = tuple[int, "Sequence[str] | PortfolioError"]
"""The line or row that a record begins on, with its cells, or why they cannot be read."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """``rows`` are as long as ``headers``, which all differ; ``problems`` are the rows that could not be read."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    problems: tuple[PortfolioError, ...] = ()
    unit: Unit = "line"


def at(unit: Unit, number: int, header: str = "") -> str:
    """Return the place of a row, or of one of its cells, as errors name it."""
    return f"{unit} {number}, {column_place(header)}" if header else f"{unit} {number}"


def column_place(header: str) -> str:
    """Return the place of a column, as errors name it."""
    return f"column {shown(header, _IN_PLACES)}"


def table_of(records: Iterable[Record], place: str, unit: Unit) -> RawTable:
    """Make a table of records, the first with anything in it being the headings; blank ones are left out.

    A record with more or fewer cells than headings is a problem of that record. ``PortfolioError`` when there are
    no headings, no rows, or too many of either. Apostrophes that our tables put before formulas are taken off.
    """
    plain = ((number, _plain(cells)) for number, cells in records)
    filled = ((number, cells) for number, cells in plain if isinstance(cells, PortfolioError) or any(cells))
    try:
        first, headings = next(filled)
    except StopIteration:
        raise PortfolioError("empty_table", place=place) from None
    if isinstance(headings, PortfolioError):
        raise headings
    headers = _headers(headings, first, unit)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[PortfolioError] = []
    for number, cells in filled:
        if len(rows) + len(problems) == MOST_ITEMS:
            raise PortfolioError(
                "too_many_items", place=place, found=f"more than {MOST_ITEMS}", allowed=f"{MOST_ITEMS}"
            )
        row = cells if isinstance(cells, PortfolioError) else _row(cells, headers, at(unit, number))
        if isinstance(row, PortfolioError):
            problems.append(row)
        else:
            rows.append(row)
            lines.append(number)
    if not rows and not problems:
        raise PortfolioError("empty_table", place=place)
    return _without_blank(RawTable(headers, tuple(rows), tuple(lines), tuple(problems), unit))


def _plain(cells: Sequence[str] | PortfolioError) -> Sequence[str] | PortfolioError:
    """Cells without the apostrophes of our tables, and nothing where there are only blanks."""
    if isinstance(cells, PortfolioError):
        return cells
    return [text if (text := restored(cell)).strip() else "" for cell in cells]


def _headers(cells: Sequence[str], number: int, unit: Unit) -> tuple[str, ...]:
    """Headings on one line, each different: what hides is shown, what is blank or repeated gets a number."""
    if len(cells) > MOST_COLUMNS:
        raise PortfolioError(
            "too_many_columns", place=at(unit, number), found=f"{len(cells)}", allowed=f"{MOST_COLUMNS}"
        )
    found: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        text = " ".join(cell.split())
        if len(text) > MOST_HEADING:
            where, allowed = at(unit, number, f"{place}"), f"{MOST_HEADING} characters"
            raise PortfolioError("too_long", place=where, found=f"{len(text)}", allowed=allowed)
        base = shown(text, MOST_HEADING) or unnamed(place)
        name, again = base, 1
        while name in found:
            again += 1
            name = f"{base} ({again})"
        found[name] = None
    return tuple(found)


def unnamed(place: int) -> str:
    """Return what a column without a heading is called."""
    return f"column {place}"


def _row(cells: Sequence[str], headers: tuple[str, ...], place: str) -> tuple[str, ...] | PortfolioError:
    width = len(headers)
    if len(cells) < width or any(cells[width:]):
        return PortfolioError("ragged", place=place, found=f"{len(cells)}", allowed=f"{width}")
    for header, cell in zip(headers, cells, strict=False):
        if len(cell) > MOST_CELL:
            where, allowed = f"{place}, {column_place(header)}", f"{MOST_CELL} characters"
            return PortfolioError("too_long", place=where, found=f"{len(cell)}", allowed=allowed)
    return tuple(cells[:width])


def _without_blank(table: RawTable) -> RawTable:
    """Leave out the columns that have neither a heading nor anything in a row."""
    kept = [
        place
        for place, header in enumerate(table.headers)
        if header != unnamed(place + 1) or any(row[place] for row in table.rows)
    ]
    if len(kept) == len(table.headers):
        return table
    headers = tuple(table.headers[place] for place in kept)
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return RawTable(headers, rows, table.lines, table.problems, table.unit)
