"""Many sheets at once: the same outcome and place as one by one, and a share close to the one that is counted."""

from __future__ import annotations

import numpy as np
import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.batch import code_sheets
from okr_assistant.decision.completions import draws
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.many import find_many
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import tables_of
from tests.conftest import random_sheets
from tests.decision.random_models import every_sheet, random_model


def test_it_is_what_assess_says_of_each_sheet(model: Model) -> None:
    sheets = list(random_sheets(model, 600, seed=11))
    for answers, found in zip(sheets, find_many(model, code_sheets(model, sheets)), strict=True):
        result = assess(model, AnswerSheet(answers))
        assert (found.outcome, found.verdict) == (result.outcome, result.verdict), answers
        assert found.open == len(result.open), answers
        assert found.okr_blocked == bool(result.ranked("okr").blocked_by)
        for mean, position in ((found.vision, result.profile.vision), (found.clarity, result.profile.outcome)):
            assert (mean is None) == (position.value is None), answers
            assert mean is None or mean == pytest.approx(position.value)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_so_on_any_model(seed: int) -> None:
    model = random_model(seed)
    sheets = list(every_sheet(model))
    for answers, found in zip(sheets, find_many(model, code_sheets(model, sheets)), strict=True):
        assert found.outcome == assess(model, AnswerSheet(answers)).outcome, answers


def test_shares_are_those_of_foresight_but_for_drawing_fewer(model: Model) -> None:
    """256 draws know a share to 0.03 (one standard deviation); five of them are never reached."""
    sheets = list(random_sheets(model, 150, seed=12))
    errors = [
        found.share - foresee(model, AnswerSheet(answers)).shares[found.outcome[0]]
        for answers, found in zip(sheets, find_many(model, code_sheets(model, sheets)), strict=True)
        if len(found.outcome) == 1
    ]
    assert len(errors) > 100
    assert max(map(abs, errors)) < 0.16
    assert abs(float(np.mean(errors))) < 0.01


def test_a_sheet_without_open_questions_keeps_its_outcome_for_certain(model: Model) -> None:
    complete = {question.id: question.options[0].id for question in model.questions}
    (found,) = find_many(model, code_sheets(model, [complete]))
    assert found.share == 1


def test_a_settled_sheet_has_a_share_of_one(model: Model) -> None:
    sheets = [answers for answers in random_sheets(model, 150, seed=13) if foresee_settled(model, answers)]
    assert sheets
    assert {found.share for found in find_many(model, code_sheets(model, sheets))} == {1.0}


def foresee_settled(model: Model, answers: dict[str, str]) -> bool:
    return foresee(model, AnswerSheet(answers)).settled


def test_no_sheets_give_nothing(model: Model) -> None:
    assert find_many(model, code_sheets(model, [])) == []


def test_equal_sheets_and_the_order_of_the_others_change_nothing(model: Model) -> None:
    sheets = list(random_sheets(model, 40, seed=14))
    found = find_many(model, code_sheets(model, sheets))
    again = find_many(model, code_sheets(model, [*reversed(sheets), *sheets]))
    assert again == [*reversed(found), *found]


def test_a_share_counts_each_distinct_completion_once(model: Model) -> None:
    """By hand, on the same draws: of those that differ in hidden questions only, the one with first options."""
    tables = tables_of(model)
    drawn = [tables.decode(row) for row in draws(tables)[:256]]
    gated = [model.questions[place] for place in tables.gated]
    sheets = [answers for answers in random_sheets(model, 300, seed=15) if is_gate_open(model, answers)][:12]
    assert len(sheets) == 12
    differs = 0
    for answers, found in zip(sheets, find_many(model, code_sheets(model, sheets)), strict=True):
        results = [assess(model, AnswerSheet(row | answers)) for row in drawn]
        kept = [
            result
            for row, result in zip(drawn, results, strict=True)
            if all(
                row[question.id] == question.options[0].id
                for question in gated
                if question.id in result.ignored and question.id not in answers
            )
        ]
        same = sum(result.outcome == found.outcome for result in kept)
        assert found.share == pytest.approx(same / len(kept)), answers
        differs += found.share != pytest.approx(sum(r.outcome == found.outcome for r in results) / len(results))
    assert differs, "it matters which are counted"


def is_gate_open(model: Model, answers: dict[str, str]) -> bool:
    """A question that decides whether another one is asked is open, and so is that one."""
    tables = tables_of(model)
    gates = {model.questions[place].id for place in tables.gates}
    gated = {model.questions[place].id for place in tables.gated}
    return not gates & set(answers) and bool(gated - set(answers))
