"""The command `map`: from a table or a portfolio to a map in every format; what is wrong is named by its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.export.map_formats import MAP_FORMATS, map_export
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.portfolio.portfolio_file import write_portfolio
from okr_assistant.words import Words
from tests.command_line import run
from tests.portfolio.samples import portfolio

DAY = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def file(model: Model, tmp_path: Path) -> Path:
    path = tmp_path / "shoes.json"
    path.write_bytes(write_portfolio(portfolio(model)))
    return path


def written(id_: str, model: Model, words: Words, shown: Portfolio, before: Portfolio | None = None) -> bytes:
    earlier = goal_map(model, before) if before else None
    return MAP_FORMATS[id_].write(map_export(goal_map(model, shown), shown.name, words, DAY, earlier))


@pytest.mark.parametrize("id_", MAP_FORMATS)
def test_it_writes_what_the_library_writes(
    id_: str, file: Path, model: Model, words: Words, tmp_path: Path
) -> None:
    expected = written(id_, model, words, portfolio(model))
    to_stdout = run("map", file, "--to", id_, "--date", "2026-03-04")
    assert (to_stdout.exit_code, to_stdout.stderr) == (0, "")
    assert to_stdout.stdout_bytes == expected
    out = tmp_path / "out"
    to_file = run("map", file, "--to", id_, "--date", "2026-03-04", "-o", out)
    assert (to_file.exit_code, to_file.stdout, out.read_bytes()) == (0, "", expected)


def test_without_a_format_it_says_the_map_in_lines(file: Path) -> None:
    result = run("map", file)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "Shoes, first quarter",
        "30 pieces of work, so far: 6 belong in OKRs. 8 have OKRs today that should not.",
    ]
    assert "       6  OKRs (23 %)" in lines
    assert "  Stop writing OKRs for these 8" in lines
    assert "    - Payroll (Finance · Health metrics, so far; not OKRs in any case)" in lines


@pytest.mark.parametrize("id_", ["csv", "xlsx"])
def test_a_table_gives_the_map_that_it_came_from(id_: str, model: Model, words: Words, tmp_path: Path) -> None:
    table = tmp_path / f"Shoes, first quarter.{id_}"
    table.write_bytes(written(id_, model, words, portfolio(model)))
    sheet = ["--sheet", "Items"] if id_ == "xlsx" else []
    result = run("map", table, *sheet, "--to", "json", "--date", "2026-03-04")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == written("json", model, words, portfolio(model))


def test_bad_rows_are_named_by_line_and_column_and_the_others_are_placed() -> None:
    rows = "title,work_kind\nPayroll,sustain\n,deliver\nSearch,change,too many\nIdeas,no such\nTests,Learn it\n"
    result = run("map", "-", sent=rows.encode())
    assert result.exit_code == 1
    said = result.stderr.splitlines()
    assert said[0].startswith("standard input: line 4: ")
    assert said[1].startswith("standard input: line 3, column title: ")
    assert said[2:] == [
        "standard input: column work_kind: no such in 1 row stands for no option; nothing is said for it",
        "standard input: column work_kind: Learn it in 1 row stands for no option; nothing is said for it",
    ]
    assert "3 pieces of work, so far: the 1 that has a place does not belong in OKRs." in result.stdout


def test_what_stands_for_no_option_is_said_and_is_no_failure() -> None:
    result = run("map", "-", sent=b"title,work_kind\nPayroll,sustain\nA,Bug\nB,Bug\n")
    assert result.exit_code == 0
    assert "Bug in 2 rows stands for no option" in result.stderr


def test_a_mapping_says_what_columns_and_values_mean(tmp_path: Path) -> None:
    columns = [
        {"header": "Summary", "field": "title"},
        {"header": "Type", "question": "work_kind", "values": {"Bug": "improve", "Epic": "change"}},
        {"header": "Squad", "field": "team"},
    ]
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"format": "okr-assistant mapping 1", "columns": columns}), encoding="utf-8")
    result = run("map", "-", "--mapping", mapping, "--to", "json", sent=b"Summary,Type,Noise\nA,Bug,x\nB,Epic,y\n")
    assert result.exit_code == 0
    assert result.stderr == "standard input: column Squad of the mapping is not in this table\n"
    assert [item["answers"] for item in json.loads(result.stdout)["items"]] == [
        {"work_kind": "improve"}, {"work_kind": "change"},
    ]  # fmt: skip


def test_two_quarters_are_compared(file: Path, model: Model, words: Words, tmp_path: Path) -> None:
    now = portfolio(model)
    first, *rest = now.items[:-1]
    before = replace(now, items=(replace(first, answers={"work_kind": "deliver"}), *rest))
    earlier = tmp_path / "before.json"
    earlier.write_bytes(write_portfolio(before))
    lines = run("map", file, "--compare", earlier).stdout.splitlines()
    assert "1 moved, 1 is new and 28 stayed." in lines
    result = run("map", file, "--compare", earlier, "--to", "md", "--date", "2026-03-04")
    assert result.stdout_bytes == written("md", model, words, now, before)
    assert "From Roadmap to OKRs" in result.stdout


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "standard input: "),
        (b"{", "standard input, column 2: "),
        (b'{"format": "okr-assistant portfolio 1", "name": "", "model": "1999.1", "items": []}', "1999.1"),
        (b"a,b\n1,2\n", "mapping: "),
        (b"\xff\xfe\x00", "standard input"),
        (b"PK\x03\x04 no spreadsheet", "standard input: "),
    ],
)
def test_what_is_no_portfolio_is_one_clear_line(sent: bytes, said: str) -> None:
    result = run("map", "-", sent=sent)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr


def test_a_file_that_is_not_there_is_named() -> None:
    result = run("map", "no such file.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("no such file.csv: ")


def test_a_table_whose_name_cannot_be_shown_has_none(tmp_path: Path) -> None:
    table = tmp_path / f"{'x' * 130}.csv"
    table.write_bytes(b"title,work_kind\nPayroll,sustain\n")
    assert run("map", table).stdout.splitlines()[0] == "Goal map"
