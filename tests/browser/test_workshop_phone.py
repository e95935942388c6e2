"""A workshop on a small phone: nothing is wider than it, nothing is cut, and a thumb reaches what comes next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from okr_assistant.workshop.room import FINGERS, FIST
from tests.browser.conftest import fits, keep_screenshot, open_page, settled
from tests.browser.people import LIVE, Leader, Phone
from tests.browser.workshop import House, LedRoom

pytestmark = pytest.mark.browser

SMALL = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
QUESTIONS = ("work_kind", "people_to_align")
"""They have the longest answers."""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
PEOPLE = 31
"""One more than are named without a click."""

CHARTS = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].map(place => {
  const chart = place.querySelector('svg, canvas'), outer = place.getBoundingClientRect();
  const texts = [...chart.querySelectorAll('text')].filter(each => each.textContent);
  const bars = [...chart.querySelectorAll('.mark-rect path')];
  const widest = Math.max(...bars.map(each => each.getBoundingClientRect().width));
  const cut = texts.filter(each => {
    const box = each.getBoundingClientRect();
    return box.right > outer.right + 1 || box.left < outer.left - 1 || each.textContent.includes('…');
  });
  return [texts.length > 0 && widest > outer.width / 2, cut.map(each => each.textContent)];
})"""
"""For each chart whether its longest bar has half of the width, and which of its texts are cut."""
TARGETS = """() => [...document.querySelectorAll('.step, form .choice, form input[type=text], textarea')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 44)
  .map(each => each.textContent.trim() || each.id)"""
"""What a thumb has to hit, and is lower than 44 pixels."""
SIGNS = """() => [...document.querySelectorAll('input[type=text], textarea')]
  .filter(each => parseFloat(getComputedStyle(each).fontSize) < 16).map(each => each.id)"""
"""Fields with letters under 16 pixels, into which an iPhone zooms."""
SCROLLING = """() => [...document.querySelectorAll('main *')]
  .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'auto')
  .map(each => each.textContent.slice(0, 60))"""
"""What has to be pushed sideways to be read."""


def by_thumb(page: Page, name: str) -> None:
    """The whole plain page fits, can be hit, and is not zoomed into."""
    keep_screenshot(page, f"small-{name}")
    fits(page)
    assert [page.evaluate(check) for check in (TARGETS, SIGNS, SCROLLING)] == [[], [], []], name


def everybody_votes(room: LedRoom, model: Model, people: int, shift: int = 0) -> None:
    for number in range(people):
        choices = {id_: model.questions_by_id[id_].choices[(number * number + shift) % 4] for id_ in QUESTIONS}
        room.vote(f"Bartholomew Okonkwo {number}", choices, LONG if number % 9 == 0 else "")


def test_a_wrong_code_is_said_on_a_small_phone(chrome: Browser, house: House, words: Words, model: Model) -> None:
    kim = Phone(chrome, words, model, "Kim", **SMALL)
    kim.find(house, "ABCD")
    expect(kim.page.get_by_role("alert")).to_be_visible()
    by_thumb(kim.page, "wrong-code")
    kim.context.close()  # Chromium complains of the status, which is right


def test_whoever_takes_part_sees_everything_on_a_small_phone(
    chrome: Browser, house: House, words: Words, model: Model
) -> None:
    room, kim = house.room(model, QUESTIONS, named=True), Phone(chrome, words, model, LONG, **SMALL)
    page = kim.page
    page.goto(room.address)
    by_thumb(page, "join")
    kim.join()
    by_thumb(page, "in-the-room")
    room.led.open_round()
    kim.sees_question("work_kind")
    expect(kim.button("vote.next")).to_be_in_viewport(ratio=1)
    kim.choose("work_kind", "learn", LONG)
    expect(page.locator(".saved")).to_have_text(words("vote.saved"))
    expect(kim.button("vote.next")).to_be_in_viewport(ratio=1)
    by_thumb(page, "saved")
    kim.press("vote.next")
    kim.sees_question("people_to_align")
    kim.choose("people_to_align", model.questions_by_id["people_to_align"].options[-1].id)
    kim.press("vote.next")
    kim.sees(words("room.done_title"))
    by_thumb(page, "waiting")
    everybody_votes(room, model, 12)
    room.led.reveal()
    kim.sees(words("room.revealed_title"))
    by_thumb(page, "revealed")
    for shift in (1, 2):
        room.led.open_round(QUESTIONS)
        everybody_votes(room, model, 12, shift)
        room.led.reveal()
    room.led.agree({id_: model.questions_by_id[id_].options[0].id for id_ in QUESTIONS}, model)
    room.led.finish(LONG, LONG, LONG)
    kim.sees(words("room.finished_title"))
    by_thumb(page, "finished")
    page.goto(f"{room.address}/record")
    by_thumb(page, "record")
    kim.leave()


def test_whoever_leads_sees_the_next_step_and_whole_charts_on_a_small_phone(
    chrome: Browser, house: House, words: Words, model: Model
) -> None:
    room = house.room(model, QUESTIONS, named=True)
    leader = Leader(chrome, words, **SMALL)
    page = leader.page
    open_page(page, f"{house.url}/facilitate?key={room.key}")
    room.led.open_round()
    everybody_votes(room, model, PEOPLE)
    expect(page.get_by_text(words("facilitate.next.all_done"))).to_be_visible(timeout=LIVE)
    leader.look("small-voting")
    names = page.get_by_text("Bartholomew Okonkwo 30")
    expect(names).not_to_be_visible()
    page.get_by_text(words("facilitate.names.finished"), exact=True).click()
    expect(names).to_be_visible()
    room.led.reveal()
    leader.sees(words("facilitate.heading.discuss"))
    settled(page)
    leader.look("small-discuss")
    charts = page.evaluate(CHARTS)
    assert len(charts) > 1
    assert charts == [[True, []]] * len(charts)
    room.led.agree({id_: model.questions_by_id[id_].options[0].id for id_ in QUESTIONS}, model)
    room.led.open_check()
    for number in range(PEOPLE):
        room.vote(f"Bartholomew Okonkwo {number}", {FIST: FINGERS[number % 6]}, LONG if number < 3 else "")
    room.led.reveal()
    leader.sees(words("facilitate.heading.decide"))
    leader.look("small-decide")
    leader.leave()
