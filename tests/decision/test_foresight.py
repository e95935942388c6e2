"""What is still possible, what it is worth to answer: by the definitions, and by what they promise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from okr_assistant.decision import completions, counting, possible
from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import Codes, Tables, tables_of
from okr_assistant.errors import SheetError
from tests.conftest import complete_sheets, random_sheets
from tests.decision import brute_force
from tests.decision.small_models import models_with_sheets
from tests.decision.test_assess import small_model

SMALL = settings(max_examples=100, derandomize=True)


def with_open(model: Model, count: int, how_many: int, seed: int) -> Iterator[dict[str, str]]:
    """Sheets with this many questions without an answer, the others with any answer."""
    dice = random.Random(seed)
    for _ in range(count):
        left_out = dice.sample(list(model.questions_by_id), how_many)
        yield {q.id: dice.choice(q.choices) for q in model.questions if q.id not in left_out}


def coded(model: Model, answers: dict[str, str]) -> tuple[Tables, Codes]:
    tables = tables_of(model)
    return tables, tables.encode(answers)


@contextmanager
def cramped() -> Iterator[None]:
    """Limits so low that small models need what only large ones need: several families, blocks, depth first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completions, "_MOST_ROWS", 3)
        patch.setattr(counting, "_BLOCK", 4)
        patch.setattr(possible, "_AT_ONCE", 2)
        patch.setattr(possible, "_MERGE_FROM", 1)
        yield


def is_as_defined(model: Model, answers: dict[str, str]) -> None:
    found = foresee(model, AnswerSheet(answers))
    assert found.possible == brute_force.possible(model, answers)
    assert found.settled == brute_force.settled(model, answers)
    assert found.shares == pytest.approx(brute_force.shares(model, answers))
    assert list(found.shares) == [*model.approaches_by_id, "tie"]
    assert found.shares_exact
    assert found.next_question == brute_force.next_question(model, answers)


@SMALL
@given(models_with_sheets())
def test_it_is_as_defined_on_small_models(drawn: tuple[Model, dict[str, str]]) -> None:
    is_as_defined(*drawn)


@SMALL
@given(models_with_sheets())
def test_the_search_finds_without_witnesses_what_is_possible(drawn: tuple[Model, dict[str, str]]) -> None:
    model, answers = drawn
    tables, raw = coded(*drawn)
    expected = brute_force.possible(model, answers)
    ways = completions.ways_of(tables, raw, unsure=True)
    assert tables.names(possible.possible(tables, ways, 0)) == expected
    with cramped():
        assert tables.names(possible.possible(tables, ways, 0)) == expected


@SMALL
@given(models_with_sheets())
def test_counting_by_outer_sums_counts_each_completion_once(drawn: tuple[Model, dict[str, str]]) -> None:
    model, answers = drawn
    tables, raw = coded(*drawn)
    found = brute_force.outcomes(model, answers, unsure=False)
    alone = [found.count((approach,)) for approach in tables.approaches]
    assert completions.how_many(tables, raw, 10**9) == len(found)
    assert counting.count_leaders(tables, raw, range(len(alone))) == alone
    with cramped():
        assert completions.how_many(tables, raw, 10**9) == len(found)
        assert counting.count_leaders(tables, raw, range(len(alone))) == alone


def test_a_hidden_question_of_a_blocker_is_counted_once_also_in_many_families() -> None:
    """``b`` blocks and is hidden by ``a``: split by ``b`` first, it would be counted for each option."""
    rule = {"id": "r", "kind": "blocker", "approach": "okr", "because": "x", "sources": ("s",)}
    model = small_model(rules=({**rule, "when": {"question": "b", "in": ("high",)}},))
    tables, raw = coded(model, {})
    with cramped():
        assert counting.count_leaders(tables, raw, range(3)) == [0, 3, 2]
    # flow: yes and high, no; so and high. bets: yes and low, so and low
    assert counting.count_leaders(tables, raw, range(3)) == [0, 3, 2]


