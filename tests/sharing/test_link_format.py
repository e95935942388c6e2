"""Links as the docstrings of coded sheets and portable links describe them, taken apart by hand.

Links that were sent stay as they are for ever, so that what writes them can no more change than what reads them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import PayloadError, TextError
from okr_assistant.sharing import base62, coded_sheet, portable
from okr_assistant.sharing.coded_sheet import code_sheet, read_coded_sheet
from okr_assistant.sharing.portable import open_portable, portable_payload
from okr_assistant.sharing.record import Record
from tests.second_model import NEW, OLD, two_models

HEAD_OF_TEXT = b"\x01"


def by_hand(model: Model, coded: int, *, model_number: int = 1, format_: int = 1) -> str:
    """A coded sheet with a right check over any number, in 12 characters or more."""
    check = int.from_bytes(hashlib.sha256(f"1\n{model.digest}\n{coded}".encode()).digest()[:2])
    return base62.encode(((coded * (1 << 16) + check) * (1 << 10) + model_number) * (1 << 4) + format_, 12)


def sheets_of(model: Model) -> int:
    """How many there are: each question open, or with one of its options, or ``unsure``."""
    count = 1
    for question in model.questions:
        count *= len(question.options) + 2
    return count


def test_a_coded_sheet_is_the_number_that_its_docstring_describes(models: Models, model: Model) -> None:
    first, second = model.questions[:2]
    coded = 2 + (len(first.options) + 2) * (len(second.options) + 1)
    answers = {first.id: first.options[1].id, second.id: "unsure"}
    assert code_sheet(model, answers) == by_hand(model, coded)
    assert code_sheet(model, {}) == by_hand(model, 0)
    last = {question.id: "unsure" for question in model.questions}
    assert code_sheet(model, last) == by_hand(model, sheets_of(model) - 1)
    assert read_coded_sheet(models, by_hand(model, sheets_of(model) - 1)).answers == last


def test_a_number_beyond_the_last_sheet_is_refused_though_its_check_is_right(models: Models, model: Model) -> None:
    """It would be read as another sheet, so that one sheet had two links."""
    assert len(by_hand(model, sheets_of(model))) == 12
    with pytest.raises(PayloadError):
        read_coded_sheet(models, by_hand(model, sheets_of(model)))


@pytest.mark.parametrize("other", [{"format_": 2}, {"format_": 0}, {"model_number": 2}, {"model_number": 0}])
def test_another_format_and_another_model_are_refused(models: Models, model: Model, other: dict[str, int]) -> None:
    with pytest.raises(PayloadError) as caught:
        read_coded_sheet(models, by_hand(model, 5, **other))
    assert caught.value.problem == "damaged"


@pytest.mark.parametrize(
    ("version", "number"),
    [
        ("2026.1", 1),
        ("2026.31", 31),
        ("2027.3", 35),
        ("2057.31", 1023),
        ("2026.1+acme", 1),
        ("2026.2+a+2027.3", 2),
    ],
)
def test_versions_have_the_numbers_that_links_are_sent_with(version: str, number: int) -> None:
    assert coded_sheet._model_number(version) == number


@pytest.mark.parametrize("place", ["a", "link"])
def test_a_refusal_says_where_and_quotes_what_was_there(models: Models, model: Model, place: str) -> None:
    damaged = code_sheet(model, {})[:-1] + "é"
    with pytest.raises(PayloadError) as caught:
        read_coded_sheet(models, damaged, place)
    assert (caught.value.problem, caught.value.place) == ("not_a_coded_sheet", place)
    assert (caught.value.found, caught.value.allowed) == (damaged, "1 to 64 of 0-9, A-Z, a-z")
    with pytest.raises(PayloadError) as caught:
        read_coded_sheet(models, "0" * 12, place)
    assert (caught.value.problem, caught.value.place, caught.value.found) == ("damaged", place, "0" * 12)


def test_the_place_of_a_coded_sheet_is_its_parameter_and_of_a_payload_its_link(models: Models) -> None:
    for read, place in ((read_coded_sheet, "a"), (open_portable, "link")):
        with pytest.raises(PayloadError) as caught:
            read(models, "0" * 12)
        assert caught.value.place == place


def test_what_is_longer_than_any_coded_sheet_is_not_even_read(models: Models) -> None:
    """Up to 64 characters it may be one of a larger model, that is damaged."""
    problems = []
    for length in (64, 65):
        with pytest.raises(PayloadError) as caught:
            read_coded_sheet(models, "1" * length)
        problems.append(caught.value.problem)
    assert problems == ["damaged", "not_a_coded_sheet"]


def texts_of(payload: str) -> tuple[str, bytes]:
    """The coded sheet of a payload, and its text unpacked; head and check are as the docstring says."""
    code, _, text = payload.partition("-")
    number = base62.decode(text)
    whole = number.to_bytes((number.bit_length() + 7) // 8)
    head, check, packed = whole[:1], whole[1:5], whole[5:]
    assert head == HEAD_OF_TEXT
    assert check == hashlib.sha256(code.encode() + b"\n" + packed).digest()[:4]
    return code, zlib.decompress(packed, wbits=-15)


def test_the_text_of_a_payload_is_a_short_json_list(models: Models, model: Model) -> None:
    """In UTF-8 and without spaces: an address has little room."""
    record = Record(AnswerSheet({"work_kind": "change"}, "Größe"), "目标")
    code, text = texts_of(portable_payload(models, record, with_text=True))
    assert code == code_sheet(model, record.sheet.answers)
    assert text == '["Größe","目标"]'.encode()


def packed(code: str, plain: bytes) -> str:
    """A payload with any bytes as its text, and a right check."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(plain) + packer.flush()
    check = hashlib.sha256(code.encode() + b"\n" + body).digest()[:4]
    return f"{code}-{base62.encode(int.from_bytes(HEAD_OF_TEXT + check + body))}"


