"""The projector with many people: nobody scrolls on a wall, so all of each step is on it, and no chart is cut."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.words import Words
from okr_assistant.workshop.room import FINGERS, FIST
from tests.browser.conftest import accessible, open_page, settled
from tests.browser.people import LIVE, Leader
from tests.browser.workshop import House, LedRoom
from tests.web.site import ANSWERS

pytestmark = pytest.mark.browser

SIZES = {"1080": {"width": 1920, "height": 1080}, "768": {"width": 1366, "height": 768}}
NAMES = ("Anneliese Brandt", "Bartholomew Okonkwo", "Chloé Dubois", "Emeka", "Friederike von Ahlefeld")
AGAIN = ("work_kind", "outcome_clarity", "stakeholder_involvement")
DECIDED = "OKRs from April for the checkout team, and count every week who leaves at the address form"
BECAUSE = "Six teams have to pull along, and nobody had looked at the same number before. " * 3

INSIDE = """() => {
  const all = [...document.querySelectorAll('.st-key-screen :is(p, li, img, svg, [data-testid=stText])')];
  const outside = box => box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < 0 || box.top < 0;
  return all.filter(each => each.checkVisibility())
    .map(each => [each, each.getBoundingClientRect()]).filter(([, box]) => outside(box))
    .map(([each, box]) => `${each.tagName} ${Math.round(box.bottom)} ${each.textContent.slice(0, 60)}`);
}"""
"""What of the page is outside of the window."""
CHART = """bars => {
  const box = each => each.getBoundingClientRect();
  const place = document.querySelector('.st-key-screen_chart');
  const words = document.querySelector('.st-key-screen_words');
  const chart = place?.querySelector('svg.marks');
  if (!chart || box(chart).height < 36 * bars) return false;
  if (box(chart).right > box(words).left) return false;
  const inside = (inner, outer) =>
    inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.bottom <= outer.bottom + 1;
  return inside(box(chart), box(place)) && [...chart.querySelectorAll('text')].filter(each => each.textContent)
    .every(each => inside(box(each), box(chart)) && !each.textContent.includes('…'));
}"""
"""Whether the chart is whole with all its texts, beside the words, and as high as its bars need."""


class Walls:
    """The same room on projectors of several sizes."""

    def __init__(self, chrome: Browser, words: Words, room: LedRoom) -> None:
        self.room = room
        self.walls = {size: Leader(chrome, words, viewport=viewport) for size, viewport in SIZES.items()}
        for wall in self.walls.values():
            open_page(wall.page, f"{room.house.url}/screen?room={room.id}")

    def show(self, step: str, text: str, *, bars: int = 0) -> None:
        """Wait for the text; then all of the step is in the window, and a chart has room for its bars."""
        for size, wall in self.walls.items():
            expect(wall.page.get_by_text(text).first).to_be_visible(timeout=2 * LIVE)
            settled(wall.page)
            if bars:
                wall.page.wait_for_function(CHART, arg=bars)
            wall.look_at_the_wall(f"wall-{self.room.id[:4]}-{step}-{size}")
            assert wall.page.evaluate(INSIDE) == [], (step, size)

    def leave(self) -> None:
        for wall in self.walls.values():
            wall.leave()


def everybody_votes(room: LedRoom, model: Model, people: int, questions: Iterable[str], alike: float) -> None:
    dice = random.Random(people)
    for number in range(people):
        choices = {
            id_: ANSWERS[id_] if dice.random() < alike else dice.choice(model.questions_by_id[id_].choices)
            for id_ in questions
        }
        room.vote(f"{NAMES[number % len(NAMES)]} {number}", choices)


@pytest.mark.parametrize(("people", "named"), [(30, True), (50, False)])
def test_everything_is_on_the_wall_in_every_phase(
    chrome: Browser, house: House, words: Words, model: Model, people: int, named: bool
) -> None:
    room = house.room(model, tuple(model.questions_by_id), named=named)
    led, walls = room.led, Walls(chrome, words, room)
    walls.show("lobby", words("screen.waiting"))
    led.open_round(lasts=timedelta(minutes=5))
    everybody_votes(room, model, people, model.questions_by_id, 0.4)
    walls.show("voting", words.counted("screen.finished", people, of=people))
    led.close()
    walls.show("closed", words("screen.closed"))
    led.reveal()
    walls.show("reveal", "people's own answers lead to", bars=7)
    for id_ in AGAIN:
        led.focus(id_)
        walls.show(f"focus-{id_}", model.questions_by_id[id_].text, bars=len(model.questions_by_id[id_].choices))
    led.open_round(AGAIN)
    everybody_votes(room, model, people, AGAIN, 0.6)
    walls.show("again", words("screen.voting_again"))
    led.reveal()
    led.focus("")
    walls.show("rounds", "other moves.", bars=6)
    for id_ in AGAIN:
        led.focus(id_)
        walls.show(f"moved-{id_}", model.questions_by_id[id_].text, bars=len(model.questions_by_id[id_].choices))
    led.agree({question.id: question.options[0].id for question in model.questions}, model)
    walls.show("agreed", "Agreed:", bars=4)
    led.open_check()
    walls.show("fist", words("screen.fist"))
    for number in range(people):
        room.vote(
            f"{NAMES[number % len(NAMES)]} {number}", {FIST: FINGERS[number % 6]}, "It is too early for that."
        )
    led.reveal()
    walls.show("check", "two fingers or fewer")
    led.finish(DECIDED, BECAUSE, "Dana, head of product", date(2027, 3, 1))
    walls.show("finished", DECIDED)
    walls.leave()


@pytest.mark.parametrize(
    ("kinds", "bars"),
    [
        (("change",), 1),
        (("change", "sustain", "learn"), 3),
        ((UNSURE,), 1),
    ],
)
def test_a_chart_of_few_bars_is_whole(
    chrome: Browser, house: House, words: Words, model: Model, kinds: tuple[str, ...], bars: int
) -> None:
    room = house.room(model, ["work_kind", "commitment"], named=False)
    walls = Walls(chrome, words, room)
    room.led.open_round()
    for number in range(12):
        room.vote(f"Person {number}", {"work_kind": kinds[number % len(kinds)], "commitment": UNSURE})
    room.led.reveal()
    walls.show(f"few-{bars}-{kinds[0]}", "own answers lead to", bars=bars)
    room.led.focus("commitment")
    walls.show(f"few-{bars}-{kinds[0]}-focus", model.questions_by_id["commitment"].text, bars=4)
    walls.leave()


def test_a_chart_is_drawn_anew_when_the_theme_changes(
    chrome: Browser, house: House, words: Words, model: Model
) -> None:
    """Its text has the colour of the page's: in the old one it could not be read."""
    room = house.room(model, ["work_kind"], named=False)
    room.led.open_round()
    for name in NAMES:
        room.vote(name, {"work_kind": "change"})
    room.led.reveal()
    wall = Leader(chrome, words, viewport=SIZES["768"], color_scheme="light")
    open_page(wall.page, f"{house.url}/screen?room={room.id}")
    title = wall.page.locator(".st-key-screen_chart svg").get_by_text(words("reveal.chart.outcomes"))
    before = title.get_attribute("fill")
    wall.page.emulate_media(color_scheme="dark")
    expect(title).not_to_have_attribute("fill", before or "", timeout=LIVE)
    settled(wall.page)
    accessible(wall.page)
    wall.leave()
