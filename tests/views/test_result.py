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

BLOCKED = "So far: not OKRs as things stand; use one shared goal for this work"


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
    assert okr.total == f"{MINUS}6 +2 = {MINUS}4"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "So far: nothing speaks for any approach yet"),
        ({"work_kind": "sustain"}, "So far: use health metrics for this work, not OKRs"),
        ({"work_kind": "change"}, "So far: use OKRs for this work"),
        (
            {"work_kind": "change", "measurability": "instrument"},
            "So far: use OKRs, once this is fixed",
        ),
        (
            {"work_kind": "change", "measurability": "instrument", "review_rhythm": "at_end"},
            "So far: use OKRs, once these 2 things are fixed",
        ),
        (
            {"work_kind": "change", "product_stage": "searching", "vision_stability": "turned"},
            "So far: use OKRs, knowing that experts disagree about work like this",
        ),
        (
            {"work_kind": "change", "outcome_clarity": "number", "use_of_goals": "appraise"},
            BLOCKED,
        ),
        (
            {"stakeholder_involvement": "together", "vision_stability": "turned"},
            "So far: OKRs, hypotheses and bets are equally good for this work",
        ),
        (
            {"outcome_clarity": "only_output", "vision_stability": "churning"},
            "So far: not OKRs; hypotheses and flow are equally good",
        ),
        (
            {"people_to_align": "whole_company", "use_of_goals": "appraise"},
            "So far: not OKRs as things stand; health metrics and milestones are equally good",
        ),
        ({"autonomy": "unsure"}, "So far: too little is known for any advice; find these things out first"),
        (
            {"outcome_clarity": "unsure", "work_kind": "unsure"},
            "So far: too little is known for any advice; find these things out first",
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
    view = view_of(model, words, {"stakeholder_involvement": "together", "vision_stability": "turned"})
    assert [advice.approach for advice in view.advice] == ["okr", "discovery", "bets"]
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
        text = "\n".join(result_lines(view, None, "Pay", words))
        assert text.startswith(f"Pay\n{view.sentence}")
        for entry in view.ranking:
            assert entry.heading in text
            assert entry.total in text
            assert all(reason.because in text for reason in entry.reasons)


def test_without_a_real_answer_there_is_no_advice(model: Model, words: Words) -> None:
    """Fifteen times "I don't know" is no reason for anything, and seven first steps are none."""
    for answers in ({}, {"autonomy": "unsure"}, dict.fromkeys(model.questions_by_id, "unsure")):
        view = view_of(model, words, answers)
        assert view.advice == ()
        assert "nothing speaks" in view.sentence or "oo little is known" in view.sentence


def test_each_side_of_a_contested_topic_is_on_its_side(model: Model, words: Words) -> None:
    view = view_of(model, words, {"work_kind": "learn"})
    topic = next(topic for topic in view.contested if topic.topic == "OKRs for research and discovery")
    assert "Peter Kappus" in topic.for_.text
    assert "Peter Kappus 2019" in [citation.text for citation in topic.for_.citations]
    assert "ctaio.dev" in topic.against.text
    assert "ctaio.dev" in [citation.text for citation in topic.against.citations]
