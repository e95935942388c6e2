"""When a round closes, for whoever leads it; what participants read is tested with their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okr_assistant.views.workshop.closing import closes
from okr_assistant.words import Words
from tests.still import NOON


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(microseconds=1), "Closes in 0:01."),
        (timedelta(seconds=59.2), "Closes in 1:00."),
        (timedelta(minutes=4, seconds=59), "Closes in 4:59."),
        (timedelta(minutes=119), "Closes in 119:00."),
        (timedelta(hours=2), "Closes in 2 hours."),
        (timedelta(hours=36), "Closes in 36 hours."),
        (timedelta(hours=36, seconds=1), "Closes on 3 June 2026."),
        (timedelta(days=3), "Closes on 4 June 2026."),
        (timedelta(0), ""),
        (timedelta(seconds=-1), ""),
    ],
)
def test_when_a_round_closes(left: timedelta, said: str, words: Words) -> None:
    assert closes(NOON + left, NOON, words) == said


def test_a_round_without_an_end_says_nothing_of_it(words: Words) -> None:
    assert closes(None, NOON, words) == ""
