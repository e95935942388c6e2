"""Workshops under AppTest: people who vote through the library, and tabs of browsers that were let in or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from okr_assistant.decision.model import UNSURE
from okr_assistant.decision.registry import Models
from okr_assistant.paths import MAIN_SCRIPT, MODELS
from okr_assistant.web.context import connect
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import FIST, Room
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import NewRoom
from tests.pages.app import OurApp
from tests.web.site import Site, a_site

HERS, HIS = "HERBROWSER000000000000", "HISBROWSER000000000000"


@cache
def _models() -> Models:
    """Read once: a room needs only that they are there."""
    return Models(MODELS)


@dataclass
class Workshop:
    """A room on a site of its own, in the hands of ``HERS``, with what a test does beside the pages."""

    site: Site
    keys: NewRoom
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.keys.id

    @property
    def voting(self) -> Voting:
        return self.site.services.workshops.voting(self.id)

    @property
    def led(self) -> Facilitation:
        return self.site.services.workshops.facilitation_by_key(self.keys.facilitator_key)

    @property
    def room(self) -> Room:
        return self.led.room()

    def join(self, *names: str, spectator: bool = False) -> Workshop:
        for name in names:
            token = self.site.services.workshops.tokens.token()
            self.tokens[name] = token
            self.voting.join(token, name, spectator=spectator)
        return self

    def vote(self, name: str, choices: Mapping[str, str], reason: str = "") -> None:
        """Vote on these questions of the round, and with "I don't know" on its others."""
        current = self.room.round
        assert current
        otherwise = "4" if current.kind == "check" else UNSURE
        given = [Choice(id_, choices.get(id_, otherwise), reason) for id_ in current.questions]
        self._send(name, given)

    def begin_to_vote(self, name: str, choice: str = UNSURE) -> None:
        """Vote on the first question, and leave the others."""
        current = self.room.round
        assert current
        self._send(name, [Choice(current.questions[0], choice)])

    def show(self, name: str, fingers: str, reason: str = "") -> None:
        self.vote(name, {FIST: fingers}, reason)

    def _send(self, name: str, choices: list[Choice]) -> None:
        current, services = self.room.round, self.site.services
        assert current
        model = services.models.get(self.room.setup.model)
        self.voting.vote(self.tokens[name], current.number, choices, services.workshops.tokens.token(), model)


def a_workshop(title: str = "Faster checkout", **more: Any) -> Workshop:
    site = a_site(_models())
    keys = site.services.workshops.make(site.services.models.newest, title=title, browser=HERS, **more)
    return Workshop(site, keys)


_NOW: list[str | None] = [None]


def browser_now() -> str | None:
    """The browser of the tab that runs; for ``okr_assistant.web.browser.browser``."""
    return _NOW[-1]


class Tab(OurApp):
    """A tab of this browser on this site; None for one without cookies."""

    def __init__(self, site: Site, browser: str | None = HERS) -> None:
        self.site, self.browser = site, browser
        self.at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=20)
        self.run()

    def run(self) -> Tab:
        connect(self.site.services)
        _NOW.append(self.browser)
        try:
            super().run()
        finally:
            _NOW.pop()
        return self

    @property
    def texts(self) -> list[str]:
        """What is shown as text, exactly."""
        return [str(element.value) for element in self.at.text]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons that can be pressed."""
        return [button.label for button in self.at.button if not button.disabled]

    @property
    def main_steps(self) -> list[str]:
        """The labels of the buttons that stand out."""
        return [button.label for button in self.at.button if button.proto.type == "primary"]

    def dump(self) -> list[str]:
        """Everything that the page sent, and everything that the session holds."""
        state = self.at.session_state
        return [*protos(self.at.main), *(f"{key}={state[key]!r}" for key in state)]


_FILE = re.compile(r"deferred_file_id: .*")
"""By chance for each run, as a file has one while it may be asked for."""


def protos(block: Block) -> Iterator[str]:
    """What the page sent for everything in a block."""
    for child in block.children.values():
        yield _FILE.sub("", str(child.proto))
        if isinstance(child, Block):
            yield from protos(child)
        else:
            assert isinstance(child, Element)
