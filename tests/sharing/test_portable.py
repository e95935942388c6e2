"""Portable links: what is in them comes out again, and nothing else does."""

from __future__ import annotations

import random
import re
import shutil
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import OkrAssistantError, PayloadError, TextError
from okr_assistant.paths import MODELS
from okr_assistant.sharing import base62
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.sharing.portable import MAX_LENGTH, _check, open_portable, portable_payload
from okr_assistant.sharing.record import Decision, Record
from tests.conftest import random_sheets

OURS = Models(MODELS)
TITLE, NOTES = "Größe und Wirkung 🎉", "Zeile eins.\nZeile zwei: *nicht* fett, <b>auch nicht</b>."


def opens(payload: str) -> bool:
    try:
        open_portable(OURS, payload)
    except PayloadError:
        return False
    return True


def texts(model: Model, count: int) -> list[str]:
    """Payloads with text, all different."""
    dice = random.Random(61)
    words = ["checkout", "payroll", "sechs Teams", "zwei\nZeilen", "ключ", "目标", "…"]
    payloads = []
    for answers in random_sheets(model, count, seed=60):
        title, notes = " ".join(dice.choices(words[:3], k=3)), " ".join(dice.choices(words, k=12))
        payloads.append(portable_payload(OURS, Record(AnswerSheet(answers, title), notes), with_text=True))
    return payloads


def test_without_text_it_is_the_coded_sheet(model: Model) -> None:
    for answers in random_sheets(model, 200, seed=62):
        record = Record(AnswerSheet(answers, TITLE), NOTES, Decision("Private", "x", "Ada", date(2026, 1, 1)))
        payload = portable_payload(OURS, record)
        assert payload == code_sheet(model, answers)
        assert len(payload) == 12
        assert open_portable(OURS, payload) == Record(AnswerSheet(answers, "", model.version))


def test_with_text_title_and_notes_come_along_and_a_decision_never(model: Model) -> None:
    for answers in random_sheets(model, 100, seed=63):
        record = Record(AnswerSheet(answers, TITLE), NOTES, Decision("Private"))
        payload = portable_payload(OURS, record, with_text=True)
        assert re.fullmatch(r"[0-9A-Za-z]{12}-[1-9A-Za-z][0-9A-Za-z]*", payload)
        assert open_portable(OURS, payload) == Record(AnswerSheet(answers, TITLE, model.version), NOTES)


@pytest.mark.parametrize(("title", "notes"), [("T", ""), ("", "N"), ("", ""), ("x" * 120, "y" * 2000)])
def test_each_text_may_be_missing(title: str, notes: str) -> None:
    payload = portable_payload(OURS, Record(AnswerSheet({}, title), notes), with_text=True)
    read = open_portable(OURS, payload)
    assert (read.sheet.title, read.notes) == (title, notes)
    assert ("-" in payload) == bool(title or notes)
    assert len(payload) <= MAX_LENGTH


def test_text_is_read_as_it_is_kept() -> None:
    record = Record(AnswerSheet({}, "  Cafe\u0301 "), "a\r\nb")
    read = open_portable(OURS, portable_payload(OURS, record, with_text=True))
    assert (read.sheet.title, read.notes) == ("Café", "a\nb")


def test_text_that_does_not_fit_is_refused_with_the_limit() -> None:
    dice = random.Random(64)
    notes = "".join(dice.choices("abcdefghijklmnopqrstuvwxyzäöü0123456789", k=2000))
    with pytest.raises(TextError) as caught:
        portable_payload(OURS, Record(AnswerSheet({}), notes), with_text=True)
    assert (caught.value.problem, caught.value.place) == ("too_long", "link")
    assert str(MAX_LENGTH) in caught.value.allowed


@pytest.mark.robustness(26)
def test_every_single_damaged_character_is_noticed(model: Model) -> None:
    """Robustness 26: 1,000 links, half of them with text; every place, another character each.

    The check once was over the text before it was packed, and a changed last character could go unnoticed.
    """
    dice = random.Random(65)
    plain = [code_sheet(model, answers) for answers in random_sheets(model, 500, seed=66)]
    tries = accepted = 0
    for payload in [*plain, *texts(model, 500)]:
        places = range(len(payload)) if "-" not in payload else [*dice.sample(range(len(payload)), 40), -1]
        for place in places:
            other = dice.choice(base62.DIGITS + "-=é")
            if other != payload[place]:
                tries += 1
                damaged = list(payload)
                damaged[place] = other
                accepted += opens("".join(damaged))
    assert tries > 20_000
    assert accepted / tries < 1 / 20_000


