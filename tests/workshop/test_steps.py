"""Each step in each phase: what comes of it, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from okr_assistant.workshop import steps
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.room import (
    FINGERS,
    FIST,
    LONGEST_ROUND,
    MOST_ROUNDS,
    Outcome,
    Phase,
    Room,
    Round,
    Setup,
)
from tests.still import NOON
from tests.workshop.meeting import QUESTIONS, refusal

TINY = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
OUTCOME = Outcome("OKRs for checkout", "", "", None)
LOBBY = Room("room", "00000001", Setup("Goals", "", "2026.1", "", QUESTIONS, False, 3, ""), NOON)


def of(room: Room, number: int) -> Round:
    return room.rounds[number - 1]


VOTING = steps.open_round(LOBBY, QUESTIONS, None, NOON)
TIMED = steps.open_round(LOBBY, QUESTIONS, NOON + HOUR, NOON)
CLOSED = steps.close(VOTING, NOON)
REVEALED = replace(steps.reveal(VOTING, {}, NOON), agreed={"work_kind": "change"})
CHECK = steps.open_check(REVEALED, None, NOON)
FINISHED = steps.finish(REVEALED, OUTCOME, NOON)

ROOMS: dict[Phase, Room] = {
    "lobby": replace(LOBBY, agreed={"work_kind": "change"}),
    "voting": VOTING,
    "closed": CLOSED,
    "revealed": REVEALED,
    "finished": FINISHED,
}
Step: TypeAlias = Callable[[Room, Model], Room]
STEPS: dict[str, Step] = {
    "open": lambda room, model: steps.open_round(room, QUESTIONS, None, NOON),
    "check": lambda room, model: steps.open_check(replace(room, agreed={"work_kind": "change"}), None, NOON),
    "close": lambda room, model: steps.close(room, NOON),
    "reopen": lambda room, model: steps.reopen(room, None, NOON),
    "reveal": lambda room, model: steps.reveal(room, {}, NOON),
    "focus": lambda room, model: steps.focus(room, "work_kind", NOON),
    "agree": lambda room, model: steps.agree(room, {"outcome_clarity": "number"}, model, NOON),
    "nudge": lambda room, model: steps.nudge(room, NOON),
    "finish": lambda room, model: steps.finish(room, OUTCOME, NOON),
    "correct": lambda room, model: steps.correct(room, OUTCOME, NOON),
}
LEADS_TO: dict[str, dict[Phase, Phase]] = {
    "open": {"lobby": "voting", "revealed": "voting"},
    "check": {"lobby": "voting", "revealed": "voting"},
    "close": {"voting": "closed", "closed": "closed"},
    "reopen": {"voting": "voting", "closed": "voting"},
    "reveal": {"voting": "revealed", "closed": "revealed", "revealed": "revealed"},
    "focus": {"revealed": "revealed"},
    "agree": {"revealed": "revealed"},
    "nudge": {"voting": "voting"},
    "finish": {"revealed": "finished"},
    "correct": {"finished": "finished"},
}


@pytest.mark.parametrize("phase", ROOMS)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_on_or_is_refused_with_a_sentence(
    step: str, phase: Phase, model: Model, words: Words
) -> None:
    room = ROOMS[phase]
    assert room.phase(NOON) == phase
    expected = LEADS_TO[step].get(phase)
    if expected:
        assert STEPS[step](room, model).phase(NOON) == expected
        return
    with pytest.raises(RoomError) as refused:
        STEPS[step](room, model)
    assert refused.value.problem == f"is_{phase}"
    assert words(f"error.{refused.value.problem}")


@pytest.mark.robustness(22)
def test_a_round_closes_at_the_very_instant() -> None:
    assert TIMED.phase(NOON + HOUR - TINY) == "voting"
    assert TIMED.phase(NOON + HOUR) == "closed"


@pytest.mark.parametrize(("late", "ended"), [(-TINY, HOUR - TINY), (timedelta(), HOUR), (HOUR, HOUR)])
def test_a_round_that_closed_by_itself_ended_when_it_did(late: timedelta, ended: timedelta) -> None:
    """And not when somebody closed or revealed it afterwards."""
    now = NOON + HOUR + late
    for room in (steps.close(TIMED, now), steps.reveal(TIMED, {}, now)):
        assert of(room, 1).closed_at == NOON + ended
    assert of(steps.reveal(TIMED, {}, now), 1).revealed_at == now


def test_closing_and_revealing_again_change_nothing() -> None:
    assert steps.close(CLOSED, NOON + HOUR) == CLOSED
    assert steps.reveal(REVEALED, {}, NOON + HOUR) is REVEALED
    revealed = steps.reveal(CLOSED, {}, NOON + HOUR)
    assert (of(revealed, 1).closed_at, of(revealed, 1).revealed_at) == (NOON, NOON + HOUR)


def test_votes_of_too_few_are_left_uncounted_for_ever_in_anonymous_rooms() -> None:
    voters = {"work_kind": 2, "outcome_clarity": 3, "autonomy": 1}
    shown = steps.reveal(VOTING, voters, NOON)
    assert of(shown, 1).uncounted == ("work_kind",)
    assert steps.reveal(shown, {"outcome_clarity": 1}, NOON) is shown, "decided once"
    again = steps.reveal(steps.open_round(shown, ("known_lever",), None, NOON), {"known_lever": 2}, NOON)
    assert [round_.uncounted for round_ in again.rounds] == [("work_kind",), ("known_lever",)]
    named = replace(VOTING, setup=replace(VOTING.setup, named=True))
    assert of(steps.reveal(named, voters, NOON), 1).uncounted == ()
    assert of(steps.reveal(CHECK, {FIST: 1}, NOON), 2).uncounted == ()


def test_a_round_that_is_reopened_has_the_end_that_it_is_given() -> None:
    over = NOON + 2 * HOUR
    for end in (None, over + HOUR):
        reopened = of(steps.reopen(TIMED, end, over), 1)
        assert (reopened.closed_at, reopened.closes_at, reopened.phase(over)) == (None, end, "voting")


@pytest.mark.parametrize("lasts", [-HOUR, timedelta(), LONGEST_ROUND + TINY])
def test_an_end_that_is_no_end_is_refused(lasts: timedelta) -> None:
    for act in (
        lambda: steps.open_round(LOBBY, QUESTIONS, NOON + lasts, NOON),
        lambda: steps.open_check(REVEALED, NOON + lasts, NOON),
        lambda: steps.reopen(VOTING, NOON + lasts, NOON),
    ):
        assert refusal(act) == "bad_end"


@pytest.mark.parametrize("lasts", [TINY, LONGEST_ROUND])
def test_the_shortest_and_the_longest_round(lasts: timedelta) -> None:
    assert of(steps.open_round(LOBBY, QUESTIONS, NOON + lasts, NOON), 1).closes_at == NOON + lasts


def test_the_first_round_is_on_all_questions_and_the_next_on_those_chosen_in_the_rooms_order() -> None:
    assert of(steps.open_round(LOBBY, ("known_lever",), None, NOON), 1).questions == QUESTIONS
    again = steps.open_round(REVEALED, ("known_lever", "work_kind", "known_lever"), None, NOON)
    assert of(again, 2) == Round(2, "vote", ("work_kind", "known_lever"), NOON)
    assert refusal(lambda: steps.open_round(REVEALED, (), None, NOON)) == "no_questions"
    for room in (LOBBY, REVEALED):
        assert refusal(lambda room=room: steps.open_round(room, ("autonomy",), None, NOON)) == "other_question"


def test_a_new_round_looks_at_nothing_and_nudges_nobody() -> None:
    talking = replace(REVEALED, focus="work_kind", nudged_at=NOON)
    opened = steps.open_round(talking, QUESTIONS, None, NOON)
    assert (opened.focus, opened.nudged_at) == ("", None)
    assert steps.nudge(opened, NOON + HOUR).nudged_at == NOON + HOUR


def test_there_is_an_end_of_rounds() -> None:
    room = LOBBY
    for _ in range(MOST_ROUNDS):
        room = steps.reveal(steps.open_round(room, QUESTIONS, None, NOON), {}, NOON)
    assert [round_.number for round_ in room.rounds] == list(range(1, MOST_ROUNDS + 1))
    assert refusal(lambda: steps.open_round(room, QUESTIONS, None, NOON)) == "too_many_rounds"


def test_the_focus_is_one_of_the_rooms_questions_or_none() -> None:
    looking = steps.focus(REVEALED, "known_lever", NOON)
    assert looking.focus == "known_lever"
    assert steps.focus(looking, "", NOON).focus == ""
    assert refusal(lambda: steps.focus(REVEALED, FIST, NOON)) == "other_question"


def test_what_was_talked_about_is_known_until_the_next_round() -> None:
    talked = steps.focus(steps.focus(REVEALED, "known_lever", NOON), "work_kind", NOON)
    talked = steps.focus(talked, "", NOON)
    assert talked.talked == ("work_kind", "known_lever"), "in the room's order"
    assert steps.open_round(talked, ["known_lever"], None, NOON).talked == ()


def test_what_is_agreed_is_changed_taken_back_and_in_the_rooms_order(model: Model) -> None:
    agreed = steps.agree(REVEALED, {"known_lever": "unsure", "outcome_clarity": "number"}, model, NOON)
    assert list(agreed.agreed.items()) == [
        ("work_kind", "change"), ("outcome_clarity", "number"), ("known_lever", "unsure"),
    ]  # fmt: skip
    fewer = steps.agree(agreed, {"work_kind": None, "known_lever": "proven"}, model, NOON)
    assert fewer.agreed == {"outcome_clarity": "number", "known_lever": "proven"}
    assert REVEALED.agreed == {"work_kind": "change"}


def test_an_answer_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(model: Model) -> None:
    seen = REVEALED.agreed
    theirs = steps.agree(REVEALED, {"work_kind": "learn", "known_lever": "proven"}, model, NOON)
    mine: dict[str, str | None]
    for mine in (
        {"work_kind": "sustain"},
        {"work_kind": None},
        {"outcome_clarity": "number", "known_lever": "unsure"},
    ):
        act = partial(steps.agree, theirs, mine, model, NOON)
        assert refusal(partial(act, seen=seen)) == "agreed_meanwhile"
        assert act(seen=theirs.agreed) != theirs, "who has looked may change it"
    same = steps.agree(theirs, {"work_kind": "learn"}, model, NOON, seen=seen)
    assert same == theirs, "both agreed on the same"
    other = steps.agree(theirs, {"outcome_clarity": "number"}, model, NOON, seen=seen)
    assert other.agreed["outcome_clarity"] == "number", "another question is not in the way"


def test_voting_again_takes_back_what_was_agreed_on_it_and_nothing_else(model: Model) -> None:
    """The agreed answer stands before any vote: left there, the new votes could change nothing."""
    agreed = steps.agree(REVEALED, {"known_lever": "unsure", "outcome_clarity": "number"}, model, NOON)
    again = steps.open_round(agreed, ("outcome_clarity",), None, NOON)
    assert again.agreed == {"work_kind": "change", "known_lever": "unsure"}


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"work_kind": "deliver", "autonomy": "team"}, "other_question"),
        ({FIST: "5"}, "other_question"),
        ({"known_lever": "proven", "work_kind": "number"}, "unknown_option"),
        ({"work_kind": ""}, "unknown_option"),
    ],
)
def test_what_cannot_be_agreed_is_refused_as_a_whole(answers: dict[str, str], problem: str, model: Model) -> None:
    assert refusal(lambda: steps.agree(REVEALED, answers, model, NOON)) == problem


def test_answers_stand_from_the_check_on_until_there_is_another_vote(model: Model) -> None:
    shown = steps.reveal(CHECK, {}, NOON)
    for room in (CHECK, steps.close(CHECK, NOON), shown, FINISHED):
        assert room.answers_are_agreed
    assert refusal(lambda: steps.agree(shown, {"work_kind": "learn"}, model, NOON)) == "answers_stand"
    voting = steps.open_round(shown, ("work_kind",), None, NOON)
    assert not voting.answers_are_agreed
    assert not LOBBY.answers_are_agreed
    again = steps.agree(steps.reveal(voting, {}, NOON), {"work_kind": "learn"}, model, NOON)
    assert again.agreed == {"work_kind": "learn"}


def test_a_check_is_one_question_in_fingers(model: Model) -> None:
    assert (of(CHECK, 2).kind, of(CHECK, 2).questions) == ("check", (FIST,))
    assert CHECK.choices(FIST, model) == FINGERS
    assert "unsure" in VOTING.choices("work_kind", model)
    assert [round_.number for round_ in steps.reveal(CHECK, {}, NOON).votes_shown] == [1]


def test_nothing_agreed_nothing_to_check_or_to_finish() -> None:
    bare = replace(REVEALED, agreed={})
    assert refusal(lambda: steps.open_check(bare, None, NOON)) == "nothing_agreed"
    assert refusal(lambda: steps.finish(bare, OUTCOME, NOON)) == "nothing_agreed"


def test_a_workshop_is_finished_with_a_decision() -> None:
    whole = Outcome("OKRs", "All agree.", "Dana", date(2026, 9, 1))
    finished = steps.finish(replace(REVEALED, focus="work_kind"), whole, NOON + HOUR)
    assert (finished.outcome, finished.finished_at, finished.focus) == (whole, NOON + HOUR, "")


def test_the_words_of_the_decision_can_be_corrected_and_nothing_else() -> None:
    later = NOON + HOUR
    better = Outcome("OKRs from May", "All agree.", "Dana", date(2026, 9, 1))
    corrected = steps.correct(FINISHED, better, later)
    assert corrected == replace(FINISHED, outcome=replace(better, corrected_at=later))
    assert steps.correct(corrected, better, later + HOUR) is corrected, "the same words are no correction"
