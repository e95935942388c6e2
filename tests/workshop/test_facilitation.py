"""What a facilitator does, kept: steps one after the other, votes of revealed rounds only, and the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import FIST, Outcome
from tests.still import NOON, StillClock
from tests.workshop.meeting import ANSWERS, QUESTIONS, Meeting, meeting_in, refusal

HOUR = timedelta(hours=1)


def test_a_workshop_from_its_first_vote_to_its_decision(meeting: Meeting, model: Model, clock: StillClock) -> None:
    facilitation = meeting.facilitation
    ann, ben = meeting.join("Ann"), meeting.join("Ben")
    facilitation.open_round(lasts=HOUR)
    meeting.vote(ann)
    meeting.vote(ben, ANSWERS | {"work_kind": "learn"}, why="We know too little.")
    facilitation.nudge()
    facilitation.close()
    facilitation.reopen()
    facilitation.close()
    facilitation.reveal()
    facilitation.focus("work_kind")
    facilitation.agree({"outcome_clarity": "number"}, model)
    facilitation.open_round(["work_kind"])
    meeting.vote(ann, {"work_kind": "learn"})
    facilitation.reveal()
    facilitation.agree({"work_kind": "learn"}, model)
    facilitation.open_check()
    meeting.vote(ann, {FIST: "4"})
    facilitation.reveal()
    clock.move(HOUR)
    facilitation.finish(" Discovery first ", "Too little is\r\nknown.", " Dana", date(2026, 9, 1))
    room = facilitation.room()
    assert room.agreed == {"work_kind": "learn", "outcome_clarity": "number"}
    assert room.outcome == Outcome("Discovery first", "Too little is\nknown.", "Dana", date(2026, 9, 1))
    assert [(round_.kind, round_.questions) for round_ in room.rounds] == [
        ("vote", QUESTIONS), ("vote", ("work_kind",)), ("check", (FIST,)),
    ]  # fmt: skip
    said = [
        (vote.round, vote.seat, vote.choice) for vote in facilitation.votes() if vote.question != "known_lever"
    ]
    assert said == [
        (1, 1, "number"), (1, 1, "change"), (1, 2, "number"), (1, 2, "learn"), (2, 1, "learn"), (3, 1, "4"),
    ]  # fmt: skip
    assert len(facilitation.votes()) == 8
    assert room.revision == 14


def test_each_change_is_a_new_revision_and_what_changes_nothing_is_not(meeting: Meeting) -> None:
    facilitation = meeting.facilitation
    assert facilitation.room().revision == 0
    for act, revision in (
        (facilitation.open_round, 1),
        (facilitation.close, 2),
        (facilitation.close, 2),
        (facilitation.reveal, 3),
        (facilitation.reveal, 3),
        (lambda: facilitation.focus("work_kind"), 4),
        (lambda: facilitation.focus("work_kind"), 4),
        (lambda: facilitation.focus(""), 5),
    ):
        act()
        assert facilitation.room().revision == revision == meeting.voting.pulse().revision


def test_what_is_refused_changes_nothing_and_is_no_use_of_the_room(meeting: Meeting, clock: StillClock) -> None:
    clock.move(HOUR)
    before = meeting.room
    assert refusal(meeting.facilitation.close) == "is_lobby"
    assert refusal(lambda: meeting.facilitation.open_round(["autonomy"])) == "other_question"
    assert meeting.room == before
    assert meeting.workshops.store.used_at(meeting.id) == NOON
    meeting.facilitation.open_round()
    assert meeting.workshops.store.used_at(meeting.id) == NOON + HOUR


def test_nobody_gets_votes_of_a_round_that_is_not_revealed(meeting: Meeting) -> None:
    facilitation, ann = meeting.facilitation, meeting.join()
    shown = []
    for round_ in (1, 2):
        for act in (facilitation.open_round, lambda: meeting.vote(ann), facilitation.close, facilitation.reveal):
            act()
            assert facilitation.votes() == meeting.voting.votes()
            shown.append({vote.round for vote in facilitation.votes()})
        assert {vote.seat for vote in facilitation.votes()} == {1}, round_
    assert shown == [set(), set(), set(), {1}, {1}, {1}, {1}, {1, 2}]


def test_who_has_not_voted_can_be_taken_away_and_comes_as_somebody_new(meeting: Meeting) -> None:
    """Also who only watches; and a second click does nothing."""
    facilitation, ann, wim = meeting.facilitation, meeting.join(), meeting.join("Wim", spectator=True)
    facilitation.open_round()
    for _ in range(2):
        facilitation.remove(1)
    assert meeting.voting.me(ann) is None
    assert meeting.voting.people() == (meeting.me(wim),)
    assert facilitation.room().revision == 2, "the page of whoever was taken away is made anew"
    facilitation.remove(2)
    assert meeting.voting.people() == ()
    assert meeting.voting.join(ann, "Ann again").seat == 3


def test_who_has_voted_can_only_leave_by_themselves(meeting: Meeting, clock: StillClock) -> None:
    facilitation, ann = meeting.facilitation, meeting.join()
    facilitation.open_round()
    meeting.vote(ann, {"work_kind": "learn"})
    clock.move(HOUR)
    assert refusal(lambda: facilitation.remove(1)) == "has_voted"
    facilitation.reveal()
    facilitation.open_round()
    assert refusal(lambda: facilitation.remove(1)) == "has_voted", "in an earlier round"
    assert len(meeting.voting.my_votes(meeting.me(ann))) == 1
    elsewhere = meeting_in(meeting.workshops, meeting.model)
    elsewhere.facilitation.remove(1)
    assert meeting.voting.people() == (meeting.me(ann),)


@pytest.mark.parametrize("named", [True, False])
def test_the_reveal_notes_on_what_too_few_voted_and_nobody_who_leaves_changes_it(
    named: bool, meeting: Meeting
) -> None:
    meeting = meeting_in(meeting.workshops, meeting.model, named=named)
    facilitation, tokens = meeting.facilitation, [meeting.join(name) for name in ("Ann", "Ben", "Cem")]
    facilitation.open_round()
    for token, answers in zip(tokens, ({"work_kind": "learn"}, ANSWERS, {"work_kind": "change"}), strict=True):
        meeting.vote(token, answers)
    facilitation.reveal()
    expected = () if named else ("outcome_clarity", "known_lever")
    (round_,) = meeting.room.rounds
    assert round_.uncounted == expected
    meeting.voting.leave(tokens[0])
    facilitation.reveal()
    assert meeting.room.rounds == (round_,)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("decided", "", "no_decision"),
        ("decided", " \n ", "no_decision"),
        ("decided", "x" * 121, "too_long"),
        ("because", "x" * 2001, "too_long"),
        ("owner", "a\u202eb", "bad_character"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(
    field: str, text: str, problem: str, meeting: Meeting, model: Model
) -> None:
    meeting.facilitation.open_round()
    meeting.facilitation.reveal()
    meeting.facilitation.agree({"work_kind": "change"}, model)
    texts = {"decided": "OKRs"} | {field: text}
    assert refusal(lambda: meeting.facilitation.finish(**texts)) == problem
    assert meeting.room.finished_at is None
    meeting.facilitation.finish("OKRs")
    assert refusal(lambda: meeting.facilitation.correct(**texts)) == problem
    assert meeting.room.outcome == Outcome("OKRs", "", "", None)


def test_a_correction_is_kept_with_its_time(meeting: Meeting, model: Model, clock: StillClock) -> None:
    facilitation = meeting.facilitation
    facilitation.open_round()
    facilitation.reveal()
    facilitation.agree({"work_kind": "change"}, model)
    assert refusal(lambda: facilitation.correct("OKRs")) == "is_revealed"
    facilitation.finish("OKR")
    finished = facilitation.room()
    clock.move(HOUR)
    facilitation.correct(" OKRs ", owner="Dana")
    corrected = facilitation.room()
    assert corrected.outcome == Outcome("OKRs", "", "Dana", None, corrected_at=NOON + HOUR)
    assert (corrected.finished_at, corrected.agreed) == (finished.finished_at, finished.agreed)
    assert corrected.revision == finished.revision + 1
    facilitation.correct("OKRs", owner="Dana")
    assert facilitation.room() == corrected


def test_a_room_that_is_deleted_is_gone_for_whoever_is_in_it(meeting: Meeting, model: Model) -> None:
    facilitation, voting, ann = meeting.facilitation, meeting.voting, meeting.join()
    facilitation.open_round()
    facilitation.delete()
    facilitation.delete()
    acts: list[Callable[[], object]] = [
        facilitation.room,
        facilitation.votes,
        facilitation.pulse,
        facilitation.close,
        facilitation.new_co_facilitator_key,
        lambda: facilitation.agree({}, model),
        lambda: facilitation.remove(1),
        voting.room,
        voting.pulse,
        voting.votes,
        lambda: voting.join(ann, "Ann"),
        lambda: voting.vote(ann, 1, [], "A" * 22, model),
        lambda: voting.leave(ann),
        lambda: meeting.workshops.room(meeting.id),
        lambda: meeting.workshops.kept_until(meeting.id),
        lambda: meeting.workshops.let_in(meeting.new.facilitator_key, "browser"),
    ]
    for act in acts:
        assert refusal(act) == "no_room"
    assert facilitation.people() == voting.people() == ()
    assert voting.me(ann) is None


def test_of_two_who_agree_at_the_same_moment_the_second_is_told(meeting: Meeting, model: Model) -> None:
    first: Facilitation = meeting.facilitation
    second = meeting.workshops.facilitation_by_key(meeting.new.co_facilitator_key)
    first.open_round()
    first.reveal()
    seen = first.room().agreed
    first.agree({"work_kind": "change"}, model, seen=seen)
    assert refusal(lambda: second.agree({"work_kind": "learn"}, model, seen=seen)) == "agreed_meanwhile"
    assert first.room().agreed == {"work_kind": "change"}
    second.agree({"work_kind": "learn"}, model, seen=second.room().agreed)
    assert first.room().agreed == {"work_kind": "learn"}


@pytest.mark.robustness(14)
def test_two_facilitators_each_act_on_what_the_other_left(meeting: Meeting) -> None:
    first: Facilitation = meeting.facilitation
    second = meeting.workshops.facilitation_by_key(meeting.new.co_facilitator_key)
    first.open_round()
    second.close()
    first.reveal()
    assert refusal(second.close) == "is_revealed"
    second.reveal()
    assert first.room() == second.room()
    assert first.room().revision == 3
