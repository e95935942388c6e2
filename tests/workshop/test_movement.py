"""Rounds side by side: by the definitions, and the counts of one round from those of the one before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.workshop.movement import after_each_round
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import FIST, Vote
from tests.decision.small_models import models
from tests.workshop import by_hand
from tests.workshop.random_rooms import rooms
from tests.workshop.rooms import Held, held, unrevealed

SMALL = settings(max_examples=60, derandomize=True)


@st.composite
def models_with_rooms(draw: st.DrawFn) -> tuple[Model, Held]:
    model = draw(models())
    return model, draw(rooms(model))


@SMALL
@given(models_with_rooms())
def test_moves_and_newcomers_lead_from_one_round_to_the_next(drawn: tuple[Model, Held]) -> None:
    model, found = drawn
    after = after_each_round(found.room, found.votes, model)
    for number, said in after.items():
        for shown in said.questions:
            assert Counter({(m.from_, m.to): m.people for m in shown.moves}) == by_hand.moves(
                found, shown.question, number
            )
            if shown.moves_shown and number == shown.rounds[-1]:
                before = by_hand.standing(found, number - 1)[shown.question]
                now = by_hand.standing(found, number)[shown.question]
                came = Counter(choice for seat, choice in now.items() if seat not in before)
                left = Counter(dict.fromkeys(shown.seats, 0)) + Counter(before.values()) + came
                for move in shown.moves:
                    left[move.from_] -= move.people
                    left[move.to] += move.people
                assert {choice: len(seats) for choice, seats in shown.seats.items()} == {
                    choice: left[choice] for choice in shown.seats
                }


@SMALL
@given(models_with_rooms())
def test_what_was_agreed_is_in_no_round(drawn: tuple[Model, Held]) -> None:
    model, found = drawn
    nothing = replace(found.room, agreed={})
    after = after_each_round(found.room, found.votes, model)
    assert after == after_each_round(nothing, found.votes, model)
    assert list(after) == [round_.number for round_ in found.room.votes_shown]
    assert after[max(after)] == reveal(nothing, found.votes, model)


@SMALL
@given(models_with_rooms(), st.data())
def test_what_too_few_chose_stays_unknown_when_they_vote_again(
    drawn: tuple[Model, Held], data: st.DataObject
) -> None:
    """Also when more vote later: who replaced such a vote could have chosen anything before."""
    model, found = drawn
    fewest = found.room.setup.smallest_group

    def unknown(vote: Vote) -> bool:
        replaced = [
            other.round
            for other in found.votes
            if (other.seat, other.question) == (vote.seat, vote.question) and other.round > vote.round
        ]
        stood = range(vote.round, min(replaced, default=0))
        return bool(stood) and all(len(by_hand.standing(found, n)[vote.question]) < fewest for n in stood)

    others = [
        replace(vote, choice=data.draw(st.sampled_from(model.questions_by_id[vote.question].choices)))
        if vote.question != FIST and unknown(vote)
        else vote
        for vote in found.votes
    ]
    assert after_each_round(found.room, others, model) == after_each_round(found.room, found.votes, model)


def test_three_move_and_the_result_with_them(model: Model) -> None:
    first = {seat: {"work_kind": "change" if seat <= 5 else "sustain"} for seat in range(1, 10)}
    found = held(
        model, first, {seat: {"work_kind": "sustain"} for seat in (1, 2, 3)}, agreed={"work_kind": "learn"}
    )
    after = after_each_round(found.room, found.votes, model)
    assert [said.outcome for said in after.values()] == [("okr",), ("health_metrics",)]
    (shown,) = [shown for shown in after[2].questions if shown.question == "work_kind"]
    assert [(move.from_, move.to, move.people) for move in shown.moves] == [("change", "sustain", 3)]


def test_a_round_that_is_not_revealed_is_not_there(model: Model) -> None:
    first = {seat: {"work_kind": "change"} for seat in range(1, 10)}
    found = unrevealed(held(model, first, {1: {"work_kind": "sustain"}}), 2)
    assert list(after_each_round(found.room, found.votes, model)) == [1]
