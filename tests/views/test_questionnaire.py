"""Progress that stays right when questions drop out."""

from __future__ import annotations

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.words import Words
from tests.conftest import random_sheets


def test_progress_counts_only_what_is_asked(model: Model, words: Words) -> None:
    view = questionnaire_view(model, {"outcome_clarity": "unknown", "measurability": "baseline"}, words)
    assert (view.done, view.asked) == (1, 13)
    assert view.progress == "1 of 13 answered"
    assert "2 questions dropped out" in view.dropped


def test_every_complete_questionnaire_is_at_its_end(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 200, seed=11):
        view = questionnaire_view(model, answers, words)
        assert view.done == sum(question.answer is not None for question in view.questions)
        assert view.complete == (view.done == view.asked)


def test_the_front_is_the_first_open_question(model: Model, words: Words) -> None:
    view = questionnaire_view(model, {"work_kind": "change"}, words)
    assert view.questions[view.index(None)].id == "product_stage"
    assert view.questions[view.index("autonomy")].id == "autonomy"
    assert view.index("no such question") == view.index(None)


def test_a_question_that_dropped_out_is_not_in_front(model: Model, words: Words) -> None:
    view = questionnaire_view(model, {"outcome_clarity": "unknown"}, words)
    assert view.questions[view.index("measurability")].id == "work_kind"


def test_every_question_offers_not_knowing_last(model: Model, words: Words) -> None:
    for question in questionnaire_view(model, {}, words).questions:
        assert question.choices[-1] == UNSURE
        assert len(question.hints) == len(question.choices)
        assert question.citations
