"""Movement in words: in the reveal, and with the rounds side by side."""

from __future__ import annotations

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.workshop.movement import movement_view
from okr_assistant.words import Words
from tests.views.workshop.test_reveal import question, twelve, view_of
from tests.workshop.rooms import held


def test_movement_is_told_in_the_reveal_and_side_by_side(model: Model, words: Words) -> None:
    found = twelve(model)
    first = {vote.seat: {"work_kind": vote.choice} for vote in found.votes}
    found = held(model, first, {seat: {"work_kind": "sustain"} for seat in (1, 2, 8, 12)})
    shown = question(view_of(model, found, words), "work_kind")
    assert shown.again == "4 people voted on this again. The earlier answers of 8 others still count."
    assert shown.moves == (
        "2 people moved from “Change how something performs” to “Keep something running as it is”.",
        "One person moved from “I don't know” to “Keep something running as it is”.",
    )
    movement = movement_view(found.room, found.votes, model, words)
    assert [(said.title, said.own, said.group) for said in movement.rounds] == [
        ("Round 1", "7 of 12 people's own answers lead to OKRs", "The votes of the group lead to: OKRs."),
        ("Round 2", "7 of 12 people's own answers lead to health metrics",
         "The votes of the group lead to: health metrics."),
    ]  # fmt: skip
    (asked,) = movement.questions
    assert asked.rounds == ("Round 1", "Round 2")
    assert {choice.choice: choice.people for choice in asked.choices if any(choice.people)} == {
        "change": (7, 5), "sustain": (4, 7), UNSURE: (1, 0),
    }  # fmt: skip
    assert asked.statistics[1] == "Most common of 12 answers: “Keep something running as it is”."
    assert [(step.title, step.moves) for step in asked.steps] == [
        ("From round 1 to round 2", (shown.again, *shown.moves))
    ]


def test_nobody_moved_and_too_few_had_voted_before(model: Model, words: Words) -> None:
    sheets = {seat: {"work_kind": "change"} for seat in (1, 2)}
    again = held(model, sheets, sheets)
    shown = question(view_of(model, again, words), "work_kind")
    assert (shown.again, shown.moves) == ("2 people voted on this again.", ("Nobody moved.",))
    more = held(model, sheets, sheets | {3: {"work_kind": "change"}}, fewest=3)
    assert question(view_of(model, more, words), "work_kind").moves == (
        "Too few had voted before to show who moved.",
    )
    (asked,) = movement_view(more.room, more.votes, model, words).questions
    assert asked.choices[0].people == (None, 3)
    assert asked.statistics[0] == "Too few had voted to show anything."
