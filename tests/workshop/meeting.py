"""A workshop for tests: a room, who facilitates it, and people who join and vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import MODELS
from okr_assistant.workshop.codes import Codes, SystemCodes
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import Participant, Room
from okr_assistant.workshop.voting import Choice, Received, Voting
from okr_assistant.workshop.workshops import NewRoom, Workshops
from tests.stores import open_at

QUESTIONS = ("work_kind", "outcome_clarity", "known_lever")
"""The last is hidden where the one before it is answered with ``HIDES``."""
ANSWERS = {"work_kind": "change", "outcome_clarity": "number", "known_lever": "proven"}
HIDES = "only_output"
BROWSER = "browser-of-the-facilitator"


@dataclass
class Meeting:
    """A room with what one needs to act in it."""

    workshops: Workshops
    model: Model
    new: NewRoom

    @property
    def id(self) -> str:
        return self.new.id

    @property
    def facilitation(self) -> Facilitation:
        return self.workshops.facilitation_by_key(self.new.facilitator_key)

    @property
    def voting(self) -> Voting:
        return self.workshops.voting(self.id)

    @property
    def room(self) -> Room:
        return self.voting.room()

    def join(self, name: str = "Ann", *, spectator: bool = False) -> str:
        token = self.workshops.tokens.token()
        self.voting.join(token, name, spectator=spectator)
        return token

    def me(self, token: str) -> Participant:
        me = self.voting.me(token)
        assert me
        return me

    def vote(
        self, token: str, answers: Mapping[str, str] = ANSWERS, key: str = "", why: str = "", round_: int = 0
    ) -> Received:
        """Send these answers, for the latest round unless another one is named."""
        choices = [Choice(question, choice, why) for question, choice in answers.items()]
        number = round_ or len(self.room.rounds)
        return self.voting.vote(token, number, choices, key or self.workshops.tokens.token(), self.model)


def meeting_in(
    workshops: Workshops, model: Model, browser: str | None = BROWSER, *, named: bool = False
) -> Meeting:
    """Make a room for a workshop."""
    new = workshops.make(model, title="Goals", questions=QUESTIONS, named=named, browser=browser)
    return Meeting(workshops, model, new)


def workshops_in(place: str | Path, codes: Codes | None = None) -> Workshops:
    """Workshops as the app has them, for a process of its own."""
    return Workshops(open_at(place), SystemClock(), SystemTokens(), codes or SystemCodes())


@cache
def newest_model() -> Model:
    """The model, where there is no fixture of it: in a process of its own, and where Hypothesis would print it."""
    return Models(MODELS).newest


def refusal(act: Callable[[], object]) -> str:
    """Say what is wrong with what is refused."""
    with pytest.raises(OkrAssistantError) as refused:
        act()
    return refused.value.problem