def test_what_looks_less_promising_is_searched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second start leads after the first choice; the first one has more points, and is tried in vain."""
    monkeypatch.setattr(possible, "_AT_ONCE", 1)
    step = np.array([[4, -4, 0], [-4, 4, -20]], dtype=np.int16)
    starts = np.array([[-3, -1, 20], [-4, 4, 0]], dtype=np.int16)
    best, worst = possible._bounds([step], 3)
    assert not possible._reach(starts[:1], [step], best, worst)
    assert possible._reach(starts[1:], [step], best, worst)
    assert possible._reach(starts, [step], best, worst)


@SMALL
@given(models_with_sheets())
def test_all_completions_are_listed_and_only_they_are_drawn(drawn: tuple[Model, dict[str, str]]) -> None:
    model, answers = drawn
    tables, raw = coded(*drawn)
    expected = brute_force.completions(model, answers, unsure=False)
    listed = [tables.decode(row) for row in completions.all_of(tables, raw)]
    assert sorted(map(repr, listed)) == sorted(map(repr, expected))
    assert all(tables.decode(row) in expected for row in completions.drawn(tables, raw, 20))


def test_it_is_as_defined_on_the_real_model_with_few_open_questions(model: Model) -> None:
    for how_many in range(4):
        for answers in with_open(model, 8, how_many, seed=how_many):
            is_as_defined(model, answers)


def test_counting_agrees_with_listing_on_the_real_model(model: Model) -> None:
    for answers in with_open(model, 12, 8, seed=1):
        tables, raw = coded(model, answers)
        rows = completions.all_of(tables, raw)
        masks = tables.outcomes(rows)
        expected = [int(np.count_nonzero(masks == 1 << place)) for place in range(len(tables.approaches))]
        assert len(rows) == completions.how_many(tables, raw, 10**9)
        found = foresee(model, AnswerSheet(answers))
        assert [found.shares[id_] * len(rows) for id_ in tables.approaches] == pytest.approx(expected)


def test_each_completion_is_as_likely_to_be_drawn(model: Model) -> None:
    """62 ways for these three: 3 * 20 with both hidden questions asked, 2 without. Each about 132 times."""
    open_ = ("outcome_clarity", "measurability", "known_lever")
    answers = {q.id: q.options[0].id for q in model.questions if q.id not in open_}
    tables, raw = coded(model, answers)
    times = np.unique(completions.drawn(tables, raw, 8192), axis=0, return_counts=True)[1]
    assert len(times) == completions.how_many(tables, raw, 10**9) == 62
    assert (abs(times - 8192 / 62) < 5 * (8192 / 62) ** 0.5).all()


def test_drawn_shares_are_near_the_counted_ones(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = [AnswerSheet(answers) for answers in with_open(model, 10, 9, seed=2)]
    counted = [foresee(model, sheet) for sheet in sheets]
    monkeypatch.setattr("okr_assistant.decision.foresight._COUNTED", 0)
    for sheet, exact in zip(sheets, counted, strict=True):
        drawn = foresee(model, sheet)
        assert (exact.shares_exact, drawn.shares_exact) == (True, False)
        assert drawn.shares == pytest.approx(exact.shares, abs=0.03)
        assert (drawn.possible, drawn.settled) == (exact.possible, exact.settled)


def test_above_a_million_completions_8192_are_drawn(model: Model) -> None:
    found = foresee(model, AnswerSheet({"work_kind": "mixed"}))
    parts = [8192 * share for share in found.shares.values()]
    assert not found.shares_exact
    assert parts == [round(part) for part in parts]
    assert any(part % 2 for part in parts), "of 4,096, all of them would be even"


def test_shares_sum_to_one_and_only_possible_approaches_have_some(model: Model) -> None:
    for answers in random_sheets(model, 200, seed=5):
        found = foresee(model, AnswerSheet(answers))
        assert sum(found.shares.values()) == pytest.approx(1)
        assert {id_ for id_, share in found.shares.items() if share} <= {*found.possible, "tie"}


def test_no_answer_makes_an_impossible_approach_possible(model: Model) -> None:
    """Questions are answered in any order, also with ``unsure``; what is settled stays so and is what comes."""
    dice = random.Random(6)
    for target in complete_sheets(model, 30, seed=6):
        answers: dict[str, str] = {}
        steps = [foresee(model, AnswerSheet(answers))]
        for id_ in dice.sample(list(target), len(target)):
            answers[id_] = UNSURE if dice.random() < 0.2 else target[id_]
            steps.append(foresee(model, AnswerSheet(answers)))
        for before, after in pairwise(steps):
            assert set(after.possible) <= set(before.possible)
            assert not before.settled or (after.settled and after.possible == before.possible)
        while open_ := assess(model, AnswerSheet(answers)).open:  # questions that an ``unsure`` has brought back
            answers[open_[0]] = UNSURE
        outcome = assess(model, AnswerSheet(answers)).outcome
        assert all(set(outcome) <= set(step.possible) for step in steps)
        assert all(outcome == step.possible for step in steps if step.settled)


def test_the_next_question_is_asked_and_open_until_settled(model: Model) -> None:
    for answers in random_sheets(model, 200, seed=7):
        found = foresee(model, AnswerSheet(answers))
        open_ = assess(model, AnswerSheet(answers)).open
        assert found.settled == (len(found.possible) == 1)
        assert (found.next_question is None) == (found.settled or not open_)
        assert found.next_question is None or found.next_question in open_


def test_a_complete_sheet_has_its_own_outcome_and_no_next_question(model: Model) -> None:
    for answers in complete_sheets(model, 100, seed=8):
        found = foresee(model, AnswerSheet(answers))
        outcome = assess(model, AnswerSheet(answers)).outcome
        assert found.possible == outcome
        assert found.shares[outcome[0] if len(outcome) == 1 else "tie"] == 1
        assert (found.settled, found.next_question) == (len(outcome) == 1, None)


def test_equally_telling_questions_are_asked_in_order() -> None:
    """Two copies of one question tell the same; one that gives no points tells nothing."""
    plain = small_model()
    question = plain.questions[0].model_dump(by_alias=True)
    silent = question | {"options": tuple(option | {"points": ()} for option in question["options"])}
    model = small_model(
        questions=tuple(q | {"id": id_} for q, id_ in ((silent, "s"), (question, "x"), (question, "y")))
    )
    assert foresee(model, AnswerSheet({})).next_question == "x"


def test_the_same_sheet_gets_the_same_foresight(model: Model) -> None:
    for answers in random_sheets(model, 20, seed=9):
        turned = dict(reversed(answers.items()))
        assert foresee(model, AnswerSheet(answers)) == foresee(model, AnswerSheet(turned))


def test_a_sheet_of_another_questionnaire_is_refused(model: Model) -> None:
    with pytest.raises(SheetError):
        foresee(model, AnswerSheet({"nobody": "knows"}))
