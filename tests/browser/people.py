"""The people of a workshop, each in a browser of their own, and what is watched while they use it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.texts import choice_text, question_text
from okr_assistant.words import Words
from okr_assistant.workshop.codes import shown_code
from tests.browser.conftest import (
    SCREENS,
    SCREENSHOTS,
    Console,
    accessible,
    fits,
    keep_screenshot,
    settled,
    unfolded,
)
from tests.browser.workshop import House
from tests.serving import MEETING_ROOM

LIVE = 5_000
"""Milliseconds until everybody sees what happened: two seconds are promised, the rest is for a busy machine."""

PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}

_ABOUT_HTTPS = "The Cross-Origin-Opener-Policy header has been ignored"
"""Chromium's remark on plain http, as it is in a meeting room; nothing is wrong."""


class Watched:
    """A page, what it complained about, whom it asked for something, and everything that Streamlit sent to it."""

    def __init__(self, page: Page) -> None:
        self._console = Console(page)
        self._hosts: set[str | None] = set()
        self._frames: list[bytes] = []
        page.on("request", lambda request: self._ask(request.url))
        page.on("websocket", self._listen)

    def _ask(self, url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob"}:
            self._hosts.add(urlsplit(url).hostname)

    def _listen(self, socket: WebSocket) -> None:
        self._ask(socket.url)
        socket.on("framereceived", lambda frame: self._frames.append(_bytes(frame)))

    def was_sent(self, text: str) -> bool:
        """Tell whether the text is in anything that Streamlit sent, whether it is shown or not."""
        return any(text.encode() in frame for frame in self._frames)

    def expect_nothing_wrong(self) -> None:
        assert [said for said in self._console.complaints if not said.startswith(_ABOUT_HTTPS)] == []
        assert self._hosts == {MEETING_ROOM}


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, chrome: Browser, words: Words, **screen: Any) -> None:
        self.words = words
        self.context = chrome.new_context(**screen)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.watched = Watched(self.page)

    def button(self, key: str) -> Locator:
        """The button, or the link, with these words of the catalogue."""
        name = self.words(key)
        return self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )

    def press(self, key: str) -> None:
        self.button(key).click()

    def field(self, key: str) -> Locator:
        return self.page.get_by_role("textbox", name=self.words(key), exact=True)

    def sees(self, text: str) -> None:
        """Wait for a heading."""
        expect(self.page.get_by_role("heading", name=text, exact=True)).to_be_visible(timeout=LIVE)

    def leave(self) -> None:
        """Close the browser, in which nothing was wrong."""
        self.watched.expect_nothing_wrong()
        self.context.close()


class Leader(Person):
    """The facilitator, at a desk; or, with another screen, the machine at the projector."""

    def look(self, name: str) -> None:
        settled(self.page)
        keep_screenshot(self.page, f"{name}-facilitator")
        accessible(self.page)
        fits(self.page)

    def look_at_the_wall(self, name: str) -> None:
        """As a projector shows it: nobody scrolls there."""
        settled(self.page)
        accessible(self.page)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-projector.png")
        high, seen = self.page.get_by_test_id("stMain").evaluate("page => [page.scrollHeight, page.clientHeight]")
        assert high <= seen, f"{name} does not fit on the projector"


