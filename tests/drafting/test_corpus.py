"""The corpus: large and varied enough, and the linter is right about it often enough."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from okr_assistant.drafting.accuracy import Accuracy, accuracy, read_labelled
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import LINT

CORPUS = LINT / "corpus.jsonl"
LINES = CORPUS.read_bytes().splitlines()
RAW: list[dict[str, Any]] = [json.loads(line) for line in LINES]
ENOUGH = 20
PRECISION, RECALL = 0.90, 0.75

FOUND = accuracy(read_labelled(LINES, CORPUS.name))
JUDGED = [
    pytest.param(row, id=f"{part or 'all'}-{row.rule}")
    for part, rows in FOUND.items()
    for row in rows
    if row.positives >= ENOUGH and row.negatives >= ENOUGH
]


@pytest.mark.parametrize("row", JUDGED)
def test_the_linter_is_right_often_enough(row: Accuracy) -> None:
    assert row.precision is not None
    assert row.recall is not None
    assert row.precision >= PRECISION, row
    assert row.recall >= RECALL, row


def test_nearly_every_rule_is_judged() -> None:
    """The others are reported by ``okr-assistant lint --report``."""
    judged = {row.rule for row in FOUND[""] if row.positives >= ENOUGH and row.negatives >= ENOUGH}
    assert {row.rule for row in FOUND[""]} - judged == {"too_few", "too_many"}, (
        "these two are a matter of counting"
    )
    assert all(row.precision == row.recall == 1 for row in FOUND[""] if row.rule not in judged)


def test_the_corpus_is_large_and_from_many_places() -> None:
    kinds = Counter(line.get("kind", "set") for line in RAW)
    assert kinds["key_result"] >= 250
    assert kinds["objective"] >= 100
    assert kinds["set"] >= 30
    assert kinds["metric"] >= 40
    assert kinds["hypothesis"] >= 40
    assert len({line["industry"] for line in RAW}) >= 11
    assert set(FOUND) == {"", "development", "held_out", "other_words", "last", "sheets"}


def test_no_line_is_there_twice() -> None:
    assert len({line["id"] for line in RAW}) == len(RAW)
    texts = [json.dumps([line.get("kind"), line.get("text"), line.get("objective")]) for line in RAW]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_a_file_without_parts_has_one_table() -> None:
    lines = [b'{"id": 1, "kind": "objective", "text": "Improve quality", "rules": ["vague"]}'] * 2
    found = accuracy(read_labelled(lines, "mine"))
    assert list(found) == [""]
    row = next(row for row in found[""] if row.rule == "vague")
    assert (row.positives, row.negatives, row.right, row.wrong) == (2, 0, 2, 0)
    assert row.precision == row.recall == 1
    other = next(row for row in found[""] if row.rule == "too_long")
    assert (other.precision, other.recall) == (None, None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": 1, "kind": "objective", "text": "x"}', "missing_key"),
        (b'{"id": 1, "kind": "objective", "text": "x", "rules": "vague"}', "wrong_type"),
        (b'{"id": 1, "kind": "objective", "text": "x", "rules": ["binary"]}', "not_allowed"),
        (b'{"id": 1, "kind": "objective", "text": "x", "rules": [1]}', "not_allowed"),
    ],
)
def test_labels_that_do_not_fit_are_named_with_their_line(line: bytes, problem: str) -> None:
    with pytest.raises(OkrAssistantError) as refusal:
        list(read_labelled([line], "mine"))
    assert refusal.value.problem == problem
    assert refusal.value.place == "mine, line 1: rules"
