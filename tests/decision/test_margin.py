"""How firmly an outcome stands: against trying everything one by one, and where the answer can be computed."""

from __future__ import annotations

from math import gcd

import pytest
from hypothesis import given, settings

from okr_assistant.decision.assess import assess
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from tests.conftest import random_sheets
from tests.decision import brute_force
from tests.decision.small_models import models_with_sheets
from tests.decision.test_assess import small_model


def is_as_defined(model: Model, answers: dict[str, str]) -> None:
    found = firmness(model, AnswerSheet(answers))
    now = assess(model, AnswerSheet(answers))
    slips = brute_force.slips(model, answers)
    differ = any(outcome != now.outcome for outcome in slips)
    assert found.margin.label == ("tie" if now.tied else "narrow" if differ else "clear")
    reached = {approach for outcome in slips for approach in outcome} - set(now.outcome)
    assert found.margin.to == tuple(approach for approach in model.approaches_by_id if approach in reached)
    lead = brute_force.lead(now)
    assert found.margin.points == (None if lead == float("inf") else lead)
    assert found.rests_on == brute_force.rests_on(model, answers)
    assert 0 <= found.stands <= 1


@settings(max_examples=150, derandomize=True)
@given(models_with_sheets())
def test_it_is_as_defined_on_small_models(drawn: tuple[Model, dict[str, str]]) -> None:
    is_as_defined(*drawn)


def test_it_is_as_defined_on_the_real_model(model: Model) -> None:
    labels = set()
    for answers in random_sheets(model, 200, seed=21):
        is_as_defined(model, answers)
        labels.add(firmness(model, AnswerSheet(answers)).margin.label)
    assert labels == {"tie", "narrow", "clear"}


def two_approaches(okr: int, flow: int) -> Model:
    """One question whose answer ``x`` gives both some points."""
    given = tuple(
        {"approach": id_, "points": points, "because": "b", "sources": ("s",)}
        for id_, points in (("okr", okr), ("flow", flow))
        if points
    )
    plain = small_model()
    options = ({"id": "x", "label": "x", "points": given}, {"id": "y", "label": "y"})
    return small_model(
        questions=(plain.questions[0].model_dump(by_alias=True) | {"options": options},),
        approaches=tuple(approach.model_dump() for approach in plain.approaches if approach.id != "bets"),
    )


@pytest.mark.parametrize(
    ("okr", "flow", "expected", "why"),
    [
        (6, 3, 1.0, "4.8 is more than 3.6 at worst"),
        (6, 0, 1.0, "what is nothing stays nothing"),
        (0, 0, 1.0, "a tie of nothing with nothing stays one"),
        (4, 4, 0.0, "a tie of numbers does not"),
        # 5 f < 4 g with f, g in [0.8, 1.2]: a triangle with the sides 0.16 (f) and 0.2 (g) out of 0.4 * 0.4
        (5, 4, 0.9, "one in ten"),
        (6, 4, 1.0, "4.8 is as much as 4.8 at the very worst"),
    ],
)
def test_how_many_models_agree(okr: int, flow: int, expected: float, why: str) -> None:
    stands = firmness(two_approaches(okr, flow), AnswerSheet({"a": "x"})).stands
    assert stands == pytest.approx(expected, abs=0.03 if 0 < expected < 1 else 0), why


def test_it_is_tried_on_a_thousand_models(model: Model) -> None:
    trials = [1000 * firmness(model, AnswerSheet(answers)).stands for answers in random_sheets(model, 30, seed=23)]
    assert all(number == pytest.approx(round(number)) for number in trials)
    assert gcd(*map(round, trials), 1000) == 1, "of 500 models, all of them would be even"


def test_an_unfirm_outcome_rests_on_the_answers_that_carry_it() -> None:
    found = firmness(two_approaches(6, 3), AnswerSheet({"a": "x"}))
    assert (found.margin.label, found.margin.points, found.margin.to) == ("clear", 3, ())
    assert found.rests_on == ("a",)


def test_it_is_the_same_every_time(model: Model) -> None:
    for answers in random_sheets(model, 20, seed=22):
        assert firmness(model, AnswerSheet(answers)) == firmness(
            model, AnswerSheet(dict(reversed(answers.items())))
        )


def test_a_sheet_of_another_questionnaire_is_refused(model: Model) -> None:
    with pytest.raises(SheetError):
        firmness(model, AnswerSheet({"work_kind": "nobody"}))