class Phone(Person):
    """A participant."""

    def __init__(self, chrome: Browser, words: Words, model: Model, name: str, **more: Any) -> None:
        super().__init__(chrome, words, **(SCREENS["phone"] | more))
        self.model, self.name = model, name

    @property
    def room(self) -> str:
        """The address of the room, whichever of its pages is open."""
        found = re.match(r"http://[^/]+/w/\w+", self.page.url)
        assert found, self.page.url
        return found.group()

    def find(self, house: House, code: str) -> None:
        """Type the code as people do who read it from the wall."""
        self.page.goto(f"{house.url}/join")
        self.field("join.code").fill(shown_code(code).lower())
        self.press("join.find")

    def join(self) -> None:
        self.field("join.name").fill(self.name)
        self.press("join.button")
        self.is_here()

    def is_here(self) -> None:
        """Wait for the page of somebody who has a seat, under the own name."""
        expect(self.page.get_by_text(self.words("room.you", name=self.name))).to_be_visible()

    def choose(self, question: str, choice: str, reason: str = "") -> None:
        """Choose in the form, which has one question or all of them."""
        asked = self.page.get_by_role("group", name=question_text(self.model, self.words, question))
        label = choice_text(self.model, self.words, question, choice)
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(label)}")).check()
        if reason:
            asked.get_by_role("textbox").fill(reason)

    def answer(self, choices: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """Answer the questions that are left, one after the other."""
        for question, choice in choices.items():
            self.sees_question(question)
            self.choose(question, choice, reasons.get(question, ""))
            self.button("vote.next").or_(self.button("vote.save")).click()
        self.sees(self.words("room.done_title"))

    def answer_all_at_once(self, choices: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """Fill in the form with every question, and send it."""
        self.page.goto(f"{self.room}?q=all")
        for question, choice in choices.items():
            self.choose(question, choice, reasons.get(question, ""))
        self.press("vote.save")
        self.sees(self.words("room.done_title"))

    def sees_question(self, question: str) -> None:
        text = question_text(self.model, self.words, question)
        expect(self.page.get_by_role("heading", level=1, name=text)).to_be_visible(timeout=LIVE)

    def look(self, name: str, theme: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-phone-{theme}.png", full_page=True)
        with unfolded(self.page):
            accessible(self.page)
        fits(self.page)


class Meeting:
    """Everybody in the workshop, each with a browser of their own."""

    def __init__(self, chrome: Browser, house: House, words: Words, model: Model) -> None:
        self.house, self.words, self.model = house, words, model
        self.leader = Leader(chrome, words, **SCREENS["desktop"])
        self.wall = Leader(chrome, words, **PROJECTOR)
        self.ada = Phone(chrome, words, model, "Ada", color_scheme="light")
        self.ben = Phone(chrome, words, model, "Ben", color_scheme="dark")
        self.cleo = Phone(chrome, words, model, "Cleo", java_script_enabled=False)
        self.phones = (self.ada, self.ben, self.cleo)
        self.looked = 0
        self.took: dict[str, float] = {}

    def look(self, name: str, *who: str) -> None:
        """Keep pictures of everybody's screen, or of those; each must be usable by everybody."""
        self.looked += 1
        name = f"workshop-{self.looked:02}-{name}"
        if "phones" in who or not who:
            self.ada.look(name, "light")
            self.ben.look(name, "dark")
        if "leader" in who or not who:
            self.leader.look(name)
        if "wall" in who or not who:
            self.wall.look_at_the_wall(name)

    def everywhere(self, event: str, what: Callable[[Page], Locator]) -> None:
        """Wait until every screen that changes by itself shows this, and note how long it took."""
        begun = time.monotonic()
        for person in (self.leader, self.wall, self.ada, self.ben):
            expect(what(person.page).first).to_be_visible(timeout=LIVE)
        self.took[event] = time.monotonic() - begun
        assert self.took[event] < LIVE / 1000

    def all_ask(self, step: str, on_the_wall: str, question: str) -> None:
        """Wait until all know that this question is voted on."""
        self.leader.sees(self.words(f"facilitate.heading.{step}"))
        expect(self.wall.page.get_by_text(self.words(on_the_wall))).to_be_visible(timeout=LIVE)
        for phone in (self.ada, self.ben):
            phone.sees_question(question)

    def all_talk(self, event: str, question: str) -> None:
        """Wait until all see that this question is talked about."""
        asked = self.model.questions_by_id[question].text
        talking = re.compile(f"{self.words('facilitate.on_screen')}|{self.words('room.talking')}")
        self.everywhere(event, lambda page: page.get_by_text(asked if page is self.wall.page else talking))

    def all_vote(self, question: str, choices: dict[str, str], bens_reason: str) -> None:
        """Vote on one question; the leader sees that everybody has."""
        self.cleo.page.goto(self.cleo.room)
        for phone in self.phones:
            reasons = {question: bens_reason} if phone is self.ben else {}
            phone.answer({question: choices[phone.name]}, reasons)
        expect(self.leader.page.get_by_text(self.words("facilitate.next.all_done"))).to_be_visible(timeout=LIVE)

    def choice(self, question: str, choice: str) -> str:
        return self.words("reveal.choice", choice=choice_text(self.model, self.words, question, choice))
