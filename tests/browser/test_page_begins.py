"""A page begins at its top, also on a slow device, and the browser asks before what is only on it is gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page, press, settled
from tests.browser.states import paste
from tests.serving import Server

pytestmark = pytest.mark.browser

HEADINGS = {"Method": "How it works", "Cases": "Agreement with published cases"}


@pytest.mark.parametrize("to", HEADINGS)
def test_a_page_begins_at_its_top_however_far_down_the_one_before_was(page: Page, server: Server, to: str) -> None:
    """On a slow device the page is never empty in between, which else takes the reader up: here it never is."""
    open_page(page, f"{server.url}/result?work_kind=deliver")
    main = page.get_by_test_id("stMain")
    main.evaluate("main => main.firstElementChild.style.minHeight = '9000px'")
    main.evaluate("main => main.scrollTop = 3000")
    page.get_by_role("link", name=to, exact=True).evaluate("link => link.click()")  # without scrolling to it
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[to])
    settled(page)
    expect(main).to_have_js_property("scrollTop", 0)


def test_a_reader_who_scrolls_is_left_alone(page: Page, server: Server) -> None:
    """Not at every run of the script: an answer further down would throw the reader up."""
    open_page(page, f"{server.url}/assess?q=all")
    main = page.get_by_test_id("stMain")
    last = page.get_by_role("radio").last
    last.evaluate("radio => radio.click()")
    settled(page)
    expect(page.get_by_role("radio").last).to_be_checked()
    page.locator("label:has(input[type=radio])").last.scroll_into_view_if_needed()
    page.locator("label:has(input[type=radio])").nth(-2).click()
    settled(page)
    expect(main).not_to_have_js_property("scrollTop", 0)


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the browser asked; the answer is always to go on."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    return asked


def reloaded(page: Page) -> None:
    page.reload()
    settled(page)


@pytest.mark.parametrize("written", [True, False])
def test_the_browser_asks_before_a_draft_is_gone(
    page: Page, server: Server, asked: list[str], written: bool
) -> None:
    open_page(page, f"{server.url}/goal_draft?work_kind=change")
    box = page.get_by_role("textbox").nth(1)
    if written:
        box.fill("More people finish their order")
    box.press("Tab")
    settled(page)
    if written:
        expect(page.get_by_test_id("stText").filter(has_text="More people finish their order")).to_be_visible()
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it works")
    reloaded(page)
    assert asked == (["beforeunload"] if written else []), "also where it cannot be seen"


@pytest.mark.parametrize("kept", [True, False])
def test_it_asks_before_notes_are_gone_that_are_kept_nowhere(
    page: Page, server: Server, asked: list[str], kept: bool
) -> None:
    open_page(page, f"{server.url}/share?work_kind=change")
    page.get_by_role("textbox", name="Notes").fill("Ask Ana first")
    page.get_by_role("textbox", name="Notes").press("Tab")
    settled(page)
    if kept:
        press(page, "Keep this result")
        expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it works")
    reloaded(page)
    assert asked == ([] if kept else ["beforeunload"])


def test_it_asks_before_notes_are_gone_that_were_changed_after_they_were_kept(
    page: Page, server: Server, asked: list[str]
) -> None:
    open_page(page, f"{server.url}/share?work_kind=change")
    notes = page.get_by_role("textbox", name="Notes")
    notes.fill("Ask Ana first")
    notes.press("Tab")
    settled(page)
    press(page, "Keep this result")
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    notes.fill("Ask Ben, too")
    notes.press("Tab")
    settled(page)
    page.get_by_role("link", name="My results", exact=True).first.click()  # where what is kept is opened
    expect(page.get_by_role("button", name="Delete", exact=True)).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it works")
    reloaded(page)
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("copied", [True, False])
def test_it_asks_before_an_owners_address_is_gone_that_was_not_copied(
    page: Page, server: Server, asked: list[str], copied: bool
) -> None:
    open_page(page, f"{server.url}/share?work_kind=change")
    press(page, "Make the link")
    own = page.get_by_role("button", name="Copy your own address")
    expect(own).to_be_visible()
    if copied:
        own.click()
    else:
        page.get_by_role("button", name="Copy link").first.click()
    reloaded(page)
    assert asked == ([] if copied else ["beforeunload"])


@pytest.mark.parametrize("table", [True, False])
def test_it_asks_before_a_goal_map_is_gone(page: Page, server: Server, asked: list[str], table: bool) -> None:
    open_page(page, f"{server.url}/goal_map")
    if table:
        paste("title\tteam\nPayroll on time\tFinance", page)
        settled(page)
    else:
        press(page, "Look at the example")
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it works")
    reloaded(page)
    assert asked == ["beforeunload"]
