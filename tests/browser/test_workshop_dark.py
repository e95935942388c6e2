"""The facilitator's page and the projector, dark, in every phase: a dozen people, all questions, no names."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from okr_assistant.workshop.room import FINGERS, FIST
from tests.browser.conftest import SCREENS, fits, keep_screenshot, open_page, settled
from tests.browser.people import LIVE, PROJECTOR, Leader
from tests.browser.workshop import House, LedRoom
from tests.web.site import ANSWERS

pytestmark = pytest.mark.browser

PEOPLE = [f"Person {number}" for number in range(1, 13)]


class Dark:
    """Whoever leads, and the projector; the room itself is led from here."""

    def __init__(self, chrome: Browser, words: Words, room: LedRoom) -> None:
        self.words, self.room, self.looked = words, room, 0
        self.leader = Leader(chrome, words, **SCREENS["desktop"], color_scheme="dark")
        self.wall = Leader(chrome, words, **PROJECTOR, color_scheme="dark")
        open_page(self.leader.page, f"{room.house.url}/workshop")
        self.leader.look("workshop-dark-00-make")
        open_page(self.leader.page, f"{room.house.url}/facilitate?key={room.key}")
        open_page(self.wall.page, f"{room.house.url}/screen?room={room.id}")

    def look(self, step: str, on_the_wall: str) -> None:
        """Wait until both show this step, and look at them."""
        self.looked += 1
        name = f"workshop-dark-{self.looked:02}-{step}"
        self.leader.sees(self.words(f"facilitate.heading.{step}"))
        expect(self.wall.page.get_by_text(on_the_wall).first).to_be_visible(timeout=LIVE)
        self.leader.look(name)
        self.wall.look_at_the_wall(name)


def test_every_page_of_whoever_leads_can_be_read_in_the_dark(
    chrome: Browser, house: House, words: Words, model: Model
) -> None:
    room = house.room(model, tuple(model.questions_by_id), named=False)
    dark = Dark(chrome, words, room)
    dark.look("welcome", words("screen.waiting"))
    room.led.open_round(lasts=timedelta(minutes=5))
    everybody_votes(room, model)
    dark.look("vote", words("screen.voting"))
    room.led.close()
    dark.look("closed", words("screen.closed"))
    room.led.reveal()
    dark.look("discuss", words("reveal.headline", count=5, of=12, outcome=model.approaches_by_id["okr"].phrase))
    decides = "work_kind"
    room.led.focus(decides)
    dark.look("discuss", model.questions_by_id[decides].text)
    on_a_phone(dark)
    room.led.open_round([decides])
    dark.look("vote_again", words("screen.voting_again"))
    for name in PEOPLE:
        room.vote(name, {decides: "change"})
    room.led.reveal()
    room.led.agree({question.id: question.options[0].id for question in model.questions}, model)
    dark.look("check", model.questions_by_id[decides].text)
    room.led.open_check()
    dark.look("fist", words("screen.fist"))
    for number, name in enumerate(PEOPLE):
        room.vote(name, {FIST: FINGERS[number % 6]}, "It is too early for that." if number % 6 < 3 else "")
    room.led.reveal()
    dark.look("decide", words.counted("reveal.check.speak_anonymous", 6))
    room.led.finish("OKRs from April, and count who leaves", "Six teams have to pull along.", "Dana")
    dark.look("done", words("screen.decided"))
    dark.leader.leave()
    dark.wall.leave()


def everybody_votes(room: LedRoom, model: Model) -> None:
    """Half of the answers are alike; what the work is for is one of the two questions that decide."""
    dice = random.Random(2)
    for number, name in enumerate(PEOPLE):
        choices = {
            question.id: ANSWERS[question.id] if dice.random() < 0.5 else dice.choice(question.choices)
            for question in model.questions
        }
        room.vote(name, choices, f"{name} has seen it before." if number % 2 else "")


def on_a_phone(dark: Dark) -> None:
    """Whoever leads may do it from a phone."""
    page = dark.leader.page
    page.set_viewport_size(SCREENS["phone"]["viewport"])
    settled(page)
    keep_screenshot(page, "workshop-dark-phone")
    fits(page)
    page.set_viewport_size(SCREENS["desktop"]["viewport"])
