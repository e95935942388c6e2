"""Who is who where names are shown (robustness 36)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.check import check_view
from okr_assistant.views.workshop.reveal import reveal_view
from okr_assistant.views.workshop.vote_parts import names_by_seat
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import Participant
from tests.still import NOON
from tests.workshop.rooms import held


def called(words: Words, *names: str) -> list[str]:
    people = [Participant(seat, name, spectator=False, joined_at=NOON) for seat, name in enumerate(names, start=1)]
    return list(names_by_seat(people, words).values())


@pytest.mark.robustness(36)
@pytest.mark.parametrize(
    "other", ["Dana", "dana", "DANA", "\uff24ana", "D\u0430n\u0430", "D\u03b1na", "Dan\u0430"], ids=ascii
)
def test_names_that_look_alike_have_their_seats_behind_them(other: str, words: Words) -> None:
    assert called(words, "Dana", "Ben", other) == ["Dana (seat 1)", "Ben", f"{other} (seat 3)"]


@pytest.mark.parametrize("capital", ["\u0412", "\u0392"], ids=ascii)
def test_capitals_look_alike_too(capital: str, words: Words) -> None:
    assert called(words, "Ben", f"{capital}en") == ["Ben (seat 1)", f"{capital}en (seat 2)"]


def test_nobody_gets_the_name_of_somebody_else_with_their_seat(words: Words) -> None:
    names = called(words, "Dana", "Dana", "Dana (seat 1)")
    assert names == ["Dana (seat 1)", "Dana (seat 2)", "Dana (seat 1) (seat 3)"]


def test_other_names_stay_as_they_are(words: Words) -> None:
    assert called(words, "Dana", "Diana", "\u0414\u0430\u043d\u0430") == [
        "Dana",
        "Diana",
        "\u0414\u0430\u043d\u0430",
    ]


def test_the_reveal_and_the_check_tell_them_apart(model: Model, words: Words) -> None:
    sheets = {1: {"work_kind": "change"}, 2: {"work_kind": "change"}, 3: {"work_kind": "learn"}}
    reasons = {(1, 2, "work_kind"): "Because.", (2, 2, "fist_of_five"): "Never."}
    found = held(model, sheets, check={1: "5", 2: "0", 3: "5"}, reasons=reasons, named=True)
    people = tuple(replace(person, name="Ben" if person.seat == 3 else "Dana") for person in found.people)
    view = reveal_view(reveal(found.room, found.votes, model), found.room, people, found.votes, model, words)
    bars = {bar.choice: bar for question in view.questions for bar in question.bars if bar.names}
    assert bars["change"].names == ("Dana (seat 1)", "Dana (seat 2)")
    assert bars["change"].reasons == (("Because.", "Dana (seat 2)"),)
    assert bars["learn"].names == ("Ben",)
    (check,) = check_view(found.room, people, found.votes, words)
    assert [objection.name for objection in check.objections] == ["Dana (seat 2)"]
