"""Who is how far: counts and names, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okr_assistant.views.workshop.progress import LASTS, counted, lasts_label, progress
from okr_assistant.words import Words
from okr_assistant.workshop.room import LONGEST_ROUND, Participant, Pulse, Room, Round, Setup
from tests.still import NOON

SETUP = Setup("Checkout", "", "2026.1", "", ("work_kind",), named=False, smallest_group=3, decider="")
LOBBY = Room("room", "00000000", SETUP, NOON)
SECOND = Room(
    "room", "00000000", SETUP, NOON, rounds=tuple(Round(n, "vote", ("work_kind",), NOON) for n in (1, 2))
)


def person(seat: int, name: str, begun: int = 0, done: int = 0, *, watches: bool = False) -> Participant:
    return Participant(seat, name, watches, NOON, begun, done)


def groups(room: Room, people: list[Participant], words: Words) -> dict[str, str]:
    return {group.label: " ".join(group.names) for group in progress(room, people, words).groups}


def test_before_the_first_round_people_have_joined(words: Words) -> None:
    one = progress(LOBBY, [person(1, "Ana")], words)
    assert (one.sentence, one.share, one.all_done) == ("1 person has joined.", 0, False)
    nobody = progress(LOBBY, [], words)
    assert (nobody.sentence, nobody.groups) == ("0 people have joined.", ())


def test_everybody_is_in_one_of_three_states_of_the_latest_round(words: Words) -> None:
    people = [
        person(1, "Ana", begun=2, done=2), person(2, "Ben", begun=2, done=1), person(3, "Chloé", begun=1, done=1),
        person(4, "Dan"),
    ]  # fmt: skip
    found = progress(SECOND, people, words)
    assert found.sentence == "1 of 4 has finished, 1 is under way, 2 have not begun."
    assert (found.share, found.all_done) == (0.25, False)
    assert groups(SECOND, people, words) == {
        "Finished": "Ana",
        "Under way": "Ben",
        "Not begun": "Chloé Dan",
    }


def test_a_state_with_nobody_in_it_is_not_mentioned(words: Words) -> None:
    found = progress(SECOND, [person(1, "Ana", 2, 2), person(2, "Ben", 2, 2)], words)
    assert (found.sentence, found.all_done) == ("2 of 2 have finished.", True)


def test_whoever_watches_is_named_and_not_waited_for(words: Words) -> None:
    people = [person(1, "Ana", 2, 2), person(2, "Wanda", watches=True)]
    found = progress(SECOND, people, words)
    assert (found.sentence, found.all_done) == ("1 of 1 has finished. 1 more is watching.", True)
    assert groups(SECOND, people, words)["Watching"] == "Wanda"


def test_a_round_that_nobody_can_vote_in_is_not_done(words: Words) -> None:
    assert not progress(SECOND, [person(1, "Wanda", watches=True)], words).all_done


@pytest.mark.robustness(36)
def test_names_that_look_alike_are_told_apart_by_their_seats(words: Words) -> None:
    """Robustness 36."""
    assert groups(LOBBY, [person(1, "Anna"), person(2, "\u0410nna")], words) == {
        "": "Anna (seat 1) \u0410nna (seat 2)"
    }


@pytest.mark.parametrize(
    ("pulse", "said"),
    [
        (Pulse(0, 0, None, NOON, 1, 3, 0, 0), "1 has joined"),
        (Pulse(0, 0, None, NOON, 12, 0, 0, 0), "12 have joined"),
        (Pulse(0, 1, None, NOON, 12, 0, 12, 1), "1 of 12 has finished"),
        (Pulse(0, 1, None, NOON, 12, 0, 12, 9), "9 of 12 have finished"),
    ],
)
def test_everybody_may_see_counts(pulse: Pulse, said: str, words: Words) -> None:
    assert counted(pulse, words) == said


def test_every_time_that_is_offered_is_allowed_and_has_a_name_of_its_own(words: Words) -> None:
    assert max(LASTS) * timedelta(minutes=1) <= LONGEST_ROUND
    labels = [lasts_label(minutes, words) for minutes in LASTS]
    assert labels[:2] == ["Until you close it", "2 minutes"]
    assert labels[-5:] == ["1 day", "2 days", "3 days", "7 days", "14 days"]
    assert len(set(labels)) == len(labels)
