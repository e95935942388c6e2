"""The page about importing says what the code does."""

from __future__ import annotations

import re

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.paths import ROOT
from okr_assistant.portfolio import mapping_file, portfolio_file, raw_table, xlsx_guard
from okr_assistant.portfolio.importing import take
from okr_assistant.portfolio.items import MOST_ITEMS
from okr_assistant.portfolio.mapping import HEADINGS, problems, proposed
from okr_assistant.portfolio.mapping_file import read_mapping
from okr_assistant.portfolio.reading import read_table

PAGE = (ROOT / "docs" / "goal-map.md").read_text("utf-8")


def block(language: str) -> bytes:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found).encode()


@pytest.mark.parametrize("field", HEADINGS)
def test_every_heading_that_is_recognised_is_listed(field: str) -> None:
    row = re.search(rf"^\| `{field}` \| ([^|]*) \|", PAGE, re.MULTILINE)
    assert row
    assert tuple(row[1].split(", ")) == HEADINGS[field]


def test_the_limits_are_those_of_the_code() -> None:
    mebibytes = {
        "a file": raw_table.MOST_BYTES,
        "a mapping file": mapping_file.MAX_BYTES,
        "a portfolio file": portfolio_file.MAX_BYTES,
    }
    listed = dict(re.findall(r"^\| ([^|`]*) \| ([^|]*) \|$", PAGE.split("### Limits")[1], re.MULTILINE))
    assert {name: listed[name] for name in mebibytes} == {n: f"{b // 2**20} MiB" for n, b in mebibytes.items()}
    assert listed["rows"] == f"{MOST_ITEMS:,}"
    assert listed["columns"] == f"{raw_table.MOST_COLUMNS}"
    assert listed["a cell"] == f"{raw_table.MOST_CELL:,} characters"
    assert listed["a heading"] == f"{raw_table.MOST_HEADING} characters"
    unpacked = f"{xlsx_guard.MOST_UNPACKED // 2**20} MiB, and {xlsx_guard.MOST_ELEMENTS:,} cells and other entries"
    assert listed["a spreadsheet, unpacked"] == unpacked


def test_the_table_that_is_shown_can_be_imported(model: Model) -> None:
    table = read_table(block("csv"), "work.csv")
    found = take(table, proposed(table, model), model)
    assert (len(found.items), found.problems, found.unmapped) == (2, (), ())
    assert found.items[0].today == "okr"
    assert found.items[1].answers["strategy_clarity"] == "unsure"


def test_the_mapping_that_is_shown_fits_the_model(model: Model) -> None:
    assert list(problems(read_mapping(block("json")), model)) == []
