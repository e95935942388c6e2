"""What is said of what the group has agreed on: one result of the group at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.workshop.room import agreed_view
from okr_assistant.words import Words
from okr_assistant.workshop.room import FIST, Room, Round
from tests.conftest import random_sheets
from tests.still import NOON
from tests.store.samples import a_room


@pytest.fixture
def agreed(model: Model) -> Room:
    """A room that agreed on answers which lead to OKRs once something is fixed; the answers do not stand yet."""
    for answers in random_sheets(model, 5000, seed=9):
        if assess(model, AnswerSheet(answers)).verdict == "okr_with_conditions":
            setup = replace(a_room().setup, questions=tuple(model.questions_by_id))
            rounds = (Round(1, "vote", setup.questions, NOON, revealed_at=NOON),)
            return replace(a_room(), setup=setup, agreed=dict(answers), rounds=rounds)
    raise AssertionError("no sheet has conditions")


def test_before_the_answers_stand_there_is_no_advice_on_them(agreed: Room, model: Model, words: Words) -> None:
    """The reveal says what the group's answers lead to; two results of a group at once cannot be told apart."""
    view = agreed_view(agreed, model, words)
    assert len(view.answers) == len(agreed.agreed)
    assert (view.sentence, view.conditions) == ("", ())


def test_once_they_are_put_to_the_check_the_advice_names_what_has_to_be_fixed(
    agreed: Room, model: Model, words: Words
) -> None:
    check = Round(2, "check", (FIST,), NOON)
    view = agreed_view(replace(agreed, rounds=(*agreed.rounds, check)), model, words)
    assert view.sentence
    conditions = assess(model, AnswerSheet(agreed.agreed)).conditions
    assert [found.text for found in view.conditions] == [condition.fix for condition in conditions]