def test_a_text_is_unpacked_up_to_16_kib(models: Models, model: Model) -> None:
    """Blanks behind the list mean nothing in JSON, and pack a thousandfold."""
    code, text = code_sheet(model, {}), json.dumps(["T", "N"]).encode()
    most = packed(code, text.ljust(16 * 1024))
    assert open_portable(models, most).notes == "N"
    with pytest.raises(PayloadError):
        open_portable(models, packed(code, text.ljust(16 * 1024 + 1)))


def test_the_longest_payload_is_written_and_read_and_one_more_is_not(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record(AnswerSheet({}, "Checkout"), "Some notes")
    payload = portable_payload(models, record, with_text=True)
    monkeypatch.setattr(portable, "MAX_LENGTH", len(payload))
    assert portable_payload(models, record, with_text=True) == payload
    assert open_portable(models, payload).notes == "Some notes"
    monkeypatch.setattr(portable, "MAX_LENGTH", len(payload) - 1)
    with pytest.raises(TextError) as too_long:
        portable_payload(models, record, with_text=True)
    assert (too_long.value.problem, too_long.value.place) == ("too_long", "link")
    assert (too_long.value.found, too_long.value.allowed) == (str(len(payload)), f"{len(payload) - 1} characters")
    with pytest.raises(PayloadError):
        open_portable(models, payload)


def test_a_refused_payload_says_where_and_quotes_what_was_there(models: Models, model: Model) -> None:
    code = code_sheet(model, {})
    refused = {
        f"{code}-": ("not_a_coded_sheet", f"{code}-", "at most 1900 letters and digits"),
        packed(code, b"[]")[:-1] + "0": ("damaged", packed(code, b"[]").partition("-")[2][:-1] + "0", ""),
        packed(code, b'["","\\n "]'): ("damaged", packed(code, b'["","\\n "]').partition("-")[2], ""),
    }
    for payload, (problem, found, allowed) in refused.items():
        with pytest.raises(PayloadError) as caught:
            open_portable(models, payload, "file")
        facts = caught.value
        assert (facts.problem, facts.place, facts.found, facts.allowed) == (problem, "file", found, allowed)


def test_a_record_is_written_on_its_own_model_and_on_the_newest_when_it_names_none(tmp_path: Path) -> None:
    models = two_models(tmp_path)
    for named, written in ((OLD, OLD), (NEW, NEW), (None, NEW)):
        payload = portable_payload(models, Record(AnswerSheet({"work_kind": "change"}, model=named)))
        assert open_portable(models, payload).sheet == AnswerSheet({"work_kind": "change"}, "", written)