def test_a_payload_cut_short_or_made_longer_does_not_open(model: Model) -> None:
    for payload in [code_sheet(model, {}), *texts(model, 30)]:
        for length in range(len(payload)):
            # what stands before the text is a whole link without text
            assert opens(payload[:length]) == (length == 12 and len(payload) > 12), (payload, length)
        for more in ("0", "-", "-0", "-1", "=", " ", "\n"):
            assert not opens(payload + more), (payload, more)


def test_the_last_character_counts(model: Model) -> None:
    for payload in texts(model, 30):
        assert [last for last in base62.DIGITS if opens(payload[:-1] + last)] == [payload[-1]]


@pytest.mark.robustness(26)
def test_random_payloads_do_not_open(model: Model) -> None:
    dice = random.Random(67)
    code = code_sheet(model, {"work_kind": "change"})
    for number in range(10_000):
        text = "".join(dice.choices(base62.DIGITS, k=dice.randint(1, 60)))
        assert not opens(f"{code}-{text}" if number % 2 else text)


def test_the_text_of_one_link_does_not_fit_another(model: Model) -> None:
    one, other = (
        portable_payload(OURS, Record(AnswerSheet({"work_kind": kind}, "T")), with_text=True)
        for kind in ("change", "learn")
    )
    assert not opens(f"{one[:12]}{other[12:]}")


def forged(plain: bytes, *, head: int = 1, code: str | None = None, more: bytes = b"") -> str:
    """A payload with a right check over whatever somebody wants to smuggle in."""
    code = code or code_sheet(OURS.newest, {})
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(plain) + packer.flush() + more
    return f"{code}-{base62.encode(int.from_bytes(bytes([head]) + _check(code, packed) + packed))}"


WRONG_TEXTS = {
    "nothing": b"",
    "an empty list": b"[]",
    "a table": b"{}",
    "one text": b'["T"]',
    "three texts": b'["T", "N", "more"]',
    "a number for the notes": b'["T", 3]',
    "null twice": b"[null, null]",
    "two letters": b'"ab"',
    "a number": b"12",
    "a title of two lines": b'["a\\nb", ""]',
    "a title with spaces around": b'[" T ", ""]',
    "a title that turns the line around": '["a\u202eb", ""]'.encode(),
    "half a character": b'["\\ud800", ""]',
    "too long a title": b'["' + b"x" * 121 + b'", ""]',
    "notes that are too long": b'["", "' + b"x" * 2001 + b'"]',
    "no UTF-8": b"\xff",
    "brackets without end": b"[" * 5000,
    "a bomb": b'["' + b"x" * 1_000_000 + b'", ""]',
}


@pytest.mark.parametrize("plain", WRONG_TEXTS.values(), ids=WRONG_TEXTS)
def test_a_right_check_over_wrong_text_does_not_open(plain: bytes) -> None:
    """The check protects from damage only; text is cleaned as everywhere else, and a bomb is not unpacked."""
    payload = forged(plain)
    with pytest.raises(PayloadError) as caught:
        open_portable(OURS, payload)
    assert caught.value.problem in {"damaged", "not_a_coded_sheet"}


def test_another_format_of_text_and_what_follows_it_are_refused() -> None:
    assert opens(forged(b'["T", "N"]'))
    assert not opens(forged(b'["T", "N"]', head=2))
    assert not opens(forged(b'["T", "N"]', more=b"x"))


NO_PAYLOADS = {
    "nothing": "",
    "a dash": "-",
    "other letters": "é" * 12,
    "a million zeros": "0" * 1_000_000,
    "a control character": "\x00",
    "half a character": "\ud800",
    "other digits": "٠" * 12,
    "a space": "a b",
    "a path": "../..",
    "a line": "000000000000\n",
    "text without answers": "-0000",
}


@pytest.mark.parametrize("payload", NO_PAYLOADS.values(), ids=NO_PAYLOADS)
def test_what_is_no_payload_is_refused_and_quoted_shortly(payload: str) -> None:
    with pytest.raises(PayloadError) as caught:
        open_portable(OURS, payload)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_raises_only_our_error(payload: str) -> None:
    try:
        open_portable(OURS, payload)
    except OkrAssistantError as error:
        assert isinstance(error, PayloadError)  # noqa: PT017 - any payload at all may be tried


def test_a_link_of_an_edited_model_is_refused(model: Model, tmp_path: Path) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    file = tmp_path / "models" / model.version / "model.toml"
    file.write_text(file.read_text("utf-8").replace("points = 6", "points = 5"), "utf-8")
    edited = Models(tmp_path / "models")
    for payload in texts(model, 20):
        with pytest.raises(PayloadError):
            open_portable(edited, payload)
