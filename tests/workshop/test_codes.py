"""Join codes as people type them: any case and width, look-alikes, with whatever between (robustness 33)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.workshop.codes import LENGTH, SIGNS, SystemCodes, read_code, shown_code

LOOK_ALIKES = {"0": "OQoq", "1": "ILil", "2": "Zz", "5": "Ss", "8": "Bb", "V": "Uu"}
BETWEEN = (" ", "  ", "-", "‐", "\u2011", "–", "—", "－", "\u00a0", "\u2009", "\t", "\n", " - ")
codes = st.text(SIGNS, min_size=LENGTH, max_size=LENGTH)


def test_there_are_28_signs_and_no_look_alike_among_them() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 28
    assert not set(SIGNS) & {sign.upper() for signs in LOOK_ALIKES.values() for sign in signs}


def test_a_code_is_made_of_all_signs() -> None:
    made = [SystemCodes().code() for _ in range(200)]
    assert {len(code) for code in made} == {LENGTH}
    assert set("".join(made)) == set(SIGNS)
    assert len(set(made)) == 200


def test_a_code_is_shown_in_two_halves() -> None:
    assert shown_code("ACDE0123") == "ACDE-0123"


@pytest.mark.robustness(33)
@given(codes, st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    def typed(sign: str) -> str:
        ways = [sign, sign.lower(), chr(ord(sign) + 0xFEE0), *LOOK_ALIKES.get(sign, "")]
        return data.draw(st.sampled_from(ways)) + data.draw(st.sampled_from(("", "", "", *BETWEEN)))

    assert read_code("".join(map(typed, code))) == code
    assert read_code(shown_code(code)) == code


@pytest.mark.robustness(33)
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ACDE012",
        "ACDE01234",
        "ACDE 012é",
        "АСDE0123",
        "ACDE012_",
        "ACDE/0123",
        "ACDE\0" + "0123",
        "\ud800" * 8,
        "A" * 10**6,
        "-" * 8,
        "ACDE 012٣",
    ],
    ids=lambda typed: ascii(typed[:12]),
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    """Letters of other alphabets among them: a code is read from our wall, and has none."""
    assert read_code(typed) is None
