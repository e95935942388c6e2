"""Tables of text: what is read, what is refused as a whole, and what is a problem of one row."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okr_assistant.errors import OkrAssistantError, PortfolioError
from okr_assistant.export.table import csv_file
from okr_assistant.portfolio.items import MOST_ITEMS
from okr_assistant.portfolio.raw_table import MOST_BYTES, MOST_CELL, MOST_COLUMNS, RawTable
from okr_assistant.portfolio.reading import read_pasted, read_table, sheets_of
from okr_assistant.words import Words


def read(text: str) -> RawTable:
    return read_table(text.encode(), "work.csv")


def lines(table: RawTable) -> list[str]:
    """The problems of a table, for short."""
    return [f"{problem.place}: {problem.problem}" for problem in table.problems]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_line_ends_and_encodings(separator: str, end: str, encoding: str) -> None:
    text = end.join([separator.join(row) for row in (["Title", "Team"], ["Größe", "東京"], ["b", ""])])
    table = read_table(text.encode(encoding), "work.csv")
    assert table == RawTable(("Title", "Team"), (("Größe", "東京"), ("b", "")), (2, 3))


def test_a_tab_in_the_headings_separates_or_else_what_gives_more_columns_or_a_comma() -> None:
    assert read("a;b;c,d\n1;2;3\n").headers == ("a", "b", "c,d")
    assert read("a;b,c\n1,2\n").headers == ("a;b", "c")
    assert read("a, or b, or c\td\n1\t2\n").headers == ("a, or b, or c", "d")
    assert read('"a;b;c;d",e\n1,2\n').headers == ("a;b;c;d", "e")


def test_quotes_and_line_breaks_in_cells_and_lines_as_an_editor_counts_them() -> None:
    table = read('Title,Notes\n\n"a ""b""","one\ntwo, three\r\nfour"\nc,d\n')
    assert table.rows == (('a "b"', "one\ntwo, three\r\nfour"), ("c", "d"))
    assert table.lines == (3, 6)


def test_a_ragged_row_is_a_problem_of_that_row_only() -> None:
    table = read("Title,Team\na,b\nc\nd,e,f\n\n , \ng,h,,\n")
    assert table.rows == (("a", "b"), ("g", "h"))
    assert table.lines == (2, 7)
    assert lines(table) == ["line 3: ragged", "line 4: ragged"]


def test_a_quotation_mark_that_is_not_closed_costs_its_row_only() -> None:
    table = read('Title,Team\na,b\n"c,d\ne,f\n"g" h,i\n"j,k\nl,m\n')
    assert [row[0] for row in table.rows] == ["a", "e", "l"]
    assert lines(table) == ["line 3: bad_quotes", "line 5: bad_quotes", "line 6: bad_quotes"]


def test_in_pasted_rows_a_quotation_mark_may_be_no_more_than_one() -> None:
    table = read_pasted('Title\tTeam\n"Fast" search\ta\n5" pipes\tb\n"two\nlines"\tc\n"Slow\td')
    assert [row[0] for row in table.rows] == ['"Fast" search', '5" pipes', "two\nlines", '"Slow']
    assert [row[1] for row in table.rows] == ["a", "b", "c", "d"]
    assert table.lines == (2, 3, 4, 6)


def test_a_file_full_of_open_quotation_marks_is_refused_in_good_time() -> None:
    """From wherever reading begins, it runs to the end of the file in a cell that is not closed."""
    text = "a,b\n" + 'x","\n' * 100_000
    begin = time.process_time()
    with pytest.raises(PortfolioError) as refused:
        read(text)
    assert refused.value.problem == "bad_quotes"
    assert time.process_time() - begin < 5


def test_headings_differ_and_show_what_hides() -> None:
    table = read("Team,Team,,Name\u200b,Team (2),,\n1,2,3,4,5,,\n")
    assert table.headers == ("Team", "Team (2)", "column 3", "Name\\u200b", "Team (2) (2)")
    assert table.rows == (("1", "2", "3", "4", "5"),)


def test_headings_are_one_line() -> None:
    assert read('" Result \n for",b\n1,2\n').headers == ("Result for", "b")


