"""Fist of five: counts, who must speak, and nothing of too few."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.workshop.check import checks
from okr_assistant.workshop.room import FINGERS
from tests.workshop.rooms import Held, held, unrevealed


@pytest.fixture
def agreed(model: Model) -> Held:
    """Six people who voted once, and then showed 5, 4, 3, 2, 1 and 2 fingers."""
    votes = {seat: {"work_kind": "change"} for seat in range(1, 7)}
    check = dict(enumerate("543212", start=1))
    return held(model, votes, check=check, fewest=3, reasons={(2, 5, "fist_of_five"): "Who owns it?"})


def test_two_fingers_or_fewer_must_speak_the_fewest_first(agreed: Held) -> None:
    (check,) = checks(agreed.room, agreed.votes)
    assert (check.round, check.voted, check.too_few) == (2, 6, False)
    assert {fingers: len(votes) for fingers, votes in check.fingers.items()} == {
        "0": 0, "1": 1, "2": 2, "3": 1, "4": 1, "5": 1,
    }  # fmt: skip
    assert [(vote.seat, vote.choice, vote.reason) for vote in check.must_speak] == [
        (5, "1", "Who owns it?"), (4, "2", ""), (6, "2", ""),
    ]  # fmt: skip


def test_votes_are_no_fingers(agreed: Held) -> None:
    assert checks(agreed.room, [vote for vote in agreed.votes if vote.round == 1])[0].voted == 0


def test_before_it_is_revealed_there_is_no_check(agreed: Held) -> None:
    found = unrevealed(agreed, 2)
    assert checks(found.room, found.votes) == ()


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(FINGERS)), st.sampled_from((2, 3, 4)))
def test_of_too_few_nothing_is_shown(model: Model, given_: dict[int, str], fewest: int) -> None:
    found = held(model, {}, check=given_, fewest=fewest)
    (check,) = checks(found.room, found.votes)
    assert check.voted == len(given_)
    assert check.too_few == (0 < len(given_) < fewest)
    shown = sorted(vote.choice for votes in check.fingers.values() for vote in votes)
    assert shown == ([] if check.too_few else sorted(given_.values()))
    assert not check.too_few or check.must_speak == ()


def test_each_check_stands_for_itself(agreed: Held) -> None:
    """A second one, of which only some take part: the others are not counted as they were."""
    again = replace(agreed.room.rounds[-1], number=3)
    room = replace(agreed.room, rounds=(*agreed.room.rounds, again))
    some = [replace(vote, round=3, choice="5") for vote in agreed.votes if vote.round == 2 and vote.seat < 5]
    first, second = checks(room, (*agreed.votes, *some))
    assert (len(first.must_speak), first.voted) == (3, 6)
    assert (len(second.must_speak), second.voted, len(second.fingers["5"])) == (0, 4, 4)
