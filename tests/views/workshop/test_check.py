"""The check in words: how many stand behind what was agreed, and why others do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.check import CheckView, check_view
from okr_assistant.words import Words
from okr_assistant.workshop.room import FIST
from tests.workshop.rooms import Held, held


def checked(model: Model, fingers: str, **more: Any) -> Held:
    reasons = {(2, seat, FIST): f"Because of {fingers}" for seat, fingers in enumerate(fingers, start=1)}
    return held(model, {}, check=dict(enumerate(fingers, start=1)), reasons=reasons, **more)


def test_the_check_says_how_many_stand_behind_it_and_why_others_do_not(model: Model, words: Words) -> None:
    found = checked(model, "531204", named=True)
    (check,) = check_view(found.room, found.people, found.votes, words)
    assert check.title == "Fist of five, round 2"
    assert check.headline == "3 of 6 people show three fingers or more."
    assert check.speak == "3 people show two fingers or fewer, and are asked to say why."
    assert [(o.fingers, o.name, o.reason) for o in check.objections] == [
        ("0", "Person 5", "Because of 0"), ("1", "Person 3", "Because of 1"), ("2", "Person 4", "Because of 2"),
    ]  # fmt: skip
    assert [(bar.label, bar.people, bar.names) for bar in check.bars][1:3] == [
        ("1 finger", 1, ("Person 3",)), ("2 fingers", 1, ("Person 4",)),
    ]  # fmt: skip


def test_in_an_anonymous_check_only_reasons_are_shown(model: Model, words: Words) -> None:
    found = checked(model, "0015")
    without = [replace(vote, reason="") if vote.seat == 1 else vote for vote in found.votes]
    (check,) = check_view(found.room, found.people, without, words)
    assert [(o.fingers, o.name, o.reason) for o in check.objections] == [
        ("0", "", "Because of 0"), ("1", "", "Because of 1"),
    ]  # fmt: skip
    assert check.speak == "3 people show two fingers or fewer, and can say why if they want to."


def test_a_check_of_too_few_of_nobody_and_of_one_mind(model: Model, words: Words) -> None:
    def shown(fingers: str) -> CheckView:
        found = checked(model, fingers, fewest=3)
        return check_view(found.room, found.people, found.votes, words)[0]

    assert shown("00").headline == "Too few showed fingers to show them here: at least 3 have to."
    assert (shown("00").speak, shown("00").bars, shown("00").objections) == ("", (), ())
    assert shown("").headline == "Nobody has shown any fingers."
    assert shown("553").headline == "3 of 3 people show three fingers or more."
    assert shown("553").speak == "Nobody shows two fingers or fewer."
