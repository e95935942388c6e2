"""Voting: what is kept, when, and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.errors import TextError
from okr_assistant.workshop.room import FIST
from okr_assistant.workshop.voting import Choice
from tests.still import NOON, StillClock
from tests.store.room_steps import rows
from tests.workshop.meeting import HIDES, Meeting, refusal
from tests.workshop.votes import HOUR, KEY, NO_TOKENS, OTHER_KEY, choices

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


def late(meeting: Meeting, ann: str, round_: int) -> str:
    before = meeting.voting.my_votes(meeting.me(ann))
    problem = refusal(lambda: meeting.vote(ann, {"work_kind": "learn"}, round_=round_))
    assert meeting.voting.my_votes(meeting.me(ann)) == before
    return problem


# too early, too late


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


# sending again


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
