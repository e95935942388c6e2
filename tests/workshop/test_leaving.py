"""Leaving a room; and that a seat is worth nothing in another."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.store import SqlStore
from okr_assistant.workshop.voting import MOST_SENT
from okr_assistant.workshop.workshops import Workshops
from tests.still import NOON, StillClock
from tests.store.test_rooms import rows
from tests.workshop.meeting import QUESTIONS, Meeting, meeting_in, refusal
from tests.workshop.votes import HOUR, KEY, OTHER_KEY, choices

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
