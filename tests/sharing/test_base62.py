"""Numbers as letters and digits, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.sharing import base62


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=2**4000), st.integers(min_value=1, max_value=50))
def test_there_and_back(number: int, length: int) -> None:
    text = base62.encode(number, length)
    assert base62.decode(text) == number
    assert len(text) >= length
    assert len(text) == length or not text.startswith("0")
    assert set(text) <= set(base62.DIGITS)


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (9, "9"), (10, "A"), (61, "z"), (62, "10"), (3843, "zz")])
def test_the_digits_are_in_the_order_of_ascii(number: int, text: str) -> None:
    """They are in links that were sent: neither their order nor their number can change."""
    assert base62.encode(number) == text
    assert "".join(sorted(base62.DIGITS)) == base62.DIGITS
    assert len(base62.DIGITS) == 62


def test_nothing_is_nothing() -> None:
    assert base62.decode("") == 0
    assert base62.encode(0, 12) == "0" * 12


@pytest.mark.parametrize("text", ["-", "é", "a b", "٠"])
def test_another_sign_is_a_key_error(text: str) -> None:
    with pytest.raises(KeyError):
        base62.decode(text)
