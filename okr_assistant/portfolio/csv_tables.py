"""Tables of text: CSV with commas, semicolons or tabs, and what is pasted from a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.raw_table import MOST_CELL, RawTable, Record, at, table_of

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

_NEVER_IN_TEXT = b"\0"
_BREAK = re.compile(r"\r\n|\r|\n")
_LONGEST = "field larger"
"""How Python's reader begins when a cell is beyond its limit, which is larger than ours."""


def decoded(data: bytes, place: str) -> str:
    """Return the text of UTF-8 with or without a byte order mark, or of UTF-16 with one.

    ``PortfolioError`` tells a file that is no text at all, such as a picture, from text in another encoding.
    """
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if not utf16 and _NEVER_IN_TEXT in data:
            raise PortfolioError("not_a_table", place=place) from error
        before = data[: error.start].decode("utf-16" if utf16 else "utf-8-sig", "ignore")
        line = at("line", 1 + len(_BREAK.findall(before)))
        raise PortfolioError("not_unicode", place=f"{place}, {line}") from error


def read_csv(text: str, place: str) -> RawTable:
    """Read a table; a row that cannot be read is one of its problems, and reading goes on with the next line."""
    lines = io.StringIO(text, newline="").readlines()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    return table_of(_records(lines, start, _separator(lines, start)), place, "line")


def _separator(lines: list[str], start: int) -> str:
    """A tab, if the headings have one: commas are in texts, tabs are not. Else what gives more, or a comma."""
    if _width(lines, start, "\t") > 1:
        return "\t"
    return max(",;", key=lambda separator: _width(lines, start, separator))


def _width(lines: list[str], start: int, separator: str) -> int:
    """How many headings there would be."""
    try:
        return len(next(_reader(lines, start, separator), ()))
    except csv.Error:
        return 0


def _records(lines: list[str], start: int, separator: str) -> Iterator[Record]:
    """Yield every record. Where one cannot be read, the line after the one it begins on begins the next.

    Such a record may run to the end of the file, when a quotation mark is not closed. What is read again is at
    most as much as the file; beyond that the file as a whole is refused.
    """
    begin, again, most = start, 0, sum(map(len, lines))
    while begin < len(lines):
        reader, before = _reader(lines, begin, separator), begin
        try:
            for cells in reader:
                yield begin + 1, cells
                begin = before + reader.line_num
        except csv.Error as error:
            read = before + reader.line_num - begin
            again += sum(map(len, lines[begin + 1 : begin + read]))
            problem = _unreadable(error, at("line", begin + 1), read)
            if again > most:
                raise problem from error
            if separator == "\t":  # in what is pasted, a quotation mark may be no more than one
                yield begin + 1, lines[begin].rstrip("\r\n").split(separator)
            else:
                yield begin + 1, problem
            begin += 1


def _unreadable(error: csv.Error, place: str, lines: int) -> PortfolioError:
    if lines == 1 and str(error).startswith(_LONGEST):
        return PortfolioError("cell_too_long", place=place, allowed=f"{MOST_CELL} characters")
    return PortfolioError("bad_quotes", place=place)


def _reader(lines: list[str], begin: int, separator: str) -> CsvReader:
    return csv.reader(map(lines.__getitem__, range(begin, len(lines))), delimiter=separator, strict=True)
