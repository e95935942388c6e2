"""Sharing and keeping a result in real Chromium: another visitor opens what one shares, and not what one keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from okr_assistant import Models
from okr_assistant.paths import MODELS
from tests.browser.conftest import (
    SCREENS,
    Console,
    accessible,
    choose,
    fits,
    keep_screenshot,
    open_page,
    press,
    settled,
)
from tests.export.reading import read_document
from tests.serving import Server

pytestmark = pytest.mark.browser

RESULT = "work_kind=change&product_stage=growing&people_to_align=many_teams&t=Faster+checkout"


def addresses(page: Page) -> list[str]:
    return [str(button.get_attribute("data-copy")) for button in page.locator(".copy button").all()]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_result_is_shared_and_opened_by_somebody_without_an_account(
    chrome: Browser, server: Server, screen: str, theme: Literal["light", "dark"]
) -> None:
    context = chrome.new_context(
        **SCREENS[screen], color_scheme=theme, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    console = Console(page)
    open_page(page, f"{server.url}/result?{RESULT}")
    press(page, "Share this result")
    page.get_by_role("textbox", name="Notes").fill("With the payment team")
    page.get_by_text("Everything, with notes").click()
    settled(page)
    press(page, "Make the link")
    page.get_by_role("button", name="Copy link").first.click()
    portable, stored, owner, empty = addresses(page)
    assert page.evaluate("navigator.clipboard.readText()") == portable
    keep_screenshot(page, f"7-share-{screen}-{theme}")
    accessible(page)
    fits(page)
    assert console.complaints == []
    context.close()

    reader = chrome.new_context(**SCREENS["phone"], color_scheme=theme, java_script_enabled=False)
    other = reader.new_page()
    for address, seen in ((portable, False), (stored, True)):
        other.goto(address)
        expect(other.get_by_role("heading", level=1)).to_contain_text("use OKRs")
        expect(other.get_by_text("With the payment team")).to_have_count(int(seen))
    other.goto(owner)
    expect(other.get_by_text("Everything, notes included")).to_be_visible()
    other.goto(empty)
    assert [cookie["name"] for cookie in reader.cookies()] == ["okr_browser"], "set by the last, which is the app"
    reader.close()


def test_what_is_kept_is_listed_checked_again_moved_and_deleted(
    chrome: Browser, server: Server, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{server.url}/share?{RESULT}")
    press(page, "Keep this result")
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="My results").last.click()
    settled(page)
    expect(page.get_by_text("Faster checkout")).to_be_visible()
    accessible(page)
    fits(page)
    keep_screenshot(page, "8-my-results")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save all as a file").click()
    file = tmp_path / "results.json"
    download.value.save_as(file)
    assert len(json.loads(file.read_bytes())["results"]) == 1

    press(page, "Check it again")
    choose(page, "Keep something running as it is")
    page.get_by_text("What moved because of answers").click()
    expect(page.get_by_text("From OKRs to health metrics.")).to_be_visible()
    accessible(page)
    keep_screenshot(page, "9-check-again")

    stranger = chrome.new_context()
    elsewhere = stranger.new_page()
    open_page(elsewhere, f"{server.url}/results")
    expect(elsewhere.get_by_text("Nothing is kept yet")).to_be_visible()
    elsewhere.locator("input[type=file]").set_input_files(file)
    elsewhere.get_by_role("button", name="Add the results of").click()
    expect(elsewhere.get_by_text("Faster checkout")).to_be_visible()
    stranger.close()

    open_page(page, f"{server.url}/results")
    press(page, "Delete")
    press(page, "Delete this result")
    expect(page.get_by_text("Nothing is kept yet")).to_be_visible()


def test_the_files_are_what_the_screen_says(page: Page, server: Server, tmp_path: Path) -> None:
    open_page(page, f"{server.url}/share?{RESULT}")
    for label, start in (("Decision record (PDF)", b"%PDF"), ("Everything, to open here again (JSON)", b"{")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        file = tmp_path / "file"
        download.value.save_as(file)
        assert file.read_bytes().startswith(start)
        assert download.value.suggested_filename.startswith("Faster-checkout-")
    record, found, differences = read_document(file.read_bytes(), Models(MODELS))
    assert (record.sheet.title, differences) == ("Faster checkout", ())
    open_page(page, f"{server.url}/result?{RESULT}")
    heading = page.get_by_role("heading", level=1).inner_text()
    assert ("use OKRs" in heading) == (found.result.approach == "okr")
