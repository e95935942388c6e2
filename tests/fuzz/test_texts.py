"""What people type: titles, notes, and lines that the linter reads with its dates and amounts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.drafting.lint import Findings, lint_hypothesis, lint_key_result, lint_metric, lint_objective
from okr_assistant.drafting.reading import Reading
from okr_assistant.errors import TextError, shown
from okr_assistant.formulas import neutral, restored
from okr_assistant.free_text import clean_note, clean_title
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import damaged_text

LINES = [
    "Increase the activation rate from 30% to 45% by the end of Q3",
    "ARR $1.2M -> $2M by 31.12.2027, NRR: 96% => 110% (FY27)",
    "Reduce P1 incidents from 9 to 3 a month between 1 March and 2027-06-30; hold NPS above 40",
    "Double the number of paying teams within 6 weeks, no more than 5 pages per 1,000 orders, 24/7",
    "Кол-во заявок с 1 000 до 2.000,50 € to 12/24/2026 · 三个月内 50%",
]
NAMES = ["Anna", "Аnna", "👨‍👩‍👧 می\u200cخواهم", "=1+1", "e\u0301" * 3, "a\nb\r\nc\td"]
LINTERS: list[Callable[[str], Findings]] = [lint_key_result, lint_objective, lint_metric, lint_hypothesis]
texts = damaged_text(LINES) | st.text(max_size=200)


@pytest.mark.parametrize("lint", LINTERS, ids=lambda lint: lint.__name__)
def test_any_line_can_be_linted(lint: Callable[[str], Findings]) -> None:
    @fuzz(150)
    @given(texts)
    def run(text: str) -> None:
        with bounded():
            assert all(finding.saw in text for finding in lint(text))

    run()


@fuzz(300)
@given(texts)
def test_dates_and_amounts_are_read_from_anything(text: str) -> None:
    with bounded():
        reading = Reading(text)
        assert reading.dates is not None
        assert reading.measure is not None


@pytest.mark.robustness(35, 37)
@fuzz(500)
@given(damaged_text(NAMES) | st.text(max_size=200))
def test_free_text_is_kept_clean_or_refused(text: str) -> None:
    for clean in (clean_title, clean_note):
        with bounded(), suppress(TextError):
            kept = clean(text)
            assert clean(kept) == kept
            assert not any(sign in kept for sign in "\0\u202e\u200b\ud800\r")


@pytest.mark.robustness(38)
@fuzz(300)
@given(damaged_text(NAMES) | st.text(max_size=50))
def test_any_cell_is_no_formula_and_comes_back(text: str) -> None:
    cell = neutral(text)
    assert restored(cell) == text
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.robustness(41)
@fuzz(300)
@given(st.text(max_size=400) | damaged_text(LINES))
def test_what_is_quoted_in_an_error_is_one_short_printable_line(text: str) -> None:
    assert len(shown(text)) <= 60
    assert shown(text).isprintable()
