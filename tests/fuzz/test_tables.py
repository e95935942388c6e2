"""Tables of other programs: CSV and spreadsheets, damaged as text, as bytes and inside of their archives."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.registry import Models
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import MODELS
from okr_assistant.portfolio.importing import take
from okr_assistant.portfolio.mapping import FIELDS, Column, Mapping, proposed
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.portfolio.reading import read_pasted, read_table, sheets_of
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import ODD_TEXTS, damaged_bytes, damaged_text
from tests.portfolio.samples import portfolio
from tests.portfolio.tables import exported
from tests.portfolio.test_xlsx_tables import book, changed

MODEL = Models(MODELS).newest
ROWS = exported(MODEL, portfolio(MODEL).items[:6])
CSV = "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in ROWS)
TSV = "\r\n".join("\t".join(row) for row in ROWS)
BOOK = book(ROWS, [["other"], ["x"]])
with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
    PARTS = {name: archive.read(name).decode() for name in archive.namelist()}


def whole(table: RawTable) -> None:
    """Every row has a cell for each heading, and can be taken or is named."""
    assert all(len(row) == len(table.headers) for row in table.rows)
    taken = take(table, proposed(table, MODEL), MODEL)
    assert len(taken.items) + taken.skipped == len(table.rows) + len(table.problems)


@pytest.mark.robustness(40)
@fuzz(150)
@given(damaged_text([CSV, TSV]) | st.text(max_size=100))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    with bounded(), suppress(OkrAssistantError):
        whole(read_pasted(text))
    with bounded(), suppress(OkrAssistantError):
        whole(read_table(text.encode("utf-8", "surrogatepass"), "table.csv"))


@fuzz(150)
@given(damaged_bytes([CSV.encode(), TSV.encode("utf-16"), CSV.encode("latin-1", "replace"), BOOK]))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    for name in ("table.csv", "table.xlsx"):
        with bounded(), suppress(OkrAssistantError):
            sheets_of(data, name)
            whole(read_table(data, name))


@fuzz(60)
@given(st.data(), st.sampled_from(sorted(PARTS)))
def test_any_damage_inside_of_a_spreadsheet_is_a_table_or_refused(data: st.DataObject, part: str) -> None:
    damaged = data.draw(damaged_text([PARTS[part]])).encode("utf-8", "surrogatepass")
    with bounded(), suppress(OkrAssistantError):
        whole(read_table(changed(BOOK, {part: damaged}), "table.xlsx"))


HEADERS = st.sampled_from([*ROWS[0], *ODD_TEXTS])
TEXTS = st.sampled_from(["change", "yes", "okr", *MODEL.questions_by_id, *ODD_TEXTS])
COLUMNS = st.builds(
    Column,
    HEADERS,
    st.none() | st.sampled_from(FIELDS),
    st.just("") | TEXTS,
    st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@fuzz(200)
@given(st.lists(COLUMNS, max_size=6))
def test_any_mapping_is_used_or_refused(columns: list[Column]) -> None:
    table = read_pasted(TSV)
    with bounded(), suppress(OkrAssistantError):
        found = take(table, Mapping(tuple(columns)), MODEL)
        assert len(found.items) + found.skipped == len(table.rows)
