"""The view says what the recommendation says: same numbers, same order, in words."""

from __future__ import annotations

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.parts import MINUS
from okr_assistant.views.plain import result_lines
from okr_assistant.views.result import ResultView, result_view
from okr_assistant.words import Words
from tests.conftest import complete_sheets, random_sheets

BLOCKED = (
    "So far: OKRs would lead, but something stands in the way; until it is gone, give this work one shared goal"
)


def view_of(model: Model, words: Words, answers: dict[str, str]) -> ResultView:
    return result_view(model, assess(model, AnswerSheet(answers)), words)


def number(text: str) -> int:
    return int(text.replace(MINUS, "-"))


def test_every_number_shown_is_traced_to_an_answer_and_a_source(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 300, seed=8):
        view = view_of(model, words, answers)
        for entry in view.ranking:
            assert number(entry.points_text) == entry.points
            assert sum(number(reason.points) for reason in entry.reasons) == entry.points
            for reason in entry.reasons:
                assert reason.citations
                assert reason.because
                assert model.questions_by_id[reason.question_id].text == reason.question
                assert reason.answer
        for axis in view.position.axes:
            if axis.value is not None:
                assert axis.value == sum(part.value for part in axis.parts) / len(axis.parts)
                assert all(part.citations for part in axis.parts)


def test_the_sum_is_written_out(model: Model, words: Words) -> None:
    view = view_of(model, words, {"work_kind": "sustain", "product_stage": "established"})
    okr = next(entry for entry in view.ranking if entry.approach == "okr")
    assert okr.total == f"{MINUS}5 +2 = {MINUS}3"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "So far: nothing speaks for any approach yet"),
        ({"work_kind": "sustain"}, "So far: give this work health metrics, not OKRs"),
        ({"work_kind": "change"}, "So far: use OKRs for this work"),
        (
            {"work_kind": "change", "measurability": "instrument"},
            "So far: use OKRs, once one thing is fixed",
        ),
        (
            {"work_kind": "change", "measurability": "instrument", "review_rhythm": "at_end"},
            "So far: use OKRs, once 2 things are fixed",
        ),
        (
            {"work_kind": "change", "people_to_align": "many_teams", "product_stage": "searching"},
            "So far: use OKRs, knowing that experts disagree about work like this",
        ),
        (
            {"work_kind": "change", "outcome_clarity": "number", "use_of_goals": "appraise"},
            BLOCKED,
        ),
        ({"work_kind": "mixed"}, "So far: OKRs, flow and one shared goal are equally good for this work"),
        (
            {"reactive_load": "some", "commitment": "direction", "use_of_goals": "appraise"},
            "So far: not OKRs; flow and one shared goal are equally good",
        ),
    ],
)
def test_the_verdict_is_one_sentence(model: Model, words: Words, answers: dict[str, str], sentence: str) -> None:
    assert view_of(model, words, answers).sentence == sentence


def test_so_far_is_dropped_when_every_asked_question_has_an_answer(model: Model, words: Words) -> None:
    for answers in complete_sheets(model, 50, seed=9):
        view = view_of(model, words, answers)
        assert not view.sentence.startswith("So far")
        assert view.sentence[0].isupper()
        assert view.still_open == ""


def test_what_stands_in_the_way_is_said(model: Model, words: Words) -> None:
    view = view_of(model, words, {"work_kind": "change", "use_of_goals": "appraise"})
    assert "pay" in view.obstacles[0].text
    assert view.obstacles[0].citations


def test_a_tie_shows_all_that_are_equal_side_by_side(model: Model, words: Words) -> None:
    view = view_of(model, words, {"work_kind": "mixed"})
    assert [advice.approach for advice in view.advice] == ["okr", "flow", "one_goal"]
    assert [entry.standing for entry in view.ranking[:3]] == ["tied"] * 3


def test_unsure_goes_on_the_list_of_things_to_find_out(model: Model, words: Words) -> None:
    view = view_of(model, words, {"autonomy": "unsure"})
    assert view.find_out == (model.questions_by_id["autonomy"].text,)


def test_answers_that_do_not_count_are_shown_as_such(model: Model, words: Words) -> None:
    view = view_of(model, words, {"outcome_clarity": "unknown", "measurability": "baseline"})
    rows = {row.question_id: row for row in view.answers}
    assert "does not count" in rows["measurability"].state
    assert "known_lever" not in rows, "hidden and never answered"


def test_the_terminal_says_the_same(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 50, seed=10):
        view = view_of(model, words, answers)
        text = "\n".join(result_lines(view, "Pay", words))
        assert text.startswith(f"Pay\n{view.sentence}")
        for entry in view.ranking:
            assert entry.heading in text
            assert entry.total in text
            assert all(reason.because in text for reason in entry.reasons)
