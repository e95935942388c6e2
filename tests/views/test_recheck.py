"""Checking again begins where it matters, and says when there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.recheck import carried, is_changed, questions_first
from tests.conftest import complete_sheets, random_sheets
from tests.second_model import NEW, OLD, two_models
from tests.web.site import ANSWERS


def test_every_question_where_one_change_alters_the_advice_comes_first(model: Model) -> None:
    for answers in complete_sheets(model, 25, seed=51):
        first = questions_first(assessment(model, AnswerSheet(answers)))
        outcome = assess(model, AnswerSheet(answers)).outcome
        telling = {
            question.id
            for question in model.questions
            if question.id in answers
            for option in question.options
            if assess(model, AnswerSheet({**answers, question.id: option.id})).outcome != outcome
        }
        assert telling <= set(first)
        if telling:
            assert set(first) == telling


def test_what_was_open_or_not_known_comes_first_too(model: Model) -> None:
    for answers in random_sheets(model, 25, seed=52):
        found = assessment(model, AnswerSheet(answers))
        first = questions_first(found)
        assert {*found.result.open, *found.result.unsure} <= set(first)
        assert list(first) == [id_ for id_ in model.questions_by_id if id_ in first]
        assert all(answers.get(id_) is not None or id_ in found.result.open for id_ in first if id_ != UNSURE)


def test_another_answer_or_a_newer_model_is_a_change_and_nothing_else_is(tmp_path: Path) -> None:
    models = two_models(tmp_path)
    old, new = models.get(OLD), models.get(NEW)
    before = assessment(old, AnswerSheet(ANSWERS))
    assert not is_changed(before, carried(before, old))
    assert not is_changed(before, assessment(old, AnswerSheet(dict(ANSWERS), "Another title")))
    for answers in (ANSWERS | {"autonomy": "fixed"}, {"work_kind": "change"}):
        assert is_changed(before, assessment(old, AnswerSheet(answers)))
    on_new = carried(before, new)
    assert on_new.sheet.answers == before.sheet.answers
    assert is_changed(before, on_new)
