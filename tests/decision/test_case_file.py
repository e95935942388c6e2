"""The published cases that ship, and reading such a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision.agreement import Figure, evaluate
from okr_assistant.decision.cases import APPROACHES, Case, parse_cases
from okr_assistant.decision.loader import read_cases
from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError, SheetError
from okr_assistant.views.agreement import agreement_lines
from okr_assistant.words import Words
from tests.decision.some_cases import case, read

# what ships


def test_the_shipped_cases_are_all_there_and_say_where_they_come_from(shipped: tuple[Case, ...]) -> None:
    assert len(shipped) == 91
    assert sum(found.contested for found in shipped) == 19
    assert sum(bool(found.approaches) for found in shipped) == 26
    for found in shipped:
        assert all((found.situation, found.why, found.author, found.title, found.url, found.category)), found.id


def test_every_approach_that_agrees_with_an_author_is_in_the_model(model: Model) -> None:
    assert {id_ for ids in APPROACHES.values() for id_ in ids} == set(model.approaches_by_id) - {"okr"}


def test_figures_of_the_shipped_cases_add_up(model: Model, shipped: tuple[Case, ...], words: Words) -> None:
    """The figures themselves are in the output (pytest -s); what they should be is a matter of the model."""
    found = evaluate(model, shipped)
    print("\n".join(agreement_lines(found, words)))
    assert found.overall.of == 91
    assert {found.uncontested.of, found.clear_share.of, found.others_flagged.of, found.guess.of} == {72}
    assert (found.plain_okr.of, found.approach.of, found.contested_flagged.of) == (19, 26, 19)
    assert found.clear.of == found.clear_share.count
    assert (found.guess, found.best_guess) == (Figure(53, 72), Figure(54, 72)), "whatever the model says"
    sides = [one for one in found.disagreements if not one.side_agrees]
    assert len(sides) == 91 - found.overall.count
    assert found.uncontested.of - found.uncontested.count == sum(not one.case.contested for one in sides)
    assert sum(one.approach_agrees is False for one in found.disagreements) == 26 - found.approach.count


AT_LEAST = {
    "uncontested": 0.80,
    "approach": 0.80,
    "plain_okr": 0.50,
    "contested_flagged": 0.70,
    "clear_share": 0.40,
}

AT_MOST = {"others_flagged": 0.25}


def test_agreement_stays_where_it_was_promised(models: Any, shipped: tuple[Case, ...]) -> None:
    """What model 2026.1 was accepted with, and what no change to it may lose."""
    found = evaluate(models.get("2026.1"), shipped)
    for name, share in AT_LEAST.items():
        assert getattr(found, name).share >= share, name
    for name, share in AT_MOST.items():
        assert getattr(found, name).share <= share, name


BAD: dict[str, tuple[Callable[[dict[str, Any]], Any], str, str]] = {
    "no table": (lambda _: [], "wrong_type", "line 2"),
    "unknown key": (lambda c: c | {"colour": 3}, "unknown_key", "line 2"),
    "no answers": (lambda c: {k: v for k, v in c.items() if k != "answers"}, "missing_key", "line 2: answers"),
    "no verdict": (lambda c: {k: v for k, v in c.items() if k != "verdict"}, "missing_key", "line 2: verdict"),
    "an author is never undecided": (lambda c: c | {"verdict": "undecided"}, "not_allowed", "line 2: verdict"),
    "unknown approach": (lambda c: c | {"instead": "kanban"}, "not_allowed", "line 2: instead"),
    "number as text": (lambda c: c | {"year": "2022"}, "not_allowed", "line 2: year"),
    "a flag as a number": (lambda c: c | {"contested": 1}, "not_allowed", "line 2: contested"),
    "empty situation": (lambda c: c | {"situation": ""}, "not_allowed", "line 2: situation"),
    "not an address": (lambda c: c | {"url": "javascript:alert(1)"}, "not_allowed", "line 2: url"),
    "an answer that is no text": (lambda c: c | {"answers": {"work_kind": 1}}, "not_allowed", "answers.work_kind"),
    "unknown question": (lambda c: c | {"answers": {"x": "y"}}, "unknown_question", "line 2: answers"),
    "unknown option": (lambda c: c | {"answers": {"work_kind": "y"}}, "unknown_option", "answers.work_kind"),
    "the same id": (lambda c: c | {"id": "one"}, "duplicate_id", "line 2: id"),
}


# reading


@pytest.mark.parametrize("name", BAD)
def test_a_bad_case_is_refused_with_file_line_and_key(name: str, model: Model, words: Words) -> None:
    edit, problem, place = BAD[name]
    with pytest.raises(SheetError) as error:
        read(case(), edit(case(id="two")), model=model)
    assert error.value.problem == problem
    assert error.value.place.startswith("cases.jsonl, line 2")
    assert place in error.value.place
    line = words.error_line(error.value)
    assert "\n" not in line
    assert "allowed" in line or problem == "missing_key"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{}\n\n", "missing_key"),
        (b"\n", "not_json"),
        (b'{"id": 1, "id": 2}', "duplicate_key"),
        (b'{"year": NaN}', "not_a_number"),
        (b'{"id": "\xff"}', "not_utf8"),
        (b"x" * (64 * 1024 + 1), "too_large"),
        (b" " * (1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_case_at_all_is_refused(content: bytes, problem: str, model: Model) -> None:
    with pytest.raises(SheetError) as error:
        parse_cases(content, "cases.jsonl", model)
    assert error.value.problem == problem


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_lines_end_as_on_any_system(end: bytes, model: Model) -> None:
    lines = [json.dumps(case(id=id_)).encode() for id_ in ("one", "two")]
    found = parse_cases((end or b"\n").join(lines) + end, "cases.jsonl", model)
    assert [one.id for one in found] == ["one", "two"]


def test_an_empty_file_has_no_cases_and_no_shares(model: Model, words: Words) -> None:
    found = evaluate(model, parse_cases(b"", "cases.jsonl", model))
    assert (found.overall, found.overall.share, found.disagreements) == (Figure(0, 0), None, ())
    assert "Nowhere." in list(agreement_lines(found, words))


def test_a_file_that_is_not_there_is_named(model: Model, tmp_path: Path) -> None:
    with pytest.raises(OkrAssistantError) as error:
        read_cases(tmp_path / "missing.jsonl", model)
    assert "missing.jsonl" in error.value.place
