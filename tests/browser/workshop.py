"""The server as a meeting room reaches it, and rooms that a test leads without pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.store import SqlStore, open_store
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import Workshops
from tests.serving import MEETING_ROOM, OKR_ASSISTANT, free_port, running

TITLE = "Faster checkout"
ABOUT = "Whether the checkout team writes OKRs for the next quarter."
DECIDER = "Dana, head of product"


@dataclass(frozen=True)
class House:
    """A running server and its database, which a test opens beside it, as a second process of the site may."""

    url: str
    store: SqlStore

    @property
    def workshops(self) -> Workshops:
        return Workshops(self.store, SystemClock(), SystemTokens(), SystemCodes())

    def room(self, model: Model, questions: Sequence[str], *, named: bool) -> LedRoom:
        keys = self.workshops.make(
            model, title=TITLE, about=ABOUT, questions=questions, named=named, smallest_group=2, decider=DECIDER
        )
        return LedRoom(self, model, keys.id, keys.facilitator_key)


@contextmanager
def running_house(folder: Path) -> Iterator[House]:
    """Start the server under the name that people in a meeting room type."""
    port, data = free_port(), folder / "data"
    data.mkdir()
    url = f"http://{MEETING_ROOM}:{port}"
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    env = {"OKR_ASSISTANT_PUBLIC_URL": url, "OKR_ASSISTANT_DATA": str(data)}
    with running(command, port, folder / "log", cwd=folder, env=env), closing(open_store(data)) as store:
        yield House(url, store)


@dataclass
class LedRoom:
    """A room that a test leads, with people who vote without a page."""

    house: House
    model: Model
    id: str
    key: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.house.url}/w/{self.id}"

    @property
    def led(self) -> Facilitation:
        return self.house.workshops.facilitation_by_key(self.key)

    @property
    def voting(self) -> Voting:
        return self.house.workshops.voting(self.id)

    def vote(self, name: str, choices: Mapping[str, str], reason: str = "") -> None:
        """Vote in the latest round, with the same reason for every choice; who is new joins before."""
        if name not in self.tokens:
            self.tokens[name] = SystemTokens().token()
            self.voting.join(self.tokens[name], name)
        current = self.led.room().round
        assert current
        given = [Choice(id_, choice, reason) for id_, choice in choices.items()]
        self.voting.vote(self.tokens[name], current.number, given, SystemTokens().token(), self.model)
