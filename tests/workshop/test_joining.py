"""Joining a room, and only watching."""

from __future__ import annotations

import pytest

from okr_assistant.clock import hashed
from okr_assistant.decision.model import Model
from okr_assistant.workshop.room import PLACES, Participant
from okr_assistant.workshop.workshops import Workshops
from tests.still import NOON, StillClock
from tests.workshop.meeting import Meeting, meeting_in, refusal
from tests.workshop.votes import HOUR, KEY, NO_TOKENS

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
