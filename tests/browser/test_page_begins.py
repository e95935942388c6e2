"""A page begins at its top, also on a slow device, where it is drawn over the page before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page, settled
from tests.serving import Server

pytestmark = pytest.mark.browser

SLOWER = 6
"""About a phone of the lower middle, compared with a desktop."""


@pytest.mark.parametrize("to", ["Method", "Cases"])
def test_a_page_begins_at_its_top_however_far_down_the_one_before_was(page: Page, server: Server, to: str) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    main = page.get_by_test_id("stMain")
    for _ in range(3):
        open_page(page, f"{server.url}/result?work_kind=deliver")
        main.evaluate("main => main.scrollTop = main.scrollHeight")
        expect(main).not_to_have_js_property("scrollTop", 0)
        page.get_by_role("link", name=to, exact=True).evaluate("link => link.click()")  # without scrolling to it
        expect(page.get_by_role("heading", level=1)).to_have_text(
            {"Method": "How it works", "Cases": "Agreement with published cases"}[to]
        )
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
