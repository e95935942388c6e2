"""Two maps side by side: from where to where, and because of what."""

from __future__ import annotations

from dataclasses import replace

from okr_assistant.decision.model import Model
from okr_assistant.portfolio.goal_map import GoalMap, goal_map
from okr_assistant.portfolio.items import WorkItem
from okr_assistant.views.portfolio.difference import DifferenceView, difference_view
from okr_assistant.words import Words

PAYROLL = WorkItem("1", "Payroll", {"work_kind": "sustain"})
ORDERED = WorkItem("2", "Ordered", {"work_kind": "deliver"})


def compared(model: Model, words: Words, before: list[WorkItem], now: list[WorkItem]) -> DifferenceView:
    return difference_view(goal_map(model, before), goal_map(model, now), words)


def test_it_counts_what_moved_is_new_is_gone_and_stayed(model: Model, words: Words) -> None:
    learns = replace(ORDERED, answers={"work_kind": "learn"})
    found = compared(
        model, words, [PAYROLL, ORDERED, replace(PAYROLL, id="7")], [PAYROLL, learns, WorkItem("8", "New")]
    )
    assert found.headline == "1 moved, 1 is new, 1 is gone and 1 stayed."
    assert ([item.id for item in found.new], [item.id for item in found.gone], found.model) == (["8"], ["7"], "")


def test_what_moved_says_from_where_to_where_and_which_answers(model: Model, words: Words) -> None:
    learns = replace(ORDERED, answers={"work_kind": "learn", "autonomy": "unsure"})
    (moved,) = compared(model, words, [ORDERED], [learns]).moved
    assert (moved.was_at, moved.is_at) == ("Roadmap", "Discovery")
    learn = model.questions_by_id["work_kind"].option("learn")
    assert learn
    assert moved.because == (
        f"{model.questions_by_id['work_kind'].text} Before: Deliver a specific thing. Now: {learn.label}.",
        f"{model.questions_by_id['autonomy'].text} Before: not answered. Now: I don't know.",
    )


def test_a_metric_that_left_its_range_and_one_that_the_company_follows_say_so(model: Model, words: Words) -> None:
    (left,) = compared(model, words, [PAYROLL], [replace(PAYROLL, out_of_range=True)]).moved
    assert left.because == ("Its metric left the comfortable range.",)
    (holds,) = compared(model, words, [replace(PAYROLL, out_of_range=True)], [PAYROLL]).moved
    assert holds.because == ("Its metric holds again.",)
    (company,) = compared(model, words, [PAYROLL], [replace(PAYROLL, level="company")]).moved
    assert company.because == ("It is followed by the whole company now.",)


def test_nothing_different_is_said_in_a_sentence(model: Model, words: Words) -> None:
    found = compared(model, words, [PAYROLL], [PAYROLL])
    assert (found.headline, found.moved) == ("Every piece of work is where it was.", ())


def test_another_model_is_said_and_is_the_reason_where_no_answer_is(model: Model, words: Words) -> None:
    other = model.model_copy(update={"version": "2027.1"})
    before = goal_map(model, [PAYROLL])
    now = goal_map(other, [PAYROLL])
    elsewhere = GoalMap(other, (replace(now.items[0], place="flow"),))
    found = difference_view(before, elsewhere, words)
    assert found.model == "The first map was made with model 2026.1, the second with model 2027.1."
    assert found.moved[0].because == ("Only the model is another one.",)
