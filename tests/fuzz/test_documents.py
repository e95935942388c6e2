"""Files of JSON, a line of JSON at a time, and what is in the store: only our own errors, whatever comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.cases import parse_cases
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, check_sheet, read_sheet
from okr_assistant.decision.strict_json import read_json
from okr_assistant.drafting.forms import forms
from okr_assistant.drafting.goal_draft import read_goal_draft
from okr_assistant.drafting.lines import read_draft
from okr_assistant.errors import OkrAssistantError
from okr_assistant.export.document import document
from okr_assistant.paths import CASES, LINT, MODELS
from okr_assistant.portfolio.mapping import Column, Mapping
from okr_assistant.portfolio.mapping_file import read_mapping, write_mapping
from okr_assistant.portfolio.portfolio_file import read_portfolio, write_portfolio
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.results import _read as read_results
from okr_assistant.sharing.snapshot import LEVELS, freeze
from okr_assistant.store.room_rows import room_from_row
from okr_assistant.store.rows import link_from_row, result_from_row
from okr_assistant.workshop.room import Room
from tests.drafting.drafts import full
from tests.export.reading import read_document
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import damaged_bytes, damaged_json
from tests.portfolio.samples import portfolio
from tests.still import NOON
from tests.store.samples import a_record, a_room

OURS = Models(MODELS)
MODEL: Model = OURS.newest

SHEET = json.dumps(
    {"answers": {"work_kind": "change", "autonomy": "team"}, "title": "T", "model": "2026.1"}
).encode()
FOUND = assessment(MODEL, a_record().sheet)
DOCUMENT = document(FOUND, a_record())
RECORD = json.dumps(a_record().to_json()).encode()
RESULTS = json.dumps({"format": 1, "results": [a_record().to_json(), Record(AnswerSheet()).to_json()]}).encode()
MAPPING = write_mapping(
    Mapping((Column("Summary", "title"), Column("Kind", question="work_kind", values={"a": "b"})))
)
SMALL = portfolio(MODEL)
PORTFOLIO = write_portfolio(SMALL)
DRAFTS = [json.dumps(full(form, variant).to_json()).encode() for form in forms() for variant in form.variants]
CASE_LINES = CASES.read_bytes().splitlines()[:8]
LINT_LINES = (LINT / "corpus.jsonl").read_bytes().splitlines()[:40]
SNAPSHOTS = [json.dumps(freeze(FOUND, a_record(), level, NOON.date()).to_json()).encode() for level in LEVELS]
ROOM = TypeAdapter(Room).dump_json(a_room())


def sheet(data: bytes) -> object:
    found = read_sheet(data)
    check_sheet(MODEL, found.answers)
    return found


def link_row(data: bytes) -> object:
    row: Any = SimpleNamespace(
        token_hash=b"", owner_hash=b"", snapshot=data.decode("utf-8", "replace"), made_at=NOON, expires_at=NOON,
        ended_at=None, remarks_open=True,
    )  # fmt: skip
    return link_from_row(row)


def result_row(data: bytes) -> object:
    row: Any = SimpleNamespace(id="1", record=data.decode("utf-8", "replace"), saved_at=NOON, changed_at=NOON)
    return result_from_row(row)


def room_row(data: bytes) -> object:
    row: Any = SimpleNamespace(state=data.decode("utf-8", "replace"))
    return room_from_row(row)


READERS: dict[str, tuple[Callable[[bytes], object], list[bytes]]] = {
    "sheet": (sheet, [SHEET]),
    "document": (lambda data: read_document(data, OURS), [DOCUMENT, RECORD, SHEET]),
    "results": (lambda data: read_results(read_json(data, "file"), "file"), [RESULTS]),
    "mapping": (read_mapping, [MAPPING]),
    "portfolio": (lambda data: read_portfolio(data, OURS), [PORTFOLIO]),
    "first draft": (read_goal_draft, DRAFTS),
    "published case": (lambda data: parse_cases(data, "cases", MODEL), CASE_LINES),
    "line for the linter": (lambda data: read_draft(data, "line 1").lint(), LINT_LINES),
    "stored link": (link_row, SNAPSHOTS),
    "stored result": (result_row, [RECORD]),
    "stored room": (room_row, [ROOM]),
}


@pytest.mark.parametrize("name", READERS)
def test_the_samples_themselves_are_read(name: str) -> None:
    read, samples = READERS[name]
    assert all(read(sample) is not None for sample in samples)


@pytest.mark.robustness(40)
@pytest.mark.parametrize("name", READERS)
def test_damaged_json_is_read_or_refused_in_our_words(name: str) -> None:
    read, samples = READERS[name]

    @fuzz(300)
    @given(damaged_json(samples))
    def run(data: bytes) -> None:
        with bounded(), suppress(OkrAssistantError):
            read(data)

    run()


@pytest.mark.parametrize("name", READERS)
def test_damaged_and_random_bytes_are_read_or_refused_in_our_words(name: str) -> None:
    read, samples = READERS[name]

    @fuzz(80)
    @given(damaged_bytes(samples) | st.binary(max_size=100))
    def run(data: bytes) -> None:
        with bounded(), suppress(OkrAssistantError):
            read(data)

    run()
