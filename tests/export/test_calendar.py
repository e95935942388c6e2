"""The calendar entry: a day, its text, and the form that RFC 5545 asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.calendar import _escaped, _folded, calendar
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.words import Words
from tests.export.samples import ADDRESS, GOOD, HOSTILE, MADE_AT, every_record, made


def read(data: bytes) -> dict[str, str]:
    """The properties of the one entry, unfolded and unescaped."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    pairs = [line.partition(":") for line in lines if line and not line.startswith(("BEGIN", "END"))]
    found = {
        name: re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], value) for name, _, value in pairs
    }
    assert len(found) == len(pairs), "every property once"
    return found


def test_it_says_what_the_view_says(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = made(model, record, words).view
        entry = read(calendar(view, words, MADE_AT))
        assert entry["SUMMARY"] == f"Look again: {view.heading}"
        assert view.result.sentence in entry["DESCRIPTION"]
        assert not view.outlook or view.outlook.margin in entry["DESCRIPTION"]
        if view.decision:
            assert view.decision.decided in entry["DESCRIPTION"]
            assert view.decision.owner in entry["DESCRIPTION"]
        assert entry["DESCRIPTION"].endswith(f"\n{ADDRESS}")
        assert entry["URL"] == ADDRESS
        assert entry["DTSTART;VALUE=DATE"] == view.review_on.strftime("%Y%m%d")
        assert entry["DTSTAMP"] == "20260304T050607Z"
        assert entry["VERSION"] == "2.0"
        assert entry["PRODID"]


def test_without_an_address_there_is_none(model: Model, words: Words) -> None:
    entry = read(calendar(made(model, Record(AnswerSheet(GOOD)), words, address="").view, words, MADE_AT))
    assert "URL" not in entry
    assert "http" not in entry["DESCRIPTION"]


def test_an_address_ends_no_line(model: Model, words: Words) -> None:
    address = "https://x.y/p/a\r\nATTENDEE:mailto:b"
    entry = read(calendar(made(model, Record(AnswerSheet(GOOD)), words, address=address).view, words, MADE_AT))
    assert "ATTENDEE" not in entry


def test_what_people_typed_adds_no_property(model: Model, words: Words) -> None:
    title = r"\n a;b,c:d\;" + HOSTILE[:60]
    record = Record(AnswerSheet(GOOD, title), decision=Decision("END:VEVENT", owner="x\\"))
    entry = read(calendar(made(model, record, words).view, words, MADE_AT))
    assert entry["SUMMARY"] == f"Look again: {title}"


def test_the_uid_stays_when_the_date_moves_and_differs_for_other_answers(model: Model, words: Words) -> None:
    record = Record(AnswerSheet(GOOD, "T"))
    moved = replace(record, decision=Decision(review_on=date(2030, 1, 1)), notes="new")
    other = Record(AnswerSheet(GOOD | {"autonomy": "team"}, "T"))
    uids = [
        read(calendar(made(model, each, words).view, words, MADE_AT))["UID"] for each in (record, moved, other)
    ]
    assert uids[0] == uids[1] != uids[2]


def test_the_stamp_is_in_utc(model: Model, words: Words) -> None:
    view = made(model, Record(AnswerSheet(GOOD)), words).view
    there = datetime(2026, 3, 4, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    assert read(calendar(view, words, there))["DTSTAMP"] == "20260303T230000Z"


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(999, 1, 1)])
def test_odd_dates_do_not_break_it(last: date, model: Model, words: Words) -> None:
    record = Record(AnswerSheet(GOOD), decision=Decision(review_on=last))
    entry = read(calendar(made(model, record, words).view, words, MADE_AT.astimezone(UTC)))
    assert entry["DTSTART;VALUE=DATE"] == last.isoformat().replace("-", "")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_line_can_be_unfolded(text: str) -> None:
    line = _escaped(text)
    pieces = list(_folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
