"""What moved because of the model is told apart from what moved because of answers, exactly."""

from __future__ import annotations

from pathlib import Path

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, carry_over
from okr_assistant.views.comparison import ComparisonView, Move, comparison_view
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words
from tests.conftest import complete_sheets, random_sheets
from tests.second_model import FEWER_POINTS, NEW, OLD, OTHER_OPTION, two_models
from tests.web.site import ANSWERS

SPECIAL: tuple[dict[str, str], ...] = (
    {"work_kind": "change", "product_stage": "growing", "outcome_clarity": "number", "use_of_goals": "appraise"},
    {"work_kind": "change", "product_stage": "searching", "vision_stability": "turned"},
    ANSWERS,
)
"""Sheets from which one change reaches what is rare."""


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


def shown(found: Assessment, words: Words) -> dict[str, set[str]]:
    """What a result shows, each sentence or id with the words by which its change is known."""
    result = found.result
    return {
        "verdict": {verdict_sentence(found.model, result, words, settled=True)},
        "approach": {*result.outcome},
        "variant": {result.variant or ""},
        "margin": {found.firm.margin.label},
        "leader": {result.blocked_leader or ""},
        "condition": {entry.fix for entry in result.conditions},
        "contested": {entry.topic for entry in result.contested},
        "contradiction": {entry.text for entry in result.contradictions},
        "block": {f"{entry.approach}: {stop.because}" for entry in result.ranking for stop in entry.blocked_by},
        "split": {str(result.split)},
    }


SAID = {
    "verdict": ("The verdict before: ", "From "),
    "approach": ("From ",),
    "variant": ("The form now: ", "No longer the form: "),
    "margin": ("Margin: ",),
    "leader": (" would lead now", " would no longer lead"),
    "split": ("several kinds of work",),
}
"""Of what has no text of its own in the sentence."""


def unsaid(was: Assessment, now: Assessment, moves: tuple[Move, ...], words: Words) -> tuple[set[str], set[str]]:
    """What differs between two results, and what of it no move says."""
    texts = [move.text for move in moves]
    differs, missing = set(), set()
    before, after = shown(was, words), shown(now, words)
    for kind in before:
        for text in before[kind] ^ after[kind]:
            differs.add(kind)
            parts = SAID.get(kind) or (text.partition(": ")[2] if kind == "block" else text,)
            if not any(part in said for part in parts for said in texts):
                missing.add(f"{kind}: {text}")
    return differs, missing


def test_nothing_that_one_answer_changes_on_the_result_goes_unsaid(model: Model, words: Words) -> None:
    """Variant, margin, contradictions and what blocks the leader were once not among the moves."""
    seen: set[str] = set()
    for answers in (*random_sheets(model, 4, seed=43), *complete_sheets(model, 2, seed=43), *SPECIAL):
        was = assessment(model, AnswerSheet(answers))
        for id_, question in model.questions_by_id.items():
            for choice in question.choices:
                changed = assessment(model, AnswerSheet({**answers, id_: choice}))
                view = comparison_view(was, changed, words)
                differs, missing = unsaid(was, changed, view.by_answers, words)
                assert not missing, (answers, id_, choice)
                assert view.by_model == ()
                assert bool(view.by_answers) == (answers.get(id_) != choice)
                seen |= differs
    assert seen == {"verdict", "approach", "variant", "margin", "leader", "condition", "contested",
                    "contradiction", "block", "split"}  # fmt: skip


def test_what_only_the_model_moves_goes_unsaid_neither(model: Model, words: Words, tmp_path: Path) -> None:
    models = two_models(tmp_path, FEWER_POINTS, OTHER_OPTION)
    seen: set[str] = set()
    for answers in (*random_sheets(model, 15, seed=44), *complete_sheets(model, 15, seed=44), *SPECIAL):
        kept = carry_over(models.get(NEW), answers)
        was, now = on(models, OLD, answers), on(models, NEW, kept)
        view = comparison_view(was, now, words)
        differs, missing = unsaid(was, now, view.by_model, words)
        assert not missing, answers
        assert view.by_answers == ()
        seen |= differs
    assert seen >= {"verdict", "approach", "margin"}


def test_a_block_that_appears_is_said_with_its_reason(model: Model, words: Words) -> None:
    answers = {"work_kind": "change", "product_stage": "growing", "outcome_clarity": "number"}
    was = assessment(model, AnswerSheet(answers))
    now = assessment(model, AnswerSheet(answers | {"use_of_goals": "appraise"}))
    assert any(text.startswith("OKRs: blocked now. ") for text in texts(comparison_view(was, now, words))[1])
    assert any(text.startswith("OKRs: no longer blocked. ") for text in texts(comparison_view(now, was, words))[1])
