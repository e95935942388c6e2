"""What a mix of many people's answers can lead to: against trying every mix, and by what it promises."""

from __future__ import annotations

import random
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision import mixes
from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.mixes import possible_of_mixes
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.possible import possible
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import tables_of
from tests.conftest import random_sheets
from tests.decision import brute_force
from tests.decision.small_models import models
from tests.decision.test_assess import small_model
from tests.decision.test_foresight import cramped

SMALL = settings(max_examples=60, derandomize=True)
Given = dict[str, list[str]]


@st.composite
def models_with_answers(draw: st.DrawFn) -> tuple[Model, Given]:
    """Any answers to each question: none, one, some or all, ``unsure`` among them."""
    model = draw(models())
    some = {q.id: draw(st.lists(st.sampled_from(q.choices), unique=True)) for q in model.questions}
    return model, some


def few(model: Model, dice: random.Random, most: int) -> Given:
    """One answer to most questions and two to five to some, with at most so many mixes."""
    answers = {q.id: [dice.choice(q.choices)] for q in model.questions if dice.random() < 0.9}
    for id_ in dice.sample(list(model.questions_by_id), 8):
        choices = model.questions_by_id[id_].choices
        more = answers | {id_: dice.sample(choices, min(len(choices), dice.randint(2, 5)))}
        answers = more if prod(map(len, more.values())) <= most else answers
    return answers


@SMALL
@given(models_with_answers())
def test_it_is_what_trying_every_mix_gives_on_small_models(drawn: tuple[Model, Given]) -> None:
    assert possible_of_mixes(*drawn) == brute_force.possible_of_mixes(*drawn)


@SMALL
@given(models_with_answers())
def test_the_search_finds_it_without_trying_any_mix_first(drawn: tuple[Model, Given]) -> None:
    model, answers = drawn
    tables = tables_of(model)
    expected = brute_force.possible_of_mixes(model, answers)
    ways = mixes._ways(tables, answers)
    assert tables.names(possible(tables, ways, 0)) == expected
    with cramped():
        assert tables.names(possible(tables, ways, 0)) == expected


def test_a_hidden_question_of_a_blocker_counts_whatever_was_answered_to_it() -> None:
    """Only where ``no`` hides ``b``, whose first option nobody chose, does flow come out."""
    rule = {"id": "r", "kind": "blocker", "approach": "okr", "because": "x", "sources": ("s",)}
    model = small_model(rules=({**rule, "when": {"question": "b", "in": ("high",)}},))
    answers = {"a": ["yes", "no"], "b": ["low", UNSURE]}
    assert brute_force.possible_of_mixes(model, answers) == ("okr", "flow", "bets")
    tables = tables_of(model)
    assert tables.names(possible(tables, mixes._ways(tables, answers), 0)) == ("okr", "flow", "bets")


def test_it_is_what_trying_every_mix_gives_on_the_real_model(model: Model) -> None:
    dice = random.Random(1)
    tables = tables_of(model)
    for _ in range(12):
        answers = few(model, dice, most=800)
        expected = brute_force.possible_of_mixes(model, answers)
        assert possible_of_mixes(model, answers) == expected
        assert tables.names(possible(tables, mixes._ways(tables, answers), 0)) == expected


def test_it_agrees_with_listing_where_there_are_many_mixes(model: Model) -> None:
    """Up to 200,000 mixes, each scored by the tables, which other tests hold against ``assess``."""
    dice = random.Random(2)
    tables = tables_of(model)
    for _ in range(8):
        answers = few(model, dice, most=200_000)
        ways = mixes._ways(tables, answers)
        rows = np.stack(np.meshgrid(*(np.array(w, np.uint8) for w in ways), indexing="ij"), -1)
        listed = int(np.bitwise_or.reduce(tables.outcomes(rows.reshape(-1, len(ways)))))
        assert possible_of_mixes(model, answers) == tables.names(listed)
        assert possible(tables, ways, 0) == listed


def test_one_answer_to_each_question_leads_to_its_outcome(model: Model) -> None:
    for answers in random_sheets(model, 100, seed=3):
        alone = {id_: [answer] for id_, answer in answers.items()}
        assert possible_of_mixes(model, alone) == assess(model, AnswerSheet(answers)).outcome


def test_all_answers_to_all_open_questions_are_its_foresight(model: Model) -> None:
    """The same search, asked in two ways; hidden questions make no difference."""
    for answers in random_sheets(model, 60, seed=4):
        every = {q.id: [answers[q.id]] if q.id in answers else list(q.choices) for q in model.questions}
        assert possible_of_mixes(model, every) == foresee(model, AnswerSheet(answers)).possible


def test_one_more_answer_makes_nothing_impossible(model: Model) -> None:
    dice = random.Random(5)
    for _ in range(20):
        answers = few(model, dice, most=10**9)
        before = possible_of_mixes(model, answers)
        id_ = dice.choice(list(answers))
        answers[id_] = sorted({*answers[id_], dice.choice(model.questions_by_id[id_].choices)})
        assert set(before) <= set(possible_of_mixes(model, answers))


def test_without_any_answer_everything_is_equally_good(model: Model) -> None:
    assert possible_of_mixes(model, {}) == tuple(model.approaches_by_id)
    assert possible_of_mixes(model, {"work_kind": []}) == tuple(model.approaches_by_id)


@pytest.mark.parametrize("tried", [1, 64])
def test_how_many_mixes_are_tried_first_makes_no_difference(
    model: Model, monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    dice = random.Random(6)
    some = [few(model, dice, most=10**9) for _ in range(20)]
    expected = [possible_of_mixes(model, answers) for answers in some]
    monkeypatch.setattr(mixes, "_TRIED", tried)
    assert [possible_of_mixes(model, answers) for answers in some] == expected
