"""Integer-coded sheets say exactly what ``assess`` says of the answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from okr_assistant.decision.assess import assess, read_answers
from okr_assistant.decision.changes import verdicts
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import Tables, tables_of
from tests.conftest import random_sheets
from tests.decision.small_models import models
from tests.decision.test_assess import all_sheets, small_model


def says_the_same(model: Model, sheets: list[dict[str, str]]) -> None:
    tables = tables_of(model)
    rows = np.stack([tables.encode(answers) for answers in sheets])
    seen, masks = tables.seen(rows), tables.outcomes(rows)
    points, blocked = tables.totals(seen), tables.blocked(seen)
    told = verdicts(tables, rows, masks)
    for place, answers in enumerate(sheets):
        result = assess(model, AnswerSheet(answers))
        assert tables.decode(rows[place]) == answers
        assert tables.decode(seen[place]) == read_answers(model, answers).counted
        assert tables.names(int(masks[place])) == result.outcome
        assert told[place] == result.verdict
        for number, approach in enumerate(tables.approaches):
            assert points[number, place] == result.ranked(approach).points
            assert blocked[number, place] == bool(result.ranked(approach).blocked_by)


@settings(max_examples=60, derandomize=True)
@given(models())
def test_on_all_sheets_of_small_models(model: Model) -> None:
    says_the_same(model, all_sheets(model)[:500])


def test_on_random_sheets_of_the_real_model(model: Model) -> None:
    says_the_same(model, list(random_sheets(model, 3_000, seed=3)))


def test_outcomes_of_many_sheets(model: Model) -> None:
    """Open, unsure and hidden answers are among them."""
    tables = tables_of(model)
    sheets = list(random_sheets(model, 20_000, seed=4))
    masks = tables.outcomes(np.stack([tables.encode(answers) for answers in sheets]))
    names = {mask: tables.names(mask) for mask in np.unique(masks).tolist()}
    for answers, mask in zip(sheets, masks.tolist(), strict=True):
        assert names[mask] == assess(model, AnswerSheet(answers)).outcome


@pytest.mark.parametrize("order", ["C", "F"])
def test_the_layout_of_a_batch_makes_no_difference(model: Model, order: str) -> None:
    tables = tables_of(model)
    rows = np.stack([tables.encode(answers) for answers in random_sheets(model, 500)])
    laid_out = np.array(rows, order=order)  # type: ignore[call-overload]  # numpy wants the literals
    assert (tables.outcomes(laid_out) == tables.outcomes(rows)).all()
    assert (laid_out == rows).all()


def test_no_sheets_have_no_outcomes(model: Model) -> None:
    tables = tables_of(model)
    assert tables.outcomes(np.zeros((0, len(tables.questions)), dtype=np.uint8)).shape == (0,)


def test_tables_are_built_once_for_each_model_object() -> None:
    """Models of tests have no digest, so a model is known by being the same object."""
    first, second = small_model(), small_model()
    assert tables_of(first) is tables_of(first)
    assert tables_of(first) is not tables_of(second)


def test_a_blocked_approach_never_leads_not_even_with_the_lowest_points_of_all() -> None:
    """Points are kept without a sign; the place of a blocked approach must lie below the lowest sum there is."""
    worst = {"approach": "flow", "points": -6, "because": "b", "sources": ("s",)}
    options = tuple({"id": id_, "label": id_, "points": (worst,)} for id_ in ("x", "y"))
    plain = small_model()
    question = plain.questions[0].model_dump(by_alias=True) | {"options": options, "ask_if": None}
    rule = {"id": "r", "when": {"question": "a", "in": ("x",)}, "because": "b", "sources": ("s",)}
    approaches = tuple(approach.model_dump() for approach in plain.approaches if approach.id != "bets")
    model = small_model(
        questions=(question,),
        approaches=approaches,
        rules=({**rule, "kind": "blocker", "approach": "okr"},),
    )
    tables: Tables = tables_of(model)
    says_the_same(model, all_sheets(model))
    assert tables.names(int(tables.outcomes(tables.encode({"a": "x"})[np.newaxis])[0])) == ("flow",)
