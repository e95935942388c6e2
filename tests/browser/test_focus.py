"""The place of the keyboard where Streamlit draws a page anew: it goes nowhere else, and is not taken from anybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page, press, settled
from tests.browser.keyboard import Keyboard
from tests.serving import Server

pytestmark = pytest.mark.browser

SOME = "work_kind=change&product_stage=growing&people_to_align=many_teams"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def test_another_language_begins_the_page_at_its_title(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/result?{SOME}")
    keyboard.opens("English")
    keyboard.enter("button", "Deutsch")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    keyboard.is_at(page.get_by_role("heading", level=1))
    assert page.evaluate(SCROLLED) == 0


def test_what_is_deleted_leaves_the_keyboard_at_the_heading_above_it(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/share?{SOME}")
    press(page, "Keep this result")
    open_page(page, f"{server.url}/results")
    keyboard.opens("Delete")
    keyboard.enter("button", "Delete this result")
    expect(page.get_by_role("button", name="Delete", exact=True)).to_have_count(0)
    keyboard.is_at(page.get_by_role("heading", level=1))
    settled(page)


@pytest.mark.parametrize(("width", "name", "first"), [(720, "Menu", "Assess"), (1280, "English", "Deutsch")])
def test_what_a_popover_holds_comes_after_its_button_and_leaving_closes_it(
    keyboard: Keyboard, server: Server, width: int, name: str, first: str
) -> None:
    page = keyboard.page
    page.set_viewport_size({"width": width, "height": 450})
    open_page(page, f"{server.url}/result?{SOME}")
    button, opened = page.get_by_role("button", name=name, exact=True), keyboard.opens(name)
    stops = opened.get_by_role("link").or_(opened.get_by_role("button"))
    keyboard.press("Tab")
    expect(stops.first).to_be_focused()
    expect(stops.first).to_have_text(first)
    keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    for number in range(stops.count()):
        keyboard.press("Tab")
        expect(stops.nth(number)).to_be_focused()
        keyboard.sees_where_it_is()
    keyboard.press("Tab")
    expect(opened).to_have_count(0)
    keyboard.press("Shift+Tab")
    expect(button).to_be_focused()


def test_leaving_the_button_of_an_open_popover_closes_it_too(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/result?{SOME}")
    opened = keyboard.opens("English")
    keyboard.press("Shift+Tab")
    expect(opened).to_have_count(0)
    expect(page.get_by_role("link", name="Cases", exact=True)).to_be_focused()


def test_a_popover_of_words_alone_is_one_stop(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/assess?{SOME}&q=work_kind")
    opened = keyboard.opens("Why we ask")
    opened.get_by_role("link").evaluate_all("all => all.forEach(each => each.replaceWith(each.textContent))")
    keyboard.press("Tab")
    expect(opened).to_be_focused()
    keyboard.press("Tab")
    expect(opened).to_have_count(0)
    keyboard.sees_where_it_is()
