"""The short path: it asks what tells most, offers to stop with an honest number, and can be walked both ways."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.views.short_path import ShortPathView, short_path_view
from okr_assistant.words import Words
from tests.conftest import random_sheets

DELIVER = {
    "work_kind": "deliver", "commitment": "date", "autonomy": "fixed", "outcome_clarity": "only_output",
    "product_stage": "established", "people_to_align": "many_teams", "vision_stability": "steady",
    "strategy_clarity": "understood",
}  # fmt: skip


def view_of(model: Model, words: Words, answers: Mapping[str, str], in_front: str | None = None) -> ShortPathView:
    sheet = AnswerSheet(answers)
    view = questionnaire_view(model, answers, words)
    return short_path_view(model, view, answers, assess(model, sheet), foresee(model, sheet), in_front, words)


@pytest.mark.parametrize("seed", range(8))
def test_from_the_first_question_to_the_last_each_is_the_most_telling(
    model: Model, words: Words, seed: int
) -> None:
    dice = random.Random(seed)
    answers: dict[str, str] = {}
    front = view_of(model, words, answers).front
    while front is not None and front.answer is None:
        ahead = foresee(model, AnswerSheet(answers))
        if not ahead.settled:
            assert front.id == ahead.next_question
        answers[front.id] = dice.choice(front.choices)
        step = view_of(model, words, answers, front.id)
        front = view_of(model, words, answers, step.next).front
    assert assess(model, AnswerSheet(answers)).open == ()


def test_back_and_next_walk_through_the_answers_in_the_order_they_were_given(model: Model, words: Words) -> None:
    given = ["commitment", "work_kind", "autonomy"]
    answers = {"commitment": "date", "work_kind": "change", "autonomy": "team"}
    steps = [view_of(model, words, answers, id_) for id_ in given]
    assert [step.back for step in steps] == [None, *given[:2]]
    assert [step.next for step in steps[:2]] == given[1:]
    assert steps[2].next == foresee(model, AnswerSheet(answers)).next_question
    assert view_of(model, words, answers).back == "autonomy"
    assert [step.position[-1] for step in steps] == ["1", "2", "3"]


def test_a_skipped_question_is_not_asked_again_at_once(model: Model, words: Words) -> None:
    first = view_of(model, words, {})
    assert first.front is not None
    assert first.next not in (None, first.front.id)


def test_a_question_that_dropped_out_is_not_in_front(model: Model, words: Words) -> None:
    step = view_of(model, words, {"outcome_clarity": "unknown"}, "measurability")
    assert step.front is not None
    assert step.front.id != "measurability"
    assert view_of(model, words, {}, "no such question").front == view_of(model, words, {}).front


def test_when_settled_nothing_is_in_front_and_going_on_asks_the_rest(model: Model, words: Words) -> None:
    step = view_of(model, words, DELIVER)
    assert (step.front, step.enough) == (None, True)
    assert step.said.startswith("Nothing you could still answer would change this: milestones.")
    rest = []
    answers = dict(DELIVER)
    while step.next is not None:
        rest.append(step.next)
        answers[step.next] = "unsure"
        step = view_of(model, words, answers, step.next)
    assert {*DELIVER, *rest} == set(questionnaire_ids(model, words, answers))
    assert (step.said, step.enough) == ("", True)


def questionnaire_ids(model: Model, words: Words, answers: Mapping[str, str]) -> list[str]:
    return [question.id for question in questionnaire_view(model, answers, words).questions]


def test_the_number_it_says_is_the_share_rounded_down(model: Model, words: Words) -> None:
    offers = 0
    for answers in random_sheets(model, 300, seed=24):
        result, ahead = assess(model, AnswerSheet(answers)), foresee(model, AnswerSheet(answers))
        step = view_of(model, words, answers)
        if not result.open:
            assert step.enough
            continue
        assert all(model.approaches_by_id[id_].phrase in step.said for id_ in ahead.possible if answers)
        told = re.search(r"in (\d+) of 100 ways", step.said, re.IGNORECASE)
        if told is None:
            assert ahead.settled or not answers
            continue
        likely = max(ahead.shares, key=lambda id_: ahead.shares[id_])
        assert 0 <= 100 * ahead.shares[likely] - int(told.group(1)) < 1
        known = model.approaches_by_id.get(likely)
        said = step.said.split("of answering the rest")[1].split(".")[0].strip(", ")
        assert said.removeprefix("the advice stays ").removeprefix("the advice is ") == (
            known.phrase if known else "several are equally good"
        )
        offered = step.said.startswith("You can stop here")
        assert offered == step.enough == (result.approach is not None and ahead.shares[result.approach] >= 0.95)
        offers += offered
    assert offers > 0


def test_what_is_offered_as_the_result_is_what_leads_now(model: Model, words: Words) -> None:
    """A result page that shows something else than the offer said would be a broken promise."""
    for answers in random_sheets(model, 300, seed=25):
        result, step = assess(model, AnswerSheet(answers)), view_of(model, words, answers)
        if step.enough and result.open:
            assert result.approach is not None
            assert model.approaches_by_id[result.approach].phrase in step.said.split(". ")[0]
