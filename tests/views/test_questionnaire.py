"""Progress that stays right when questions drop out."""

from __future__ import annotations

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.words import Words
from tests.conftest import random_sheets


def test_progress_counts_only_what_is_asked(model: Model, words: Words) -> None:
    view = questionnaire_view(model, {"outcome_clarity": "unknown", "measurability": "baseline"}, words)
    assert (view.done, view.asked) == (1, 13)
    assert view.progress == "1 answered, at most 12 to go"
    assert "2 questions dropped out" in view.dropped


def test_every_complete_questionnaire_is_at_its_end(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 200, seed=11):
        view = questionnaire_view(model, answers, words)
        assert view.done == sum(question.answer is not None for question in view.questions)
        assert view.complete == (view.done == view.asked) == view.progress.startswith("All")


def test_every_question_offers_not_knowing_last(model: Model, words: Words) -> None:
    for question in questionnaire_view(model, {}, words).questions:
        assert question.choices[-1] == UNSURE
        assert len(question.hints) == len(question.choices)
        assert question.citations
