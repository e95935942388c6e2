"""Spreadsheets: what is read from them, and that a hostile or damaged one is one clear error."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from okr_assistant.errors import PortfolioError
from okr_assistant.formulas import neutral
from okr_assistant.portfolio import xlsx_guard
from okr_assistant.portfolio.items import MOST_ITEMS
from okr_assistant.portfolio.raw_table import MOST_COLUMNS, RawTable
from okr_assistant.portfolio.reading import read_table, sheets_of
from okr_assistant.words import Words

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(*sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets, named A, B, C."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in zip("ABC", sheets, strict=False):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, parts: dict[str, bytes], kept: Callable[[str], bool] = lambda name: True) -> bytes:
    """The same archive with some parts of other content, or more of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        whole = {name: old.read(name) for name in old.namelist() if kept(name)} | parts
        for name, content in whole.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows: str, dimension: str = "") -> bytes:
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'<?xml version="1.0"?><worksheet {MAIN}>{said}<sheetData>{rows}</sheetData></worksheet>'.encode()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD = book([["Title", "Team"], ["a", "b"]])
TABLE = RawTable(("Title", "Team"), (("a", "b"),), (2,), unit="row")


def test_values_are_read_as_text() -> None:
    data = book(
        [
            ["Title", "When", "At", "Count", "Share", "Done"],
            ["a", date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), 3.0, 0.25, True],
            [None, None, None, 12, "x", False],
        ]
    )
    assert read_table(data, "work.xlsx").rows == (
        ("a", "2026-03-01", "2026-03-01 09:30:00", "3", "0.25", "true"),
        ("", "", "", "12", "x", "false"),
    )


def test_the_value_of_a_formula_is_read_and_never_the_formula() -> None:
    rows = f'<row r="1">{text_cell("A1", "Title")}</row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    data = changed(GOOD, {SHEET: sheet_xml(rows + '<row r="3"><c r="A3"><f>1+1</f></c></row>')})
    assert read_table(data, "work.xlsx").rows == (("2",),)


def test_the_first_sheet_or_one_by_its_name() -> None:
    data = book([["Title"], ["a"]], [["Title"], ["b"]])
    assert sheets_of(data, "work.xlsx") == ("A", "B")
    assert read_table(data, "work.xlsx").rows == (("a",),)
    assert read_table(data, "work.xlsx", "B").rows == (("b",),)
    with pytest.raises(PortfolioError, match="no_sheet; found 'C'; allowed: A, B"):
        read_table(data, "work.xlsx", "C")


def test_places_are_rows_of_the_sheet_and_blank_ones_are_left_out() -> None:
    table = read_table(book([[], ["Title", None, "Team"], [], ["a", None, None, None], [" "], ["b"]]), "w.xlsx")
    assert table.headers == ("Title", "Team")
    assert table.rows == (("a", ""), ("b", ""))
    assert table.lines == (4, 6)
    assert table.unit == "row"


def test_a_column_without_a_heading_is_kept_when_something_is_in_it() -> None:
    table = read_table(book([["Title"], ["a", None, "note"]]), "work.xlsx")
    assert (table.headers, table.rows) == (("Title", "column 3"), (("a", "note"),))


def test_what_our_tables_write_is_read_back() -> None:
    texts = ["=1+1", "'=1", "+x", "plain", "'tis", "＝1"]
    data = book([[neutral("=heading"), "b"], *([neutral(text), "x"] for text in texts)])
    table = read_table(data, "work.xlsx")
    assert table.headers == ("=heading", "b")
    assert [row[0] for row in table.rows] == texts


@pytest.mark.parametrize("size", ["A1", "A1:XFD1048576", "A1:A1", "C7:D9"])
def test_what_a_sheet_says_about_its_size_need_not_be_so(size: str) -> None:
    rows = f'<row r="1">{text_cell("A1", "Title")}{text_cell("B1", "Team")}</row>'
    rows += f'<row r="2">{text_cell("A2", "a")}{text_cell("B2", "b")}</row>'
    assert read_table(changed(GOOD, {SHEET: sheet_xml(rows, size)}), "work.xlsx") == TABLE


