"""What the votes say: by the definitions on random rooms, and in sentences on the real model."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.workshop.cast import cast
from okr_assistant.workshop.reveal import Move, QuestionReveal, Reveal, Shift, reveal
from okr_assistant.workshop.room import Vote
from okr_assistant.workshop.standing import standing_votes
from tests.decision.small_models import models
from tests.still import NOON
from tests.workshop import by_hand
from tests.workshop.random_rooms import room, rooms
from tests.workshop.rooms import Held, held, unrevealed, without

SMALL = settings(max_examples=100, derandomize=True)
SAME = settings(max_examples=40, derandomize=True)


@st.composite
def models_with_rooms(draw: st.DrawFn) -> tuple[Model, Held]:
    model = draw(models())
    return model, draw(rooms(model))


def of(said: Reveal, question: str) -> QuestionReveal:
    return next(found for found in said.questions if found.question == question)


def is_as_defined(model: Model, found: Held) -> None:
    said = reveal(found.room, found.votes, model)
    answers = by_hand.group_answers(model, found)
    visible = by_hand.shown(found)
    assert (said.answers, said.outcome) == (answers, by_hand.outcome(model, answers))
    assert [shown.question for shown in said.questions] == by_hand.order(model, found)
    assert sorted(said.too_few) == sorted(set(found.room.setup.questions) - set(visible))
    assert said.people == len(by_hand.people(found))
    assert dict(said.by_person) == by_hand.by_person(model, found)
    assert said.possible == by_hand.possible(model, found)
    for shown in said.questions:
        question_is_as_defined(model, found, shown, visible[shown.question])


def question_is_as_defined(model: Model, found: Held, shown: QuestionReveal, chose: dict[int, str]) -> None:
    id_, known = shown.question, model.questions_by_id[shown.question]
    assert tuple(shown.seats) == known.choices
    assert {seat: choice for choice, seats in shown.seats.items() for seat in seats} == chose
    assert all(list(seats) == sorted(seats) for seats in shown.seats.values())
    assert shown.voted == len(chose)
    assert shown.proposal == by_hand.proposal(known, [*chose.values()])
    assert shown.agreed == found.room.agreed.get(id_)
    camps = by_hand.camps(model, found, id_)
    assert {camp.option: (len(camp.seats), camp.outcome) for camp in shown.camps} == camps
    assert all(camp.seats == shown.seats[camp.option] for camp in shown.camps)
    assert shown.matters == by_hand.matters(model, found, id_)
    assert shown.shifts == tuple(Shift(*shift) for shift in by_hand.shifts(model, found, id_))
    assert shown.shift == next(iter(shown.shifts), None)
    assert {(move.from_, move.to): move.people for move in shown.moves} == by_hand.moves(found, id_)
    asked = [round_ for round_ in found.room.votes_shown if id_ in round_.questions]
    assert shown.rounds == tuple(round_.number for round_ in asked)
    latest = [vote for vote in found.votes if vote.question == id_ and vote.round == asked[-1].number]
    counts = id_ not in asked[-1].uncounted
    assert (shown.again, shown.too_few) == ((len(latest), 0) if counts else (0, len(latest)))


@SMALL
@given(models_with_rooms())
def test_it_is_as_defined_on_small_models(drawn: tuple[Model, Held]) -> None:
    is_as_defined(*drawn)


def test_it_is_as_defined_on_the_real_model(model: Model) -> None:
    """People choose between two or three choices on five questions, so that all mixes can be tried."""
    for seed in range(12):
        dice = random.Random(seed)
        divided = dice.sample(list(model.questions_by_id), 5)
        choices = {
            question.id: dice.sample(question.choices, dice.randint(2, 3) if question.id in divided else 1)
            for question in model.questions
        }
        is_as_defined(
            model,
            room(model, dice, count=dice.randint(1, 14), rounds=2, votes=0.9, fewest=2, choices=choices),
        )


@SAME
@given(models_with_rooms(), st.integers(1, 3))
def test_up_to_a_round_it_is_what_it_was_then(drawn: tuple[Model, Held], number: int) -> None:
    model, found = drawn
    then = replace(found.room, rounds=found.room.rounds[:number])
    said = reveal(found.room, found.votes, model, up_to=number)
    assert said == reveal(then, [vote for vote in found.votes if vote.round <= number], model)


@SAME
@given(models_with_rooms(), st.randoms())
def test_it_does_not_depend_on_the_order_of_the_votes(drawn: tuple[Model, Held], dice: random.Random) -> None:
    model, found = drawn
    votes = list(found.votes)
    dice.shuffle(votes)
    assert reveal(found.room, votes, model) == reveal(found.room, found.votes, model)


@SAME
@given(models_with_rooms(), st.data())
def test_of_too_few_votes_nothing_is_used(drawn: tuple[Model, Held], data: st.DataObject) -> None:
    """Whatever they chose on that question, everything that is said stays the same."""
    model, found = drawn
    said = reveal(found.room, found.votes, model)
    others = [
        replace(vote, choice=data.draw(st.sampled_from(model.questions_by_id[vote.question].choices)))
        if vote.question in said.too_few
        else vote
        for vote in found.votes
    ]
    assert reveal(found.room, others, model) == said


@SAME
@given(models_with_rooms())
def test_rounds_that_are_not_revealed_are_passed_over(drawn: tuple[Model, Held]) -> None:
    """Even if somebody hands their votes over."""
    model, found = drawn
    last = found.room.rounds[-1].number
    without = replace(found.room, rounds=unrevealed(found, last).room.rounds)
    expected = reveal(without, [vote for vote in found.votes if vote.round < last], model)
    assert reveal(without, found.votes, model) == expected


def divided(model: Model, **questions: list[str]) -> Held:
    """One person for each place in the lists; all else is answered as by a team that pulls in one direction."""
    count = max(map(len, questions.values()))
    sheets = {
        seat: {id_: chosen[seat - 1] for id_, chosen in questions.items() if seat <= len(chosen)}
        for seat in range(1, count + 1)
    }
    return held(model, sheets)


def test_seven_of_twelve_get_okrs(model: Model) -> None:
    said = reveal((found := divided(model, work_kind=["change"] * 7 + ["sustain"] * 5)).room, found.votes, model)
    assert said.people == 12
    assert said.by_person == ((("okr",), 7), (("health_metrics",), 5))
    assert said.answers == {"work_kind": "change"}
    assert said.outcome == ("okr",)
    assert said.possible == ("okr", "health_metrics")
    first = said.questions[0]
    assert (first.question, first.matters, first.statistic) == ("work_kind", True, "most_frequent")
    assert [(camp.option, len(camp.seats), camp.outcome) for camp in first.camps] == [
        ("change", 7, ("okr",)),
        ("sustain", 5, ("health_metrics",)),
    ]
    assert first.shift == Shift("sustain", 2, ("health_metrics",))


def test_one_person_is_a_camp_in_a_group_of_five_and_none_in_one_of_six(model: Model) -> None:
    for others, matters in ((4, True), (5, False)):
        found = divided(model, work_kind=["change"] * others + ["sustain"])
        first = of(reveal(found.room, found.votes, model), "work_kind")
        assert first.matters == matters
        assert len(first.camps) == (2 if matters else 1)


def test_of_two_that_decide_the_one_with_the_larger_smaller_side_comes_first(model: Model) -> None:
    """Although on the other one people are further apart: most of that changes nothing."""
    found = divided(
        model,
        stakeholder_involvement=["together"] * 4 + ["consulted"] * 3 + ["handed_down"] * 2,
        vision_stability=["steady"] * 6 + ["churning"] * 3,
    )
    said = reveal(found.room, found.votes, model)
    deciding = [shown.question for shown in said.questions if shown.matters]
    assert deciding == ["vision_stability", "stakeholder_involvement"]


def test_without_a_proposal_the_shifts_say_who_breaks_the_tie(model: Model) -> None:
    found = divided(model, work_kind=["change"] * 3 + ["sustain"] * 3)
    first = of(reveal(found.room, found.votes, model), "work_kind")
    assert first.proposal is None
    assert first.shifts == (Shift("change", 1, ("okr",)), Shift("sustain", 1, ("health_metrics",)))


def test_what_was_agreed_counts_and_the_shift_is_still_judged_from_the_votes(model: Model) -> None:
    found = divided(model, work_kind=["change"] * 5 + ["sustain"] * 2)
    agreed = replace(found.room, agreed={"work_kind": "sustain"})
    said = reveal(agreed, found.votes, model)
    first = of(said, "work_kind")
    assert said.outcome == ("health_metrics",)
    assert (first.proposal, first.agreed) == ("change", "sustain")
    assert first.shift == Shift("sustain", 2, ("health_metrics",))


def test_not_knowing_is_shown_and_is_in_no_median(model: Model) -> None:
    found = divided(model, vision_stability=["steady", "steady", "adjusted", UNSURE, UNSURE, UNSURE])
    shown = of(reveal(found.room, found.votes, model), "vision_stability")
    assert (shown.voted, len(shown.seats[UNSURE]), shown.proposal) == (6, 3, "steady")
    assert (shown.lowest, shown.highest, shown.span) == ("steady", "adjusted", 1)


def test_two_in_the_middle_that_differ_are_no_proposal(model: Model) -> None:
    options = [option.id for option in model.questions_by_id["vision_stability"].options]
    found = divided(model, vision_stability=[options[0], options[0], options[2], options[2]])
    said = reveal(found.room, found.votes, model)
    assert of(said, "vision_stability").proposal is None
    assert said.answers == {}


def test_before_anything_is_revealed_every_question_has_no_votes(model: Model) -> None:
    found = unrevealed(divided(model, work_kind=["change"] * 7), 1)
    said = reveal(found.room, (), model)
    assert [shown.question for shown in said.questions] == list(model.questions_by_id)
    assert (said.people, said.by_person, said.answers, said.too_few) == (0, (), {}, ())
    assert all(
        (shown.voted, shown.rounds, shown.shift, shown.matters) == (0, (), None, False) for shown in said.questions
    )


def test_a_question_nobody_voted_on_is_no_secret_and_one_with_two_is(model: Model) -> None:
    found = held(model, {1: {"work_kind": "change"}, 2: {"work_kind": "deliver"}}, fewest=3)
    said = reveal(found.room, found.votes, model)
    assert said.too_few == ("work_kind",)
    assert len(said.questions) == len(model.questions) - 1
    assert (said.people, said.answers) == (0, {})


def test_who_does_not_vote_again_stays_where_they_were(model: Model) -> None:
    first = {seat: {"work_kind": "change" if seat < 5 else "sustain"} for seat in range(1, 8)}
    found = held(
        model, first, {1: {"work_kind": "sustain"}, 2: {"work_kind": "change"}, 8: {"work_kind": "change"}}
    )
    shown = of(reveal(found.room, found.votes, model), "work_kind")
    assert shown.seats["change"] == (2, 3, 4, 8)
    assert shown.seats["sustain"] == (1, 5, 6, 7)
    assert (shown.rounds, shown.again) == ((1, 2), 3)
    assert shown.moves == (Move("change", "sustain", 1),)


def test_what_too_few_vote_again_does_not_count(model: Model) -> None:
    """Whoever leads sees who is done: with the counts before and after they would know what one person chose."""
    first = {seat: {"work_kind": "change"} for seat in range(1, 6)}
    found = held(model, first, {1: {"work_kind": "sustain"}, 2: {"work_kind": "sustain"}}, fewest=3)
    shown = of(reveal(found.room, found.votes, model), "work_kind")
    assert shown.seats["change"] == (1, 2, 3, 4, 5)
    assert (shown.again, shown.too_few, shown.moves) == (0, 2, ())
    later = held(model, first, {seat: {"work_kind": "sustain"} for seat in (1, 2, 3)}, fewest=3)
    assert of(reveal(later.room, later.votes, model), "work_kind").seats["sustain"] == (1, 2, 3)


def test_in_a_named_room_whoever_votes_again_counts(model: Model) -> None:
    """Whose vote it is everybody sees anyway."""
    first = {seat: {"work_kind": "change"} for seat in range(1, 6)}
    found = held(model, first, {1: {"work_kind": "sustain"}}, named=True, fewest=3)
    shown = of(reveal(found.room, found.votes, model), "work_kind")
    assert (shown.seats["sustain"], shown.again, shown.too_few) == ((1,), 1, 0)
    assert shown.moves == (Move("change", "sustain", 1),)


def test_who_leaves_does_not_undo_what_others_voted_again(model: Model) -> None:
    first = {seat: {"work_kind": "change"} for seat in range(1, 6)}
    found = without(held(model, first, {s: {"work_kind": "sustain"} for s in (1, 2, 3)}, fewest=3), {3})
    shown = of(reveal(found.room, found.votes, model), "work_kind")
    assert (shown.seats["sustain"], shown.seats["change"]) == ((1, 2), (4, 5))
    assert (shown.again, shown.too_few) == (2, 0)


@pytest.mark.parametrize("named", [True, False])
def test_nothing_is_shown_once_too_few_are_left(named: bool, model: Model) -> None:
    first = {seat: {"work_kind": "change"} for seat in (1, 2, 3)}
    found = held(model, first, named=named, fewest=3)
    assert reveal(found.room, found.votes, model).too_few == ()
    left = without(found, {2})
    assert reveal(left.room, left.votes, model).too_few == ("work_kind",)
    assert standing_votes(left.room, left.votes)["work_kind"].voted == 2
    empty = without(found, {1, 2, 3})
    assert reveal(empty.room, empty.votes, model).too_few == (), "nobody's vote is no secret"


def test_what_did_not_count_is_not_told_of_a_later_round(model: Model) -> None:
    """Two voted again, then it was asked once more and nobody voted."""
    first = {seat: {"work_kind": "change"} for seat in range(1, 6)}
    found = held(model, first, {1: {"work_kind": "sustain"}, 2: {"work_kind": "sustain"}}, fewest=3)
    assert of(reveal(found.room, found.votes, model), "work_kind").too_few == 2
    third = replace(found.room.rounds[1], number=3, uncounted=())
    later = replace(found.room, rounds=(*found.room.rounds, third))
    shown = of(reveal(later, found.votes, model), "work_kind")
    assert (shown.rounds, shown.again, shown.too_few, shown.voted) == ((1, 2, 3), 0, 0, 5)


def test_of_a_question_whose_votes_never_count_only_their_number_is_known(model: Model) -> None:
    two, one = {1: {"work_kind": "change"}, 2: {"work_kind": "change"}}, {3: {"work_kind": "learn"}}
    found = held(model, two, one, fewest=3)
    assert reveal(found.room, found.votes, model).too_few == ("work_kind",)
    assert standing_votes(found.room, found.votes)["work_kind"].voted == 1


@SAME
@given(models_with_rooms())
def test_of_each_round_only_votes_that_count_are_listed(drawn: tuple[Model, Held]) -> None:
    model, found = drawn
    said = reveal(found.room, found.votes, model)
    for listed in cast(found.room, found.votes, model):
        assert listed.voted >= found.room.setup.smallest_group
        assert listed.question not in found.room.rounds[listed.round - 1].uncounted
        assert listed.question not in said.too_few


def test_nobody_is_told_to_have_moved_from_a_vote_that_was_never_shown(model: Model) -> None:
    """Two voted at first, too few to show. With three in the next round, their first votes stay unknown."""
    first = {1: {"work_kind": "change"}, 2: {"work_kind": "change"}}
    again = {seat: {"work_kind": "sustain"} for seat in (1, 2, 3)}
    found = held(model, first, again, fewest=3)
    shown = of(reveal(found.room, found.votes, model), "work_kind")
    assert (shown.moves, shown.moves_shown) == ((), False)


def test_the_check_is_not_a_vote(model: Model) -> None:
    found = held(model, {seat: {"work_kind": "change"} for seat in range(1, 4)}, check={1: "5", 2: "0", 3: "1"})
    said = reveal(found.room, found.votes, model)
    assert said == reveal(found.room, [vote for vote in found.votes if vote.round == 1], model)
    assert of(said, "work_kind").rounds == (1,)


def test_a_vote_on_a_question_of_no_revealed_round_is_passed_over(model: Model) -> None:
    found = held(model, {1: {"work_kind": "change"}, 2: {"work_kind": "change"}}, questions=["work_kind"])
    stray = Vote(1, 1, "commitment", "date", "", NOON)
    assert reveal(found.room, (*found.votes, stray), model) == reveal(found.room, found.votes, model)


@pytest.mark.parametrize("count", [2, 5, 14])
def test_a_group_of_one_mind_has_no_disagreement(model: Model, count: int) -> None:
    sheet = {question.id: question.options[0].id for question in model.questions}
    found = held(model, dict.fromkeys(range(1, count + 1), sheet))
    said = reveal(found.room, found.votes, model)
    assert Counter(shown.matters for shown in said.questions) == {False: len(model.questions)}
    assert said.by_person == ((said.outcome, count),)
    assert said.possible == said.outcome
