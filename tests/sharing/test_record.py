"""A record as JSON: read again as it was, and refused where it is not one. The wrong ones are in adversarial."""

from __future__ import annotations

import json
from datetime import date

import pytest

from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from okr_assistant.sharing.record import Decision, Record, record_from_json

FULL = Record(
    AnswerSheet({"work_kind": "change"}, "Größe", "2026.1"),
    "One.\nTwo.",
    Decision("OKRs", "Because.\nTwo lines.", "Ada", date(2026, 5, 2)),
)


@pytest.mark.parametrize(
    "record",
    [FULL, Record(AnswerSheet()), Record(AnswerSheet({}, "T"), decision=Decision(review_on=date(1, 1, 1)))],
    ids=["full", "empty", "a date alone"],
)
def test_what_is_written_is_read_again(record: Record) -> None:
    assert record_from_json(record.to_json()) == (record, None)
    assert record_from_json(json.loads(json.dumps(record.to_json()))) == (record, None)


def test_it_has_the_documented_keys() -> None:
    assert FULL.to_json() == {
        "format": 1,
        "sheet": {"answers": {"work_kind": "change"}, "title": "Größe", "model": "2026.1"},
        "notes": "One.\nTwo.",
        "decision": {
            "decided": "OKRs",
            "because": "Because.\nTwo lines.",
            "owner": "Ada",
            "review_on": "2026-05-02",
        },
    }


def test_a_record_without_a_model_says_none() -> None:
    assert "model" not in Record(AnswerSheet()).to_json()["sheet"]


def test_all_but_the_sheet_may_be_missing() -> None:
    assert record_from_json({"format": 1, "sheet": {"answers": {}}}) == (Record(AnswerSheet()), None)


def test_a_bare_sheet_is_a_record() -> None:
    assert record_from_json({"answers": {"a": "b"}, "title": "T"}) == (Record(AnswerSheet({"a": "b"}, "T")), None)


def test_the_result_is_handed_back_unread() -> None:
    for result in (3, [], {"verdict": "?"}, None):
        assert record_from_json({"format": 1, "sheet": {"answers": {}}, "result": result})[1] == result


def test_text_is_cleaned() -> None:
    raw = {"format": 1, "sheet": {"answers": {}}, "notes": " a\r\nb ", "decision": {"owner": " Ada "}}
    record, _ = record_from_json(raw)
    assert (record.notes, record.decision.owner) == ("a\nb", "Ada")


@pytest.mark.parametrize(
    "day", ["20261231", "2026-W01-1", "2026-12-31T00:00", "2026-13-01", "", "31.12.2026", 3, True, []]
)
def test_a_date_has_one_form(day: object) -> None:
    """A week once passed as a date, because Python takes it for one of the same length."""
    with pytest.raises(SheetError) as caught:
        record_from_json({"format": 1, "sheet": {"answers": {}}, "decision": {"review_on": day}}, "file")
    assert caught.value.place == "file: decision.review_on"


def test_a_decision_counts_once_anything_is_said() -> None:
    assert not Decision()
    for decision in (
        Decision("x"),
        Decision(because="x"),
        Decision(owner="x"),
        Decision(review_on=date(2026, 1, 1)),
    ):
        assert decision
