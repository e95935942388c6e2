"""What a title may be."""

from __future__ import annotations

import pytest

from okr_assistant.errors import TextError
from okr_assistant.free_text import clean_title


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Faster checkout ", "Faster checkout"),
        ("", ""),
        ("Cafe\u0301", "Café"),
        ("*not* Markdown <b>nor</b> HTML $x$ :red[y]", "*not* Markdown <b>nor</b> HTML $x$ :red[y]"),
        ("Family 👨‍👩‍👧 stays together", "Family 👨‍👩‍👧 stays together"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x" * 120, "x" * 120),
    ],
)
def test_kept(typed: str, kept: str) -> None:
    assert clean_title(typed) == kept


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("x" * 121, "too_long"),
        ("line\nbreak", "bad_character"),
        ("nul\x00", "bad_character"),
        ("over\u202eride", "bad_character"),
        ("zero\u200bwidth", "bad_character"),
        ("lone \ud800 surrogate", "bad_character"),
        ("private \ue000", "bad_character"),
        ("\u200d\u200d", "bad_character"),
        ("e" + "\u0301" * 30, "too_many_marks"),
    ],
)
def test_refused(typed: str, problem: str) -> None:
    with pytest.raises(TextError) as caught:
        clean_title(typed)
    assert caught.value.problem == problem
    assert caught.value.place == "title"
