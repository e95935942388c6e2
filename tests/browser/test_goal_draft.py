"""From a result to a draft in real Chromium: a remark, mended, and the files; and every form on a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from okr_assistant.drafting.goal_draft import read_goal_draft
from tests.browser.conftest import SCREENS, Console, accessible, fits, keep_screenshot, open_page, press, settled
from tests.drafting.drafts import EVERY, full
from tests.serving import Server

pytestmark = pytest.mark.browser

RESULT = (
    "work_kind=change&product_stage=growing&people_to_align=many_teams&outcome_clarity=words"
    "&measurability=instrument&t=Faster+booking"
)
HOSTILE = '<b>Launch</b> *the* [app](http://x.y) :red[now] $y$ "; =1+1'


def write(page: Page, question: str, text: str, *, row: int = 1) -> None:
    """Fill in a field, found by what is read aloud of it, and leave it."""
    box = page.get_by_role("textbox", name=question, exact=True).nth(row - 1)
    box.fill(text)
    box.press("Tab")
    settled(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_result_becomes_an_okr_that_is_mended_and_exported(
    chrome: Browser, server: Server, screen: str, theme: Literal["light", "dark"], tmp_path: Path
) -> None:
    context = chrome.new_context(**SCREENS[screen], color_scheme=theme)
    page = context.new_page()
    console = Console(page)
    open_page(page, f"{server.url}/result?{RESULT}")
    press(page, "Write the first draft")
    expect(page.get_by_text("What it needs first")).to_be_visible()
    write(page, "What should be better, and for whom?", HOSTILE)
    expect(page.get_by_test_id("stText").filter(has_text=HOSTILE).first).to_be_visible()
    write(page, "What should be better, and for whom?", "Launch the new app")
    write(page, "What is measured?", "Tables that are booked without a call")
    remark = page.get_by_text("Something to make or do", exact=True)
    expect(remark).to_be_visible()
    expect(page.get_by_text("Key result 1: Where does it stand today? Where should it be?")).to_be_visible()
    accessible(page)
    fits(page)
    keep_screenshot(page, f"40-first-draft-{screen}-{theme}")

    write(page, "What should be better, and for whom?", "Guests book a table without having to call us")
    expect(remark).to_have_count(0)
    write(page, "Where does it stand today?", "35%")
    page.get_by_test_id("stMain").get_by_role("link", name="Back to the result").click()
    settled(page)
    press(page, "Write the first draft")
    for label, start in (("Draft (PDF)", b"%PDF"), ("Draft, to open here again (JSON)", b"{")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        file = tmp_path / "file"
        download.value.save_as(file)
        assert file.read_bytes().startswith(start)
        assert download.value.suggested_filename.startswith("Faster-booking-OKR-")
    draft = read_goal_draft(file.read_bytes())
    assert draft.text("objective") == "Guests book a table without having to call us"
    assert draft.rows("key_results") == ({"metric": "Tables that are booked without a call", "baseline": "35%"},)
    assert console.complaints == []
    context.close()


def test_a_line_is_kept_while_it_is_typed_and_is_in_the_record(page: Page, server: Server, tmp_path: Path) -> None:
    """Nobody has to leave the field first."""
    open_page(page, f"{server.url}/goal_draft?{RESULT}")
    page.get_by_role("textbox", name="Why now?").fill("Two neighbours have opened")
    expect(page.get_by_test_id("stText").filter(has_text="Two neighbours have opened")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Back to the result").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("use OKRs")
    press(page, "Write the first draft")
    expect(page.get_by_role("textbox", name="Why now?")).to_have_value("Two neighbours have opened")
    page.get_by_role("link", name="Back to the result").click()
    settled(page)
    press(page, "Share this result")
    with page.expect_download() as download:
        page.get_by_role("button", name="Decision record as text (Markdown)").click()
    file = tmp_path / "record.md"
    download.value.save_as(file)
    assert "Two neighbours have opened" in file.read_text(encoding="utf-8").partition("## First draft: OKR")[2]


def test_every_form_is_readable_on_a_phone(chrome: Browser, server: Server, tmp_path: Path) -> None:
    """Each opened from a saved draft, full, in the theme that its neighbour does not have."""
    for number, (form, variant) in enumerate(EVERY):
        theme: Literal["light", "dark"] = "dark" if number % 2 else "light"
        context = chrome.new_context(**SCREENS["phone"], color_scheme=theme)
        page = context.new_page()
        console = Console(page)
        open_page(page, f"{server.url}/goal_draft")
        file = tmp_path / "draft.json"
        file.write_text(json.dumps(full(form, variant).to_json()))
        page.get_by_text("Open a draft from a file").click()
        page.locator("input[type=file]").set_input_files(file)
        press(page, "Open draft.json")
        expect(page.get_by_text("Nothing is missing.")).to_be_visible()
        accessible(page)
        fits(page)
        keep_screenshot(page, f"41-{form.id}-{variant or 'plain'}-phone")
        assert console.complaints == []
        context.close()
