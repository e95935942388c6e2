"""A workshop in real browsers: the server as a meeting room reaches it, phones, and the room beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.store import SqlStore, open_store
from okr_assistant.views.ballot import choice_label
from okr_assistant.words import Words
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import FIST
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import Workshops
from tests.browser.conftest import SCREENS, Console
from tests.serving import MEETING_ROOM, OKR_ASSISTANT, free_port, running

LIVE = 5_000
"""Milliseconds until everybody's screen shows what happened: two seconds are promised, the rest is for a busy
machine."""


@dataclass(frozen=True)
class House:
    """A server as a meeting room reaches it, and its database, from which a test leads rooms without pages."""

    url: str
    store: SqlStore

    @property
    def workshops(self) -> Workshops:
        return Workshops(self.store, SystemClock(), SystemTokens(), SystemCodes())

    def room(self, model: Model, questions: Sequence[str], *, named: bool = False, smallest: int = 2) -> Room:
        """Make a room on these questions."""
        keys = self.workshops.make(
            model,
            title="Faster checkout",
            about="Whether the checkout team writes OKRs for the next quarter.",
            questions=questions,
            named=named,
            smallest_group=smallest,
            decider="Dana",
        )
        return Room(self, model, keys.id, keys.facilitator_key)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Start the server and open its database beside it, as a second process of the same site may."""
    port = free_port()
    url = f"http://{MEETING_ROOM}:{port}"
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    data = folder / "data"
    data.mkdir()
    env = {"OKR_ASSISTANT_PUBLIC_URL": url, "OKR_ASSISTANT_DATA": str(data)}
    with running(command, port, folder / "log", cwd=folder, env=env), closing(open_store(data)) as store:
        yield House(url, store)


@dataclass
class Room:
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

    def vote(self, name: str, choices: Mapping[str, str], reasons: Mapping[str, str] | None = None) -> None:
        """Let somebody vote on these questions in the latest round; they join when they are new."""
        if name not in self.tokens:
            self.tokens[name] = SystemTokens().token()
            self.voting.join(self.tokens[name], name)
        current = self.led.room().round
        assert current
        given = [Choice(id_, choice, (reasons or {}).get(id_, "")) for id_, choice in choices.items()]
        self.voting.vote(self.tokens[name], current.number, given, SystemTokens().token(), self.model)


class Watched:
    """What a page complained about, what it asked of others, and everything that Streamlit sent to it."""

    def __init__(self, page: Page) -> None:
        self.console = Console(page)
        self.strangers: list[str] = []
        self.received: list[bytes] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", self._listen)

    def _note(self, url: str) -> None:
        if urlsplit(url).hostname != MEETING_ROOM and not url.startswith(("data:", "blob:")):
            self.strangers.append(url)

    def _listen(self, socket: WebSocket) -> None:
        self._note(socket.url)
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def was_sent(self, text: str) -> bool:
        """Tell whether the text is in anything that Streamlit sent, shown or not."""
        return any(text.encode() in frame for frame in self.received)

    def nothing_wrong(self) -> None:
        assert self.console.complaints == []
        assert self.strangers == []


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@dataclass
class Phone:
    """A participant: a browser of their own, and what they do with it."""

    words: Words
    model: Model
    context: BrowserContext
    name: str
    page: Page = field(init=False)
    watched: Watched = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.watched = Watched(self.page)

    @property
    def room(self) -> str:
        """The address of the room, whichever of its pages is open."""
        found = re.match(r"[^/]+//[^/]+/w/\w+", self.page.url)
        assert found, self.page.url
        return found.group()

    def find(self, house: House, code: str) -> None:
        """Type the code, as somebody does who reads it from the wall."""
        self.page.goto(f"{house.url}/join")
        self.page.get_by_label(self.words("join.code"), exact=True).fill(code.replace("-", " ").lower())
        self.press("join.find")

    def join(self) -> None:
        self.page.get_by_label(self.words("join.name"), exact=True).fill(self.name)
        self.press("join.button")
        expect(self.page.get_by_text(self.words("room.you", name=self.name))).to_be_visible()

    def press(self, key: str) -> None:
        """Press the button, or follow the link, with these words of the catalogue."""
        name = self.words(key)
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).click()

    def choose(self, question: str, choice: str, reason: str = "") -> None:
        """Choose on the form as it is shown: one question, or all of them."""
        asked = self.page.get_by_role("group", name=self.question(question))
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(self.label(question, choice))}")).check()
        if reason:
            asked.get_by_role("textbox").fill(reason)

    def answer(self, choices: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """Answer one question after the other, each with its reason."""
        for question, choice in choices.items():
            self.asked(question)
            self.choose(question, choice, reasons.get(question, ""))
            self.page.get_by_role("button", name=self.words("vote.next")).or_(
                self.page.get_by_role("button", name=self.words("vote.save"))
            ).click()
        self.sees("room.done_title")

    def asked(self, question: str) -> None:
        """Wait until this question is shown."""
        expect(self.page.get_by_role("heading", name=self.question(question))).to_be_visible(timeout=LIVE)

    def sees(self, key: str) -> None:
        """Wait for the heading with these words of the catalogue."""
        expect(self.page.get_by_role("heading", name=self.words(key))).to_be_visible(timeout=LIVE)

    def question(self, id_: str) -> str:
        return self.words("vote.fist") if id_ == FIST else self.model.questions_by_id[id_].text

    def label(self, question: str, choice: str) -> str:
        return choice_label(self.model, self.words, question, choice)


def phone(chrome: Browser, words: Words, model: Model, name: str, **more: object) -> Phone:
    context = chrome.new_context(**{**SCREENS["phone"], **more})
    context.set_default_timeout(15_000)
    return Phone(words, model, context, name)