@pytest.mark.parametrize(
    ("sent", "place", "problem"),
    [
        (b"", "work.csv", "empty_table"),
        (b"\n \n,,\n", "work.csv", "empty_table"),
        (b"Title,Team\n", "work.csv", "empty_table"),
        (b"Title\nfine\nMurg\xff\n", "work.csv, line 3", "not_unicode"),
        ("Title\nMünchen\n".encode("latin-1"), "work.csv, line 2", "not_unicode"),
        ("Title\nx".encode("utf-16") + b"\0", "work.csv, line 2", "not_unicode"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "work.csv", "not_a_table"),
        (b'"Title\na\n', "line 1", "bad_quotes"),
        (b",".join([b"a"] * (MOST_COLUMNS + 1)) + b"\n", "line 1", "too_many_columns"),
        (b"x" * 601 + b"\n1", "line 1, column 1", "too_long"),
        (b"Title\n" + b"a\n" * (MOST_ITEMS + 1), "work.csv", "too_many_items"),
        (b"Title\n" + b'a"\n"\n' * (MOST_ITEMS + 1), "work.csv", "too_many_items"),
        (b"x" * (MOST_BYTES + 1), "work.csv", "too_large"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_what_is_refused_as_a_whole(sent: bytes, place: str, problem: str, words: Words) -> None:
    with pytest.raises(PortfolioError) as refused:
        read_table(sent, "work.csv")
    assert (refused.value.place, refused.value.problem) == (place, problem)
    line = words.error_line(refused.value)
    assert line.isprintable()
    assert "None" not in line


def test_the_limits_themselves_are_allowed() -> None:
    assert len(read("Title\n" + "a\n" * MOST_ITEMS).rows) == MOST_ITEMS
    headings = ",".join(f"h{number}" for number in range(MOST_COLUMNS))
    assert len(read(f"{headings}\n{headings}\n").headers) == MOST_COLUMNS


def test_a_cell_that_is_too_long_costs_its_row_only() -> None:
    table = read(f"Title,Notes\na,{'x' * MOST_CELL}\nb,{'x' * (MOST_CELL + 1)}\nc,{'x' * 200_000}\nd,\n")
    assert [row[0] for row in table.rows] == ["a", "d"]
    assert lines(table) == ["line 3, column Notes: too_long", "line 4: cell_too_long"]


def test_pasted_text_has_the_same_limit_and_no_byte_order_mark() -> None:
    assert read_pasted("\ufeffTitle\nx").headers == ("Title",)
    with pytest.raises(PortfolioError, match="pasted text: too_large"):
        read_pasted("x" * (MOST_BYTES + 1))


def test_text_has_no_sheets_to_choose_from() -> None:
    assert sheets_of(b"Title\nx", "work.csv") == ()


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
ROWS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)
)


@given(ROWS)
@example([["a", "\t"], ["\t", " "]])
def test_what_our_tables_write_is_read_back(rows: list[list[str]]) -> None:
    """Formulas in cells and headings included."""
    headers = [f"={number}" for number in range(len(rows[0]))]
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    table = read_table(csv_file([headers, *map(list, rows)]), "ours.csv")
    assert table.headers == tuple(headers)
    assert [list(row) for row in table.rows] == [[c if c.strip() else "" for c in row] for row in filled]
    assert table.problems == ()


@given(ROWS, st.sampled_from([",", ";", "\t"]))
def test_what_python_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["h"] * len(rows[0]), *rows])
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    found = read(out.getvalue())
    assert found.problems == ()
    assert len(found.rows) == len(filled)


@given(st.binary(max_size=300) | st.text(st.sampled_from("a,;\t\n\r\"'="), max_size=80).map(str.encode))
def test_any_bytes_are_a_table_or_one_of_our_errors(data: bytes) -> None:
    try:
        table = read_table(data, "any.csv")
    except OkrAssistantError:
        return
    assert all(len(row) == len(table.headers) for row in table.rows)
    assert len(set(table.headers)) == len(table.headers)
    assert list(table.lines) == sorted(set(table.lines))
