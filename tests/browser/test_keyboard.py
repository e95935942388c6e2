"""Everything with the keyboard alone, and its place is seen at every stop: a result, a share, a vote."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from okr_assistant.decision.model import Model
from tests.browser.conftest import open_page, settled
from tests.browser.keyboard import Keyboard
from tests.browser.workshop import TITLE, House
from tests.serving import Server

pytestmark = pytest.mark.browser

SOME = "work_kind=change&product_stage=growing&people_to_align=many_teams"


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


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        ("outline: none", "nothing shows"),
        ("outline-color: rgb(213 94 0 / 50%)", "lets through"),
        ("outline-color: #eee", "too pale"),
        ("position: fixed; top: -20px; height: 24px; min-height: 0", "out of sight"),
        ("pointer-events: none", "lies on"),
    ],
)
def test_a_place_that_cannot_be_seen_is_told(page: Page, server: Server, spoiled: str, says: str) -> None:
    """What all tests of this file rest on. What nothing can point at stands for what something lies on."""
    open_page(page, f"{server.url}/assess?{SOME}")
    keyboard = Keyboard(page, "light")
    keyboard.to(page.get_by_role("button", name="Why we ask"))
    way = "(here, style) => { here.style.cssText = style.replaceAll(';', ' !important;') + ' !important'; }"
    page.locator(":focus").evaluate(way, spoiled)
    with pytest.raises(AssertionError, match=says):
        keyboard.sees_where_it_is()
