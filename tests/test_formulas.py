"""What a spreadsheet would run gets an apostrophe, and whatever was written is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okr_assistant.formulas import neutral, restored


@pytest.mark.robustness(38)
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "'=1", "'"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.robustness(38)
@settings(deadline=None)
@given(st.text())
@example("'")
@example("''")
@example("'=1")
@example("\u3000＝1")
def test_every_text_comes_back(text: str) -> None:
    assert restored(neutral(text)) == text


def test_an_apostrophe_of_somebody_else_stays() -> None:
    assert restored("'tis the season") == "'tis the season"
    assert restored("'") == "'"
