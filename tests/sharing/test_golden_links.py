"""Links of every release open for ever: the same approach, the same points, the same texts of the model.

One file for each release, written when it is made and never changed: ``data/links-<release>.json``.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.portable import open_portable
from okr_assistant.sharing.snapshot import thaw

GOLDEN = [
    (file.stem, entry)
    for file in sorted((Path(__file__).parent / "data").glob("links-*.json"))
    for entry in json.loads(file.read_text(encoding="utf-8"))
]


def texts(models: Models, version: str, answers: dict[str, str]) -> str:
    """A digest of the model's texts that this result shows: reasons, fixes, variants, topics, first steps."""
    found = assessment(models.get(version), AnswerSheet(answers, model=version))
    result = found.result.to_json()
    advice = [found.model.texts[id_].monday for id_ in found.result.outcome]
    shown = json.dumps([result["ranking"], result["conditions"], result["contested"], result["variant"], advice])
    return hashlib.sha256(shown.encode()).hexdigest()


def test_there_is_a_file_for_the_first_release() -> None:
    assert len(GOLDEN) >= 40


@pytest.mark.robustness(29)
@pytest.mark.parametrize(("release", "entry"), GOLDEN)
def test_a_link_opens_as_when_it_was_made(models: Models, release: str, entry: dict[str, Any]) -> None:
    record = open_portable(models, entry["payload"])
    assert record.sheet.model == entry["model"]
    assert record.sheet.answers == entry["answers"]
    assert (record.sheet.title, record.notes) == (entry["title"], entry["notes"])
    result = assessment(models.get(entry["model"]), record.sheet).result
    assert [result.approach, list(result.tied), result.verdict] == entry["outcome"]
    assert {ranked.approach: ranked.points for ranked in result.ranking} == entry["points"]
    assert texts(models, entry["model"], entry["answers"]) == entry["texts"]


@pytest.mark.robustness(29)
@pytest.mark.parametrize(("release", "entry"), [each for each in GOLDEN if "snapshot" in each[1]])
def test_a_snapshot_is_read_as_it_was_frozen(models: Models, release: str, entry: dict[str, Any]) -> None:
    snapshot = thaw(entry["snapshot"])
    assert snapshot.to_json() == entry["snapshot"]
    assert models.get(snapshot.model).digest == snapshot.digest
    assert snapshot.alone.approach == entry["outcome"][0]
