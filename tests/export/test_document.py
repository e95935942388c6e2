"""The lossless export: what is written is read again, and a result that says something else is pointed out."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import OkrAssistantError, SheetError, TextError, UnknownModelError
from okr_assistant.export.document import MAX_BYTES, differences, document
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.paths import MODELS
from okr_assistant.sharing.record import Decision, Record
from tests.conftest import random_sheets
from tests.export.reading import read_document
from tests.export.samples import SAMPLES, every_record

OURS = Models(MODELS)


def written(record: Record) -> bytes:
    return document(assessment(OURS.newest, record.sheet), record)


def changed(name: str, **result: Any) -> bytes:
    whole = json.loads(written(SAMPLES[name]))
    whole["result"] |= result
    return json.dumps(whole).encode()


def test_it_has_the_documented_keys_and_the_contract(model: Model) -> None:
    for record in every_record(model):
        whole = json.loads(written(record))
        assert list(whole) == ["format", "sheet", "notes", "decision", "result"]
        assert whole["format"] == 1
        assert whole["sheet"]["model"] == model.version
        assert whole["result"] == assessment(model, record.sheet).to_json()
        assert whole["sheet"]["answers"] == record.sheet.answers
        assert (whole["sheet"]["title"], whole["notes"]) == (record.sheet.title, record.notes)


def test_it_is_far_from_its_limit(model: Model) -> None:
    longest = "\N{FAMILY}" * 2000
    for answers in [*random_sheets(model, 100, seed=53), dict.fromkeys(model.questions_by_id, "unsure"), {}]:
        record = Record(
            AnswerSheet(answers, longest[:120]), longest, Decision(longest[:120], longest, longest[:120])
        )
        assert len(written(record)) < MAX_BYTES // 4


def test_what_is_written_is_read_again(model: Model) -> None:
    for record in every_record(model):
        read = read_document(written(record), OURS)
        assert read.record == replace(record, sheet=replace(record.sheet, model=model.version))
        assert read.found == assessment(model, read.record.sheet)
        assert read.differences == ()
        assert document(read.found, read.record) == written(record)


def cleaned(clean: Any) -> Any:
    """Texts as they are kept, from any that can be."""

    def kept(text: str) -> str | None:
        try:
            return str(clean(text))
        except TextError:
            return None

    return st.text(max_size=130).map(kept).filter(lambda text: text is not None)


TITLES, NOTES = cleaned(clean_title), cleaned(clean_note)
SHEETS = st.fixed_dictionaries(
    {}, optional={question.id: st.sampled_from(question.choices) for question in OURS.newest.questions}
)
DECISIONS = st.builds(Decision, TITLES, NOTES, TITLES, st.none() | st.dates(date(1, 1, 1)))


@settings(max_examples=30)
@given(SHEETS, TITLES, NOTES, DECISIONS)
def test_any_record_survives(answers: dict[str, str], title: str, notes: str, decision: Decision) -> None:
    record = Record(AnswerSheet(answers, title, OURS.newest.version), notes, decision)
    assert read_document(written(record), OURS)[::2] == (record, ())


def test_a_bare_sheet_is_a_record_without_anything_else(model: Model) -> None:
    read = read_document(b'{"answers": {"work_kind": "learn"}, "title": "T"}', OURS)
    assert read.record == Record(AnswerSheet({"work_kind": "learn"}, "T"))
    assert read.found.result.approach == "discovery"
    assert read.differences == ()


def test_a_result_that_was_changed_is_pointed_out_and_not_used() -> None:
    data = changed("good", verdict="not_okr", approach="bets", stands=0.5)
    read = read_document(data, OURS)
    assert read.differences == ("verdict", "approach", "stands")
    assert read.found.result.approach == "okr"


def test_a_difference_deep_inside_is_found() -> None:
    ranking = json.loads(written(SAMPLES["good"]))["result"]["ranking"]
    ranking[0]["contributions"][0]["points"] = 7
    assert read_document(changed("good", ranking=ranking), OURS).differences == ("ranking",)


def test_answers_that_were_changed_are_seen_in_the_result() -> None:
    whole = json.loads(written(SAMPLES["good"]))
    whole["sheet"]["answers"]["work_kind"] = "sustain"
    assert {"answers", "ranking"} <= set(read_document(json.dumps(whole).encode(), OURS).differences)


@pytest.mark.parametrize(
    ("stored", "now", "differs"),
    [
        ({"a": 1}, {"a": 1.0}, False),
        ({"a": True}, {"a": 1}, True),
        ({"a": None}, {"a": 0}, True),
        ({"a": [1, 2]}, {"a": [1]}, True),
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, True),
        ({"a": []}, {"a": {}}, True),
        ({"new": 1}, {"a": 1}, False),
        ({}, {"a": 1}, False),
    ],
)
def test_when_two_results_differ(stored: dict[str, Any], now: dict[str, Any], differs: bool) -> None:
    assert bool(differences(stored, now)) == differs


def test_a_record_opens_on_the_model_it_names(tmp_path: Path) -> None:
    data = written(SAMPLES["good"])
    shutil.copytree(MODELS, tmp_path / "models")
    shutil.copytree(MODELS / "2026.1", tmp_path / "models" / "2026.2")
    file = tmp_path / "models" / "2026.2" / "model.toml"
    text = file.read_text("utf-8").replace('version = "2026.1"', 'version = "2026.2"')
    file.write_text(text.replace("points = 6", "points = 5"), "utf-8")
    newer = Models(tmp_path / "models")
    assert newer.newest.version == "2026.2"
    read = read_document(data, newer)
    assert (read.found.model.version, read.differences) == ("2026.1", ())


def test_places_are_named() -> None:
    with pytest.raises(UnknownModelError) as unknown:
        read_document(b'{"format": 1, "sheet": {"answers": {}, "model": "1999.1"}}', OURS, "file")
    assert unknown.value.place == "file: sheet: model"
    with pytest.raises(SheetError) as wrong:
        read_document(b'{"format": 1, "sheet": {"answers": {"work_kind": "x"}}}', OURS, "file")
    assert wrong.value.place == "file: sheet: answers.work_kind"


def test_a_bare_sheet_keeps_its_limit() -> None:
    large = b'{"answers": {}}'.ljust(64 * 1024 + 1)
    with pytest.raises(SheetError, match="64 KiB"):
        read_document(large, OURS)
    assert read_document(b'{"format": 1, "sheet": {"answers": {}}}'.ljust(64 * 1024 + 1), OURS).differences == ()


@given(st.binary(max_size=200))
def test_random_bytes_raise_only_our_errors(data: bytes) -> None:
    with suppress(OkrAssistantError):
        read_document(data, OURS)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["format", "sheet", "notes", "decision", "result", "answers", "title", "owner", "review_on"]
)


@given(st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON, max_size=3), max_size=5))
def test_random_tables_raise_only_our_errors(raw: dict[str, Any]) -> None:
    with suppress(OkrAssistantError):
        read_document(json.dumps({"sheet": {"answers": {}}} | raw).encode(), OURS)
