"""The place of the keyboard where Streamlit draws a page anew: it is kept, and taken from nobody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import open_page, press, settled
from tests.browser.keyboard import Keyboard
from tests.browser.workshop import House
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


PLACE = """popover => {
  const place = document.createElement("div");
  place.dataset.testid = "stSkeleton";
  popover.append(place);
}"""
"""What Streamlit puts where a part of a popover is not loaded yet, which on this machine is over at once."""


def test_tab_waits_for_what_a_popover_has_not_loaded_yet(keyboard: Keyboard, server: Server) -> None:
    page = keyboard.page
    open_page(page, f"{server.url}/result?{SOME}")
    opened = keyboard.opens("English")
    opened.evaluate(PLACE)
    keyboard.press("Tab")
    expect(page.get_by_role("button", name="English", exact=True)).to_be_focused()
    opened.evaluate("popover => popover.lastElementChild.remove()")
    keyboard.press("Tab")
    expect(opened.get_by_role("button").first).to_be_focused()


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


def test_a_popover_of_a_picture_alone_is_one_stop(keyboard: Keyboard, house: House) -> None:
    """Where phones can reach the address, this one has a QR code and no word."""
    page = keyboard.page
    open_page(page, f"{house.url}/share?{SOME}")
    keyboard.enter("button", "QR code")
    opened = page.get_by_test_id("stPopoverBody")
    expect(opened.get_by_role("img", name="QR code of this address")).to_be_visible()
    keyboard.press("Tab")
    expect(opened).to_be_focused()
    keyboard.press("Tab")
    expect(opened).to_have_count(0)


FIELD = """() => {
  const field = Object.assign(document.createElement("input"), { ariaLabel: "Late" });
  field.style.cssText = "flex: none; position: relative";
  document.querySelector("[data-testid=stMainBlockContainer]").append(field);
  field.scrollIntoView();
}"""
"""A field at the end of the page, which goes when a test takes it away."""
GOES = """field => {
  field.remove();
  return new Promise((done) => setTimeout(done, 300));
}"""
"""Take it away; the time of focus.js, which is shorter and begins first, ends before this."""


@pytest.fixture
def field(page: Page, server: Server) -> Locator:
    """A field that somebody clicked, far down on a page."""
    open_page(page, f"{server.url}/result?{SOME}")
    page.evaluate(FIELD)
    field = page.get_by_role("textbox", name="Late")
    field.click()
    return field


def test_what_was_left_before_it_went_takes_nobody_to_a_heading(page: Page, field: Locator) -> None:
    page.keyboard.type("x")
    field.blur()
    page.evaluate(f"{SCROLLED} = 1000")
    field.evaluate(GOES)
    assert page.evaluate("document.activeElement === document.body")
    assert page.evaluate(SCROLLED) == 1000


def test_what_is_moved_keeps_the_focus(field: Locator) -> None:
    """Streamlit moves a button where another comes before it, and a browser takes the focus from what is moved."""
    field.evaluate("field => field.parentElement.prepend(field)")
    expect(field).to_be_focused()
    field.evaluate(GOES)
    expect(field.page.get_by_role("heading").first).to_be_focused()


def test_what_is_moved_and_dead_before_it_goes_was_not_left(field: Locator) -> None:
    """So goes the button of a question, where the next one has a button before it and the server is slow."""
    field.evaluate("field => { field.disabled = true; field.parentElement.prepend(field); }")
    field.evaluate(GOES)
    expect(field.page.get_by_role("heading").last).to_be_focused()


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_only_the_keyboard_scrolls_to_the_heading_of_what_went(
    page: Page, field: Locator, *, by_keyboard: bool
) -> None:
    if by_keyboard:
        page.keyboard.type("x")
    page.evaluate(f"{SCROLLED} = 0")
    field.evaluate(GOES)
    expect(page.get_by_role("heading").last).to_be_focused()
    assert (page.evaluate(SCROLLED) > 0) is by_keyboard


def test_the_focus_in_a_frame_stays_when_what_had_it_before_goes(page: Page, field: Locator) -> None:
    """The page is not told of a focus in a frame."""
    page.evaluate("document.body.append(document.createElement('iframe'))")
    field.evaluate(
        f"""field => {{
          const inner = document.querySelector("iframe").contentDocument;
          inner.body.append(inner.createElement("input"));
          inner.querySelector("input").focus();
          return ({GOES})(field);
        }}"""
    )
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
