"""Joining, voting, sending again, coming back and leaving (robustness 16 to 20, 28)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from okr_assistant.clock import hashed
from okr_assistant.decision.model import Model
from okr_assistant.errors import TextError
from okr_assistant.store import SqlStore
from okr_assistant.workshop.room import FIST, PLACES, Participant
from okr_assistant.workshop.voting import MOST_SENT, Choice
from okr_assistant.workshop.workshops import Workshops
from tests.still import NOON, StillClock
from tests.store.test_rooms import rows
from tests.workshop.meeting import HIDES, QUESTIONS, Meeting, meeting_in, refusal

HOUR = timedelta(hours=1)
KEY, OTHER_KEY = "K" * 22, "L" * 22
NO_TOKENS = ["", "A" * 21, "A" * 23, "A" * 21 + "\0", "\ud800" * 22, "A" * 10**6]


@pytest.fixture
def ann(meeting: Meeting) -> str:
    """Somebody who is in the room when the voting begins."""
    token = meeting.join()
    meeting.facilitation.open_round()
    return token


def choices(meeting: Meeting, token: str) -> dict[str, str]:
    return {vote.question: vote.choice for vote in meeting.voting.my_votes(meeting.me(token))}


# joining


def test_whoever_joins_has_the_next_seat_and_keeps_it(meeting: Meeting, clock: StillClock) -> None:
    ann, ben = meeting.join(" Ann "), meeting.join("Анна", spectator=True)
    clock.move(HOUR)
    assert meeting.voting.join(ann, "Ann") == Participant(1, "Ann", False, NOON)
    assert meeting.voting.people() == (meeting.me(ann), meeting.me(ben))
    assert meeting.me(ben) == Participant(2, "Анна", True, NOON)
    assert meeting.room.revision == 0
    assert meeting.workshops.store.used_at(meeting.id) == NOON + HOUR


@pytest.mark.parametrize("named", [True, False])
def test_a_name_can_be_changed_and_only_pages_that_show_it_are_made_anew(
    named: bool, workshops: Workshops, model: Model
) -> None:
    """Else one person who changes their name again and again makes two hundred phones load their page."""
    meeting = meeting_in(workshops, model, named=named)
    ann = meeting.join()
    for name, act, shown in (
        ("Anna", lambda: None, False),
        ("Anne", meeting.facilitation.open_round, False),
        ("Hannah", meeting.facilitation.reveal, True),
        ("Joan", meeting.facilitation.open_round, True),
    ):
        act()
        before = meeting.voting.pulse()
        assert meeting.voting.join(ann, name) == meeting.me(ann) == Participant(1, name, False, NOON)
        assert meeting.voting.pulse().revision == before.revision + (named and shown)


def test_two_people_may_have_one_name_and_are_told_apart(meeting: Meeting) -> None:
    assert {meeting.me(meeting.join("Ann")).seat for _ in range(3)} == {1, 2, 3}


@pytest.mark.parametrize(
    ("name", "problem"),
    [("", "no_name"), (" \n", "no_name"), ("x" * 121, "too_long"), ("a\u202eb", "bad_character")],
)
def test_a_name_that_cannot_be_kept_takes_no_seat(name: str, problem: str, meeting: Meeting) -> None:
    assert refusal(lambda: meeting.join(name)) == problem
    assert meeting.voting.people() == ()


@pytest.mark.robustness(25)
@pytest.mark.parametrize("token", NO_TOKENS, ids=lambda token: ascii(token[:23]))
def test_what_is_no_token_takes_no_seat_and_is_nobody(token: str, meeting: Meeting, model: Model) -> None:
    meeting.facilitation.open_round()
    for act in (
        lambda: meeting.voting.join(token, "Ann"),
        lambda: meeting.voting.vote(token, 1, [], KEY, model),
        lambda: meeting.voting.leave(token),
    ):
        assert refusal(act) == "not_in_this_room"
    assert meeting.voting.me(token) is None
    assert meeting.voting.people() == ()


def test_late_comers_join_until_the_workshop_is_over(meeting: Meeting, ann: str, model: Model) -> None:
    assert meeting.vote(meeting.join("Ben")) == "saved"
    meeting.facilitation.reveal()
    meeting.join("Cem")
    meeting.facilitation.agree({"work_kind": "change"}, model)
    meeting.facilitation.finish("OKRs")
    assert refusal(lambda: meeting.join("Dana")) == refusal(lambda: meeting.voting.join(ann, "A")) == "is_finished"
    assert len(meeting.voting.people()) == 3


@pytest.mark.robustness(16)
def test_the_201st_is_refused_and_whoever_leaves_makes_room(meeting: Meeting) -> None:
    """Robustness 16."""
    with meeting.workshops.store.change_room(meeting.id) as change:
        for number in range(PLACES - 1):
            change.add(hashed(f"{number}"), "Name", NOON, spectator=number % 2 == 0)
    last = meeting.join("The last")
    assert refusal(lambda: meeting.join("One more")) == "room_is_full"
    assert refusal(lambda: meeting.join("To watch", spectator=True)) == "room_is_full"
    assert meeting.voting.join(last, "Still the last").seat == PLACES == len(meeting.voting.people()) == 200
    meeting.voting.leave(last)
    assert meeting.me(meeting.join("One more")).seat == 201


# who only watches


def test_who_watches_does_not_vote_until_they_take_part(meeting: Meeting, ann: str) -> None:
    watcher = meeting.join("Wim", spectator=True)
    assert refusal(lambda: meeting.vote(watcher)) == "spectators_watch"
    assert (meeting.voting.pulse().joined, meeting.voting.pulse().watching) == (1, 1)
    meeting.voting.join(watcher, "Wim", spectator=False)
    assert meeting.vote(watcher) == "saved"
    assert (meeting.voting.pulse().joined, meeting.voting.pulse().watching) == (2, 0)


def test_who_has_voted_cannot_say_that_they_only_watched(meeting: Meeting, ann: str) -> None:
    meeting.vote(ann, {"work_kind": "learn"})
    assert meeting.voting.join(ann, "Ann", spectator=True).spectator is False
    assert meeting.voting.pulse().begun == 1


# voting


def test_a_vote_is_kept_as_it_was_sent_and_a_later_one_takes_its_place(
    meeting: Meeting, ann: str, clock: StillClock
) -> None:
    assert meeting.vote(ann, {"work_kind": "learn"}, why=" Too\r\nlittle\tknown ") == "saved"
    (kept,) = meeting.voting.my_votes(meeting.me(ann))
    assert (kept.seat, kept.round, kept.question, kept.choice, kept.reason, kept.at) == (
        1, 1, "work_kind", "learn", "Too\nlittle known", NOON,
    )  # fmt: skip
    clock.move(HOUR)
    meeting.vote(ann, {"work_kind": "unsure", "outcome_clarity": "number"})
    assert choices(meeting, ann) == {"work_kind": "unsure", "outcome_clarity": "number"}
    assert {(vote.at, vote.reason) for vote in meeting.voting.my_votes(meeting.me(ann))} == {(NOON + HOUR, "")}
    assert meeting.workshops.store.used_at(meeting.id) == NOON + HOUR


def test_of_a_question_that_is_sent_twice_at_once_the_last_counts(
    meeting: Meeting, ann: str, model: Model
) -> None:
    twice = [Choice("work_kind", "learn", "why"), Choice("work_kind", "deliver")]
    meeting.voting.vote(ann, 1, twice, KEY, model)
    (kept,) = meeting.voting.my_votes(meeting.me(ann))
    assert (kept.choice, kept.reason) == ("deliver", "")


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (Choice("autonomy", "team"), "other_question"),
        (Choice(FIST, "5"), "other_question"),
        (Choice("\ud800", "team"), "other_question"),
        (Choice("work_kind", "number"), "unknown_option"),
        (Choice("work_kind", ""), "unknown_option"),
        (Choice("work_kind", "\udfff"), "unknown_option"),
        (Choice("work_kind", "learn", "x" * 501), "too_long"),
        (Choice("work_kind", "learn", "\ud800"), "bad_character"),
    ],
    ids=lambda it: ascii(it)[:40],
)
def test_of_what_cannot_be_kept_nothing_is(
    choice: Choice, problem: str, meeting: Meeting, ann: str, model: Model
) -> None:
    sent = [Choice("outcome_clarity", "number"), choice]
    assert refusal(lambda: meeting.voting.vote(ann, 1, sent, KEY, model)) == problem
    assert meeting.voting.my_votes(meeting.me(ann)) == ()
    assert meeting.voting.vote(ann, 1, sent[:1], KEY, model) == "saved", "the key was not used up"


def test_a_reason_that_is_too_long_names_its_question(meeting: Meeting, ann: str) -> None:
    with pytest.raises(TextError) as refused:
        meeting.vote(ann, {"work_kind": "learn"}, why="x" * 501)
    assert refused.value.place == "work_kind"


@pytest.mark.parametrize("key", NO_TOKENS, ids=lambda token: ascii(token[:23]))
def test_nothing_is_kept_without_a_key(key: str, meeting: Meeting, ann: str, model: Model) -> None:
    assert refusal(lambda: meeting.voting.vote(ann, 1, [Choice("work_kind", "learn")], key, model)) == "no_key"
    assert choices(meeting, ann) == {}


def test_who_has_voted_on_every_question_is_done_and_stays_so(meeting: Meeting, ann: str) -> None:
    """Also on those that their own answers hide; one that is asked again is open again."""

    def standing() -> tuple[int, int, int, int]:
        me, pulse = meeting.me(ann), meeting.voting.pulse()
        return me.begun, me.done, pulse.begun, pulse.done

    assert standing() == (0, 0, 0, 0)
    for answers, expected in (
        ({}, (0, 0, 0, 0)),
        ({"work_kind": "unsure"}, (1, 0, 1, 0)),
        ({"outcome_clarity": HIDES}, (1, 0, 1, 0)),
        ({"known_lever": "unsure"}, (1, 1, 1, 1)),
        ({"outcome_clarity": "number"}, (1, 1, 1, 1)),
        ({"outcome_clarity": HIDES}, (1, 1, 1, 1)),
    ):
        meeting.vote(ann, answers)
        assert standing() == expected, answers
    meeting.facilitation.reveal()
    meeting.facilitation.open_round(["outcome_clarity", "known_lever"])
    assert standing() == (1, 1, 0, 0)
    meeting.vote(ann, {"outcome_clarity": HIDES})
    assert standing() == (2, 1, 1, 0)
    meeting.vote(ann, {"known_lever": "proven"})
    assert standing() == (2, 2, 1, 1)


def test_a_check_is_done_with_one_show_of_fingers(meeting: Meeting, ann: str, model: Model) -> None:
    meeting.facilitation.reveal()
    meeting.facilitation.agree({"work_kind": "change"}, model)
    meeting.facilitation.open_check()
    assert refusal(lambda: meeting.vote(ann, {FIST: "6"})) == "unknown_option"
    assert refusal(lambda: meeting.vote(ann, {"work_kind": "learn"})) == "other_question"
    meeting.vote(ann, {})
    assert meeting.me(ann).done == 0
    meeting.vote(ann, {FIST: "0"})
    assert meeting.me(ann).done == 2


# too early, too late


def late(meeting: Meeting, ann: str, round_: int) -> str:
    before = meeting.voting.my_votes(meeting.me(ann))
    problem = refusal(lambda: meeting.vote(ann, {"work_kind": "learn"}, round_=round_))
    assert meeting.voting.my_votes(meeting.me(ann)) == before
    return problem


@pytest.mark.robustness(20)
def test_what_comes_too_early_or_too_late_is_refused_with_the_reason(
    meeting: Meeting, model: Model, clock: StillClock
) -> None:
    """Robustness 20; also when a round closed by itself, and when the next one is open already."""
    facilitation, ann = meeting.facilitation, meeting.join()
    assert late(meeting, ann, 1) == "is_lobby"
    facilitation.open_round(lasts=HOUR)
    meeting.vote(ann)
    clock.move(HOUR)
    assert late(meeting, ann, 1) == "late_closed"
    facilitation.close()
    assert late(meeting, ann, 1) == "late_closed"
    facilitation.reveal()
    assert late(meeting, ann, 1) == "late_revealed"
    facilitation.open_round()
    assert late(meeting, ann, 1) == late(meeting, ann, 3) == late(meeting, ann, -1) == "other_round"
    facilitation.reveal()
    facilitation.agree({"work_kind": "change"}, model)
    facilitation.finish("OKRs")
    assert late(meeting, ann, 2) == "is_finished"


def test_the_last_moment_counts(meeting: Meeting, clock: StillClock) -> None:
    ann = meeting.join()
    meeting.facilitation.open_round(lasts=HOUR)
    clock.move(HOUR - timedelta(microseconds=1))
    assert meeting.vote(ann) == "saved"
    clock.move(timedelta(microseconds=1))
    assert late(meeting, ann, 1) == "late_closed"
    clock.move(-HOUR)
    assert meeting.vote(ann) == "saved", "a clock that was ahead"


def test_votes_go_on_when_a_round_is_reopened(meeting: Meeting, ann: str) -> None:
    meeting.facilitation.close()
    assert late(meeting, ann, 1) == "late_closed"
    meeting.facilitation.reopen()
    assert meeting.vote(ann) == "saved"


# sending again


AFTERWARDS: dict[str, Callable[[Meeting, Model], object]] = {
    "at once": lambda meeting, model: None,
    "closed": lambda meeting, model: meeting.facilitation.close(),
    "revealed": lambda meeting, model: meeting.facilitation.reveal(),
    "the next round": lambda meeting, model: (meeting.facilitation.reveal(), meeting.facilitation.open_round()),
    "finished": lambda meeting, model: (
        meeting.facilitation.reveal(),
        meeting.facilitation.agree({"work_kind": "change"}, model),
        meeting.facilitation.finish("OKRs"),
    ),
}


@pytest.mark.robustness(17, 18)
@pytest.mark.parametrize("afterwards", AFTERWARDS)
def test_what_is_sent_again_is_known_to_be_received(
    afterwards: str, meeting: Meeting, ann: str, model: Model
) -> None:
    """A double click, a reconnect: one submission, whatever happened since (robustness 17 and 18)."""
    assert meeting.vote(ann, key=KEY, why="Why", round_=1) == "saved"
    AFTERWARDS[afterwards](meeting, model)
    before = rows(meeting.workshops.store), meeting.voting.my_votes(meeting.me(ann))
    for _ in range(2):
        assert meeting.vote(ann, key=KEY, why=" Why\r\n", round_=1) == "already_received"
    assert (rows(meeting.workshops.store), meeting.voting.my_votes(meeting.me(ann))) == before


@pytest.mark.robustness(18)
def test_what_is_sent_again_does_not_undo_what_came_later(meeting: Meeting, ann: str) -> None:
    meeting.vote(ann, {"work_kind": "learn"}, key=KEY)
    meeting.vote(ann, {"work_kind": "deliver"}, key=OTHER_KEY)
    assert meeting.vote(ann, {"work_kind": "learn"}, key=KEY) == "already_received"
    assert choices(meeting, ann) == {"work_kind": "deliver"}


@pytest.mark.robustness(13)
@pytest.mark.parametrize(
    ("answers", "why", "round_"),
    [
        ({"work_kind": "deliver"}, "", 1),
        ({"work_kind": "learn"}, "Why", 1),
        ({"work_kind": "learn"}, "", 2),
        ({"work_kind": "learn", "outcome_clarity": "number"}, "", 1),
        ({}, "", 1),
    ],
)
def test_something_else_with_the_same_key_is_refused_and_the_first_stays(
    answers: dict[str, str], why: str, round_: int, meeting: Meeting, ann: str
) -> None:
    """Robustness 13."""
    meeting.vote(ann, {"work_kind": "learn"}, key=KEY)
    assert refusal(lambda: meeting.vote(ann, answers, KEY, why, round_)) == "other_submission"
    assert choices(meeting, ann) == {"work_kind": "learn"}


def test_a_submission_cannot_be_taken_for_another_that_is_cut_elsewhere(
    meeting: Meeting, ann: str, model: Model
) -> None:
    """Parts were joined by NUL, which an option that somebody makes up may have in it."""
    first = [Choice("work_kind", "learn", ""), Choice("outcome_clarity", "number", "")]
    assert meeting.voting.vote(ann, 1, first, KEY, model) == "saved"
    cut = [Choice("work_kind", "learn\0\0outcome_clarity\0number", "")]
    assert refusal(lambda: meeting.voting.vote(ann, 1, cut, KEY, model)) == "other_submission"


def test_a_key_is_one_persons(meeting: Meeting, ann: str) -> None:
    ben = meeting.join("Ben")
    assert meeting.vote(ann, {"work_kind": "learn"}, key=KEY) == "saved"
    assert meeting.vote(ben, {"work_kind": "deliver"}, key=KEY) == "saved"
    assert (choices(meeting, ann), choices(meeting, ben)) == ({"work_kind": "learn"}, {"work_kind": "deliver"})


# leaving


def test_who_leaves_takes_everything_away_and_their_seat_is_not_given_again(
    meeting: Meeting, ann: str, clock: StillClock
) -> None:
    ben = meeting.join("Ben")
    meeting.vote(ann, key=KEY)
    meeting.vote(ben)
    meeting.facilitation.reveal()
    before = meeting.voting.pulse()
    clock.move(HOUR)
    meeting.voting.leave(ann)
    assert meeting.voting.me(ann) is None
    assert {vote.seat for vote in meeting.voting.votes()} == {2}
    kept = rows(meeting.workshops.store)
    assert (kept["participants"], kept["votes"], kept["receipts"]) == (1, len(QUESTIONS), 1)
    assert meeting.voting.pulse().revision == before.revision + 1
    assert meeting.workshops.store.used_at(meeting.id) == NOON + HOUR
    assert refusal(lambda: meeting.voting.leave(ann)) == "not_in_this_room"
    assert refusal(lambda: meeting.vote(ann, key=KEY)) == "not_in_this_room"
    assert meeting.voting.join(ann, "Ann again").seat == 3
    assert choices(meeting, ann) == {}


def test_who_leaves_before_anything_is_revealed_makes_nobodys_page_anew(meeting: Meeting, ann: str) -> None:
    """The counts tell; else one person who comes and goes makes two hundred phones load their page."""
    meeting.vote(ann)
    before = meeting.voting.pulse()
    meeting.voting.leave(ann)
    after = meeting.voting.pulse()
    assert (before.joined, before.begun, after.joined, after.begun) == (1, 1, 0, 0)
    assert after.revision == before.revision


def test_nobody_leaves_once_the_groups_answers_stand(meeting: Meeting, ann: str, model: Model) -> None:
    facilitation = meeting.facilitation
    meeting.vote(ann)
    facilitation.reveal()
    facilitation.agree({"work_kind": "change"}, model)
    facilitation.open_check()
    for act in (lambda: None, facilitation.reveal, lambda: facilitation.finish("OKRs")):
        act()
        assert refusal(lambda: meeting.voting.leave(ann)) == "answers_stand"
        assert len(choices(meeting, ann)) == len(QUESTIONS)


# other rooms


@pytest.mark.robustness(28)
def test_a_participant_of_one_room_is_nobody_in_another(
    workshops: Workshops, model: Model, caplog: pytest.LogCaptureFixture, clock: StillClock
) -> None:
    """Robustness 28: refused, and the log says that it happened, without a name, a token or a room."""
    here, there = (meeting_in(workshops, model) for _ in range(2))
    ann = here.join("Ann Example")
    there.join("Ben Example")
    for meeting in (here, there):
        meeting.facilitation.open_round()
    here.vote(ann)
    kept = rows(workshops.store)
    clock.move(HOUR)
    acts: list[Callable[[], object]] = [
        lambda: there.vote(ann, key=KEY),
        lambda: there.voting.join(ann, "Ann Example"),
        lambda: there.voting.leave(ann),
    ]
    for act in acts:
        caplog.clear()
        assert refusal(act) == "not_in_this_room"
        (line,) = caplog.records
        assert (line.levelno, line.getMessage()) == (
            logging.WARNING, "refused: a participant of another room",
        )  # fmt: skip
    assert there.voting.me(ann) is None
    assert (rows(workshops.store), len(here.voting.my_votes(here.me(ann)))) == (kept, len(QUESTIONS))
    assert workshops.store.used_at(there.id) == NOON
    caplog.clear()
    assert refusal(lambda: there.vote("Z" * 22)) == "not_in_this_room"
    assert caplog.records == [], "a token of nobody says nothing of another room"


@pytest.mark.robustness(19)
def test_the_same_answers_resume_on_another_device(meeting: Meeting, ann: str, any_store: SqlStore) -> None:
    """The token is all (robustness 19; with another process in tests/store)."""
    meeting.vote(ann, {"work_kind": "learn"})
    any_store.close()
    elsewhere = meeting.workshops.voting(meeting.id)
    me = elsewhere.me(ann)
    assert me
    assert [vote.choice for vote in elsewhere.my_votes(me)] == ["learn"]


def test_a_script_gone_wild_is_stopped_and_nobody_else_is(meeting: Meeting, ann: str) -> None:
    """What it sent stays received."""
    ben = meeting.join("Ben")
    with meeting.workshops.store.change_room(meeting.id) as change:
        for number in range(MOST_SENT - 1):
            change.add_receipt(meeting.me(ann).seat, f"{number:022}", b"")
    assert meeting.vote(ann, key=KEY) == "saved"
    assert refusal(lambda: meeting.vote(ann, key=OTHER_KEY)) == "too_many_sent"
    assert meeting.vote(ann, key=KEY) == "already_received"
    assert meeting.vote(ben) == "saved"
