"""What moved because of the model is told apart from what moved because of answers, exactly."""

from __future__ import annotations

from pathlib import Path

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, carry_over
from okr_assistant.views.comparison import ComparisonView, comparison_view
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.second_model import FEWER_POINTS, NEW, OLD, OTHER_OPTION, two_models
from tests.web.site import ANSWERS


def on(models: Models, version: str, answers: dict[str, str]) -> Assessment:
    return assessment(models.get(version), AnswerSheet(answers))


def texts(view: ComparisonView) -> tuple[list[str], list[str]]:
    return [move.text for move in view.by_model], [move.text for move in view.by_answers]


def test_the_same_model_and_answers_move_nothing(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 20, seed=41):
        found = assessment(model, AnswerSheet(answers))
        view = comparison_view(found, found, words)
        assert texts(view) == ([], [])
        assert view.same
        assert view.before == view.after


def test_the_same_answers_on_another_model_move_because_of_the_model_alone(words: Words, tmp_path: Path) -> None:
    models = two_models(tmp_path, FEWER_POINTS)
    view = comparison_view(on(models, OLD, ANSWERS), on(models, NEW, ANSWERS), words)
    by_model, by_answers = texts(view)
    assert by_answers == []
    (okr,) = view.by_model
    assert okr.text == "OKRs: 29 points before, 24 now."
    assert okr.because == ("What is this work mainly for? Change how something performs: +6 before, +1 now.",)
    assert by_model == [okr.text]
    assert view.summary == "The recommendation is the same."


def test_other_answers_on_the_same_model_move_because_of_answers_alone(model: Model, words: Words) -> None:
    view = comparison_view(
        assessment(model, AnswerSheet(ANSWERS)),
        assessment(model, AnswerSheet(ANSWERS | {"work_kind": "sustain"})),
        words,
    )
    by_model, by_answers = texts(view)
    assert by_model == []
    assert by_answers[0] == (
        "What is this work mainly for? Before: Change how something performs. "
        "Now: Keep something running as it is."
    )
    assert not view.same or view.before == view.after


def test_both_are_told_apart_and_add_up(words: Words, tmp_path: Path) -> None:
    """Points before, plus what the model moved, plus what the answers moved, are the points now."""
    models = two_models(tmp_path, FEWER_POINTS)
    later = ANSWERS | {"known_lever": "unsure", "autonomy": "fixed"}
    before, after = on(models, OLD, ANSWERS), on(models, NEW, later)
    between = assess(models.get(NEW), AnswerSheet(ANSWERS))
    view = comparison_view(before, after, words)
    model_part = next(move.text for move in view.by_model if move.text.startswith("OKRs:"))
    answer_part = next(move.text for move in view.by_answers if move.text.startswith("OKRs:"))
    points = [result.ranked("okr").points for result in (before.result, between, after.result)]
    assert model_part == f"OKRs: {points[0]} points before, {points[1]} now."
    assert answer_part == f"OKRs: {points[1]} points before, {points[2]} now."
    assert len(set(points)) == 3


def test_an_answer_that_is_no_longer_there_is_said_and_not_guessed(words: Words, tmp_path: Path) -> None:
    models = two_models(tmp_path, OTHER_OPTION)
    kept = carry_over(models.get(NEW), ANSWERS)
    assert set(ANSWERS) - set(kept) == {"measurability"}
    view = comparison_view(on(models, OLD, ANSWERS), on(models, NEW, kept), words)
    by_model, by_answers = texts(view)
    assert by_answers == []
    assert by_model[0].startswith("This answer is no longer there, and the question is open: Could you see")
    assert any(text.startswith("No longer to fix first: Measure") for text in by_model)
    assert view.after.startswith(("So far", "Use OKRs"))


def test_another_recommendation_is_said_with_where_it_was(model: Model, words: Words) -> None:
    was = assessment(model, AnswerSheet({"work_kind": "change"}))
    now = assessment(model, AnswerSheet({"work_kind": "sustain"}))
    view = comparison_view(was, now, words)
    assert view.summary == "The recommendation is another one."
    assert "From OKRs to health metrics." in texts(view)[1]


def test_a_block_that_appears_is_said_with_its_reason(model: Model, words: Words) -> None:
    answers = {"work_kind": "change", "product_stage": "growing", "outcome_clarity": "number"}
    was = assessment(model, AnswerSheet(answers))
    now = assessment(model, AnswerSheet(answers | {"use_of_goals": "appraise"}))
    assert any(text.startswith("OKRs: blocked now. ") for text in texts(comparison_view(was, now, words))[1])
    assert any(text.startswith("OKRs: no longer blocked. ") for text in texts(comparison_view(now, was, words))[1])
