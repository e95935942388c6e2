"""Everything with the keyboard alone, and its place is seen at every stop: a result, a share, a vote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from okr_assistant.decision.model import Model
from tests.browser.conftest import SCREENS, THEMES, open_page, settled
from tests.browser.workshop import TITLE, House
from tests.contrast import MARK, contrast
from tests.serving import Server

pytestmark = pytest.mark.browser

PAGES = {"light": "#FFFFFF", "dark": "#12181F"}
MOST_STOPS = 90
SOME = "work_kind=change&product_stage=growing&people_to_align=many_teams"

OUTLINE = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  let ring = null;
  for (let each = here, step = 0; each && step < 5 && !ring; each = each.parentElement, step += 1) {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
    if (outlineStyle === "solid" && parseFloat(outlineWidth) >= 2) ring = outlineColor.match(/\\d+/g).map(Number);
  }
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { ring, inSight, html: here.outerHTML.slice(0, 200) };
}"""
"""The line around what has the focus, or around what holds it: a field's box, an option with its label."""


class Keyboard:
    """Somebody at a page without a mouse."""

    def __init__(self, page: Page, theme: str) -> None:
        self.page, self.theme = page, theme

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, wanted: Locator) -> None:
        """Go on with Tab until this has the focus; every stop on the way is seen."""
        for _ in range(MOST_STOPS):
            self.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue  # past the last stop, the browser's own are next
            self.sees_where_it_is()
            if wanted.evaluate_all("all => all.includes(document.activeElement)"):
                return
        raise AssertionError(f"Tab never comes to {wanted}")

    def sees_where_it_is(self) -> None:
        found = self.page.evaluate(OUTLINE)
        assert found["ring"], f"nothing shows that this has the focus: {found['html']}"
        assert found["inSight"], f"this has the focus out of sight: {found['html']}"
        ring = "#" + "".join(f"{part:02x}" for part in found["ring"][:3])
        assert contrast(ring, PAGES[self.theme]) >= MARK, found["html"]

    def enter(self, role: Literal["button", "link"], name: str) -> None:
        """Go to the button or link with this name, and press it."""
        self.to(self.page.get_by_role(role, name=name, exact=True))
        self.press("Enter")

    def is_at(self, heading: Locator) -> None:
        """Wait until what was drawn anew has the focus on this heading."""
        expect(heading).to_be_focused()
        self.sees_where_it_is()


@pytest.fixture(params=THEMES)
def keyboard(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Keyboard]:
    context = chrome.new_context(**SCREENS["desktop"], color_scheme=request.param)
    context.set_default_timeout(15_000)
    yield Keyboard(context.new_page(), request.param)
    context.close()


def test_from_start_to_a_result(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, server.url)
    keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    keyboard.enter("link", "Assess a piece of work")
    keyboard.is_at(page.get_by_role("heading", level=1, name="Assess a piece of work"))
    keyboard.to(page.get_by_role("textbox"))
    keyboard.type("Faster checkout")
    question = page.get_by_role("heading", level=2)
    asked: list[str] = []
    while not page.get_by_role("link", name="See the result", exact=True).count():
        asked.append(question.inner_text())
        keyboard.to(page.get_by_role("radio").first)
        keyboard.press("Space")
        expect(page.get_by_role("button", name="Clear my answer")).to_be_visible()
        settled(page)
        if page.get_by_role("link", name="See the result", exact=True).count():
            break
        keyboard.enter("button", "Next")
        expect(question).not_to_have_text(asked[-1])
        keyboard.is_at(question)
    assert 3 < len(asked) == len(set(asked))
    keyboard.enter("link", "See the result")
    expect(page.get_by_role("heading", name="How the approaches compare")).to_be_visible()
    keyboard.is_at(page.get_by_role("heading", level=1))
    expect(page.get_by_text("Faster checkout")).to_be_visible()


def test_going_back_and_clearing_an_answer_end_at_the_question(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/assess?{SOME}&q=people_to_align")
    question = page.get_by_role("heading", level=2)
    first = question.inner_text()
    keyboard.enter("button", "Back")
    expect(question).not_to_have_text(first)
    keyboard.is_at(question)
    keyboard.enter("button", "Clear my answer")
    expect(page.get_by_role("button", name="Clear my answer")).to_have_count(0)
    keyboard.is_at(question)
    keyboard.enter("button", "Why we ask")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    keyboard.press("Escape")
    expect(page.get_by_role("button", name="Why we ask")).to_be_focused()


def test_what_is_typed_or_chosen_keeps_the_focus(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/assess")
    keyboard.to(page.get_by_role("textbox"))
    keyboard.type("Faster checkout")
    page.wait_for_url("**t=Faster+checkout*")
    settled(page)
    expect(page.get_by_role("textbox")).to_be_focused()
    keyboard.to(page.get_by_role("radio").first)
    for place in (1, 2):
        keyboard.press("ArrowDown")
        settled(page)
        expect(page.get_by_role("radio").nth(place)).to_be_focused()


def test_a_result_is_shared_and_answered_differently(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/share?{SOME}")
    keyboard.enter("button", "Make the link")
    expect(page.locator("[data-copy*='/r/']")).to_be_visible()
    address = str(page.locator("[data-copy*='/r/']").get_attribute("data-copy"))
    keyboard.to(page.locator("[data-copy*='/r/']"))
    page.goto(address)
    keyboard.to(page.get_by_role("link", name="Answer it differently").first)
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    keyboard.to(page.get_by_role("radio").first)
    keyboard.press("ArrowDown")
    keyboard.to(page.get_by_role("textbox", name="Why?"))
    keyboard.type("Nobody told me.")
    keyboard.enter("button", "Send")
    expect(page.get_by_role("heading", level=1, name="Sent")).to_be_visible()


def test_a_vote_in_a_workshop(keyboard: Keyboard, house: House, model: Model) -> None:
    room, page = house.room(model, ("work_kind", "autonomy"), named=False), keyboard.page
    page.goto(f"{house.url}/join")
    keyboard.to(page.get_by_role("textbox", name="Code"))
    keyboard.type(room.led.room().code)
    keyboard.press("Enter")
    expect(page.get_by_text(TITLE)).to_be_visible()
    keyboard.to(page.get_by_role("textbox", name="Your name"))
    keyboard.type("Kim")
    keyboard.press("Enter")
    expect(page.get_by_text("You are here as Kim")).to_be_visible()
    room.led.open_round()
    for question in ("work_kind", "autonomy"):
        expect(page.locator(f"fieldset[data-question={question}]")).to_be_visible()
        keyboard.to(page.get_by_role("radio").first)
        keyboard.press("Space")
        keyboard.to(page.get_by_role("textbox", name="Why?"))
        keyboard.type("It was sold.")
        keyboard.enter("button", "Next")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have answered everything")
    votes = house.store.own_votes(room.id, 1)
    assert {vote.question: vote.reason for vote in votes} == {
        "work_kind": "It was sold.",
        "autonomy": "It was sold.",
    }