def test_links_to_other_files_are_not_followed() -> None:
    link = (
        b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    data = changed(GOOD, {"xl/externalLinks/externalLink1.xml": link})
    assert read_table(data, "work.xlsx") == TABLE


def cells(count: int) -> str:
    return "<c/>" * count


def under_another_name(target: str, sheet: bytes) -> bytes:
    """A workbook whose first sheet is a part with this name."""
    links = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        pointing = archive.read(links).replace(b"sheet1.xml", target.encode())
    return changed(GOOD, {links: pointing, f"xl/worksheets/{target}": sheet}, lambda name: name != SHEET)


ROW = sheet_xml(f"<row>{cells(600_000)}</row>")
NO_ROW = sheet_xml(f"<row>{f'<si/>{cells(100_000)}' * 6}</row>")
ATTRIBUTES = " ".join(f'a{n}=""' for n in range(xlsx_guard.MOST_AT_ONCE))

BOMBS = {
    "a name in capitals": under_another_name("sheet1.XML", ROW),
    "a binary name": under_another_name("sheet1.bin", ROW),
    "no ending": under_another_name("sheet", b"\xef\xbb\xbf \n" + ROW),
    "one row that pretends to be many": changed(GOOD, {SHEET: NO_ROW}),
    "a cell of attributes": changed(GOOD, {SHEET: sheet_xml(f"<row><c {ATTRIBUTES}/></row>")}),
    "cells of attributes": changed(
        GOOD, {SHEET: sheet_xml('<row a="" b="" c=""><c r="" s="" t=""/></row>' * 170_000)}
    ),
    "one row": changed(GOOD, {SHEET: sheet_xml(f"<row>{cells(2_000_000)}</row>")}),
    "one row, with a prefix": changed(GOOD, {SHEET: sheet_xml(f"<row><x:row>{cells(250_000)}</x:row></row>")}),
    "many rows": changed(GOOD, {SHEET: sheet_xml(f"<row>{cells(60)}</row>" * 60_000)}),
    "styles": changed(GOOD, {"xl/styles.xml": b"<styleSheet><cellXfs>" + b"<xf/>" * 250_000}),
    "unpacked": changed(GOOD, {"xl/big.bin": b"\0" * (xlsx_guard.MOST_UNPACKED + 1)}),
    "parts": changed(GOOD, {f"xl/{n}.xml": b"" for n in range(xlsx_guard.MOST_PARTS)}),
    "far cells": changed(GOOD, {SHEET: sheet_xml('<row><c r="XFD1"/></row>' * 5_000)}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_takes_memory_or_time(name: str, words: Words) -> None:
    assert len(BOMBS[name]) < 2**20
    begin = time.process_time()
    with pytest.raises(PortfolioError) as refused:
        read_table(BOMBS[name], "work.xlsx")
    assert refused.value.problem == "too_large"
    assert "allowed: at most" in words.error_line(refused.value)
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            f'<row r="1">{text_cell("A1", "T")}</row><row r="9999999999">{text_cell("A2", "x")}</row>',
            "empty_table",
        ),
        (f'<row r="1">{text_cell("XFD1", "T")}</row>', "too_many_columns"),
        (f"<row>{text_cell('A1', 'T')}</row>" * (MOST_ITEMS + 2), "too_many_items"),
        ('<row r="1"><c r="A1"><v>NaN</v></c></row>', "damaged_spreadsheet"),
        (f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>', "damaged_spreadsheet"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "damaged_spreadsheet"),
        ('<row r="1"><c r="A1" s="999"><v>1</v></c></row>', "empty_table"),
        ('<row r="x"/>', "damaged_spreadsheet"),
        ("", "empty_table"),
        ("<row>", "damaged_spreadsheet"),
    ],
    ids=["far row", "far column", "rows", "NaN", "digits", "no string", "no style", "no number", "nothing", "cut"],
)
def test_a_strange_sheet_is_one_error(rows: str, problem: str) -> None:
    with pytest.raises(PortfolioError) as refused:
        read_table(changed(GOOD, {SHEET: sheet_xml(rows)}), "work.xlsx")
    assert refused.value.problem == problem


def test_a_number_beyond_all_numbers_is_a_text_like_any_other() -> None:
    rows = f'<row r="1">{text_cell("A1", "T")}</row><row r="2"><c r="A2"><v>1e999</v></c></row>'
    assert read_table(changed(GOOD, {SHEET: sheet_xml(rows)}), "work.xlsx").rows == (("inf",),)


@pytest.mark.parametrize("name", ["sheet1.XML", "sheet1.bin", "sheet"])
def test_a_sheet_may_be_called_anything(name: str) -> None:
    rows = f'<row r="1">{text_cell("A1", "T")}</row><row r="2">{text_cell("A2", "x")}</row>'
    assert read_table(under_another_name(name, sheet_xml(rows)), "work.xlsx").rows == (("x",),)


def test_pictures_and_settings_of_printers_are_no_markup() -> None:
    binary = b"\x89PNG\r\n" + b"<\0=" * 700_000
    parts = {"xl/media/image1.png": binary, "xl/printerSettings/settings1.bin": "HP <1>".encode("utf-16-le")}
    assert read_table(changed(GOOD, parts), "work.xlsx") == TABLE


ENTITIES = '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WRONG_FILES = {
    "an old spreadsheet": (OLE + b"\0" * 600, "work.xls", "old_spreadsheet"),
    "one with a password": (
        OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "work.xlsx", "locked_table",
    ),
    "a page saved as a spreadsheet": (b"<html><table>", "work.xls", "damaged_spreadsheet"),
    "text named so": (b"Title\nx", "work.xlsx", "damaged_spreadsheet"),
    "another archive": (changed(GOOD, {}, lambda name: False), "work.xlsx", "damaged_spreadsheet"),
    "a document": (changed(GOOD, {"content.xml": b""}, lambda name: False), "w.ods", "damaged_spreadsheet"),
    "no sheets": (changed(GOOD, {}, lambda name: name != SHEET), "work.xlsx", "empty_table"),
    "cut off": (GOOD[: len(GOOD) // 2], "work.xlsx", "damaged_spreadsheet"),
    "entities": (changed(GOOD, {SHEET: ENTITIES.encode() + b"<x>&a;</x>"}), "work.xlsx", "damaged_spreadsheet"),
    "entities, hidden": (
        changed(GOOD, {SHEET: f"{ENTITIES}<x>&a;</x>".encode("utf-16")}), "work.xlsx", "damaged_spreadsheet",
    ),
    "entities, under another name": (
        under_another_name("sheet1.bin", f"{ENTITIES}<x>&a;</x>".encode("utf-16-be")),
        "work.xlsx",
        "damaged_spreadsheet",
    ),
    "deep": (changed(GOOD, {SHEET: b"<a>" * 90_000 + b"</a>" * 90_000}), "work.xlsx", "empty_table"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_FILES)
def test_another_kind_of_file_is_one_error(name: str, words: Words) -> None:
    data, file, problem = WRONG_FILES[name]
    with pytest.raises(PortfolioError) as refused:
        read_table(data, file)
    assert (refused.value.place, refused.value.problem) == (file, problem)
    assert words.error_line(refused.value).isprintable()


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(PortfolioError, match="locked_table"):
        read_table(bytes(data), "work.xlsx")


def test_a_damaged_spreadsheet_is_a_table_or_one_of_our_errors() -> None:
    dice = random.Random(1)
    for _ in range(150):
        data = bytearray(GOOD)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            table = read_table(bytes(data), "work.xlsx")
        except PortfolioError:
            continue
        assert all(len(row) == len(table.headers) for row in table.rows)


def test_damaged_xml_in_a_sound_archive_is_a_table_or_one_of_our_errors() -> None:
    dice = random.Random(2)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(150):
        name = dice.choice(sorted(parts))
        content = bytearray(parts[name])
        content[dice.randrange(len(content))] = dice.choice(b'<>/"= 0aZ\xff')
        try:
            table = read_table(changed(GOOD, {name: bytes(content)}), "work.xlsx")
        except PortfolioError:
            continue
        assert all(len(row) == len(table.headers) for row in table.rows)


def test_columns_up_to_the_limit_are_read() -> None:
    data = book([[f"h{n}" for n in range(MOST_COLUMNS)], ["x"] * MOST_COLUMNS])
    assert len(read_table(data, "work.xlsx").headers) == MOST_COLUMNS
