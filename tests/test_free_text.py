"""What titles and notes may be."""

from __future__ import annotations

import pytest

from okr_assistant.errors import TextError
from okr_assistant.free_text import NOTE_LIMIT, clean_note, clean_title


@pytest.mark.robustness(35)
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


@pytest.mark.robustness(35)
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("x" * 121, "too_long"),
        ("line\nbreak", "bad_character"),
        ("tab\there", "bad_character"),
        ("nul\x00", "bad_character"),
        ("over\u202eride", "bad_character"),
        ("zero\u200bwidth", "bad_character"),
        ("lone \ud800 surrogate", "bad_character"),
        ("private \ue000", "bad_character"),
        ("\u200d\u200d", "bad_character"),
        ("e" + "\u0301" * 30, "too_many_marks"),
        ("e" + "\u0301" * 500, "too_long"),
        ("\u200b \u200d", "bad_character"),
    ],
)
def test_refused(typed: str, problem: str) -> None:
    with pytest.raises(TextError) as caught:
        clean_title(typed)
    assert caught.value.problem == problem
    assert caught.value.place == "title"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo\r\n", "one\ntwo"),
        ("\n\n  one\n\n\ntwo  \n", "one\n\n\ntwo"),
        ("  indented\n  too", "indented\n  too"),
        ("\tcopied\tfrom\r\n\ta table", "copied from\n a table"),
        ("", ""),
        (" \n ", ""),
        ("x" * NOTE_LIMIT, "x" * NOTE_LIMIT),
        ("\n" * NOTE_LIMIT + "x", "x"),
        ("e\u0301" * NOTE_LIMIT, "é" * NOTE_LIMIT),
        ("👨‍👩‍👧\nمی\u200cخواهم", "👨‍👩‍👧\nمی\u200cخواهم"),
        (
            "a\u0301\u0301\u0301\u0301\u0301\n\u0301\u0301\u0301\u0301\u0301",
            "á\u0301\u0301\u0301\u0301\n" + "\u0301" * 5,
        ),
    ],
)
def test_notes_kept(typed: str, kept: str) -> None:
    assert clean_note(typed) == kept
    assert clean_note(kept) == kept, "a second time changes nothing"


@pytest.mark.robustness(37)
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("x" * (NOTE_LIMIT + 1), "too_long"),
        ("a" + "\n" * 10_000 + "b", "too_long"),
        ("x" * 100_000, "too_long"),
        ("carriage\rreturn", "bad_character"),
        ("line\u2028separator", "bad_character"),
        ("nul\x00", "bad_character"),
        ("over\n\u202eride", "bad_character"),
        ("lone \udfff", "bad_character"),
        ("\u200d\n\u200d", "bad_character"),
        ("e\n" + "e" + "\u0301" * 30, "too_many_marks"),
    ],
)
def test_notes_refused(typed: str, problem: str) -> None:
    with pytest.raises(TextError) as caught:
        clean_note(typed, "file: notes")
    assert (caught.value.problem, caught.value.place) == (problem, "file: notes")


def test_a_note_can_have_another_limit() -> None:
    assert clean_note("x" * 10, limit=10) == "x" * 10
    with pytest.raises(TextError) as caught:
        clean_note("x" * 11, limit=10)
    assert caught.value.allowed == "10 characters"
