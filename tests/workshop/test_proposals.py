"""The group's proposal, and how few would have to vote otherwise to change it: against trying everything."""

from __future__ import annotations

from itertools import product

import pytest

from okr_assistant.decision.model import UNSURE, Question
from okr_assistant.workshop.proposals import fewest_moves, proposal
from tests.workshop import by_hand


def question(scale: str, options: int) -> Question:
    return Question.model_validate(
        {
            "id": "q", "section": "s", "scale": scale, "text": "?", "why_we_ask": "why", "sources": ("s",),
            "options": tuple({"id": id_, "label": id_} for id_ in "abcde"[:options]),
        }
    )  # fmt: skip


ORDERED, NOMINAL = question("ordered", 5), question("nominal", 4)


def proposed(of: Question, votes: str, unsure: int = 0) -> str | None:
    return proposal(of, {choice: votes.count(choice) for choice in of.choices} | {UNSURE: unsure})


@pytest.mark.parametrize(
    ("votes", "unsure", "median"),
    [
        ("abbce", 0, "b"),
        ("aaeee", 0, "e"),
        ("abcd", 0, None),  # between two options there is no third one
        ("abbc", 0, "b"),  # the two in the middle agree
        ("aaee", 0, None),
        ("ae", 1, None),  # whoever does not know is not in the middle
        ("aab", 9, "a"),  # and does not outvote who does
        ("c", 0, "c"),
        ("", 5, None),
        ("", 0, None),
    ],
)
def test_the_median_is_one_of_the_votes_or_there_is_none(votes: str, unsure: int, median: str | None) -> None:
    assert proposed(ORDERED, votes, unsure) == median


@pytest.mark.parametrize(
    ("votes", "unsure", "most"),
    [
        ("abb", 0, "b"),
        ("aabb", 0, None),
        ("aabbc", 0, None),
        ("ad", 9, None),
        ("d", 9, "d"),
        ("", 9, None),
        ("", 0, None),
    ],
)
def test_the_most_frequent_is_one_option_or_there_is_none(votes: str, unsure: int, most: str | None) -> None:
    assert proposed(NOMINAL, votes, unsure) == most


@pytest.mark.parametrize("scale", ["ordered", "nominal"])
@pytest.mark.parametrize(("options", "most"), [(2, 4), (3, 3), (4, 2)])
def test_proposals_and_moves_are_as_defined_for_all_small_counts(scale: str, options: int, most: int) -> None:
    of = question(scale, options)
    for sizes in product(range(most + 1), repeat=options + 1):
        counts = dict(zip(of.choices, sizes, strict=True))
        choices = [choice for choice, size in counts.items() for _ in range(size)]
        assert proposal(of, counts) == by_hand.proposal(of, choices)
        for option in of.choices[:-1]:
            assert fewest_moves(of, counts, option) == by_hand.fewest_who_move(of, choices, option)


def test_who_does_not_know_may_be_moved_and_is_as_good_or_better() -> None:
    """Two and two: from either side, two have to move into the middle. One who does not know is enough."""
    counts = dict.fromkeys(ORDERED.choices, 0) | {"a": 2, "e": 2}
    assert fewest_moves(ORDERED, counts, "c") == 2
    assert fewest_moves(ORDERED, counts | {UNSURE: 1}, "c") == 1


def test_of_nobody_nobody_can_move() -> None:
    assert fewest_moves(ORDERED, dict.fromkeys(ORDERED.choices, 0), "a") is None


def test_two_hundred_people_are_as_quick_as_two() -> None:
    """In closed form or one by one, never by trying: this would not end otherwise."""
    assert fewest_moves(ORDERED, dict.fromkeys(ORDERED.choices, 0) | {"a": 200}, "e") == 101
    assert fewest_moves(NOMINAL, {"a": 100, "b": 99, "c": 0, "d": 0, UNSURE: 1}, "d") == 67
