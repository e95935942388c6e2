"""Shared results as people get them: a second browser without cookies or scripts, on a phone, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from tests.browser.conftest import (
    SCREENS,
    SCREENSHOTS,
    THEMES,
    Console,
    accessible,
    fits,
    keep_screenshot,
    settled,
)
from tests.serving import Server, sharing_server
from tests.web.site import SAMPLES, TITLE, sample_record

pytestmark = pytest.mark.browser

SMALL_PHONE = SCREENS["phone"] | {"viewport": {"width": 360, "height": 740}}
SCREENS_HERE = {"desktop": SCREENS["desktop"], "phone": SMALL_PHONE}
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sharing_server(tmp_path_factory.mktemp("sharing")) as server:
        yield server


def addresses(models: Models, model: Model) -> dict[str, str]:
    contested = Record(
        AnswerSheet(
            {"work_kind": "learn", "product_stage": "idea", "vision_stability": "churning"}, "", model.version
        )
    )
    tie = Record(
        AnswerSheet({"people_to_align": "whole_company", "use_of_goals": "appraise"}, "", model.version),
    )
    return {
        "portable": f"/p/{portable_payload(models, sample_record(models), with_text=True)}",
        "portable-contested": f"/p/{portable_payload(models, contested)}",
        "portable-tie": f"/p/{portable_payload(models, tie)}",
        "stored": f"/r/{SAMPLES['notes'].token}",
        "stored-verdict": f"/r/{SAMPLES['verdict'].token}",
        "remark-questions": f"/r/{SAMPLES['notes'].token}/remark",
        "remark": f"/r/{SAMPLES['notes'].token}/remark?question=work_kind",
        "owner": f"/o/{SAMPLES['notes'].owner_key}",
        "not-here": "/r/not-here",
        "damaged": "/p/damaged",
    }


@pytest.fixture
def stranger(chrome: Browser) -> Iterator[BrowserContext]:
    """A phone that was never here, with scripts switched off."""
    context = chrome.new_context(**SMALL_PHONE, java_script_enabled=False)
    yield context
    context.close()


@pytest.mark.parametrize("screen", SCREENS_HERE)
def test_every_page_reads_well(chrome: Browser, site: Server, models: Models, model: Model, screen: str) -> None:
    """Light and dark: a plain page takes its colours from the style sheet and follows the system at once."""
    context = chrome.new_context(**SCREENS_HERE[screen])
    page = context.new_page()
    console = Console(page)
    for name, address in addresses(models, model).items():
        page.goto(f"{site.url}{address}")
        for details in page.locator("details").all()[:2]:
            details.locator("summary").click()
        fits(page)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            keep_screenshot(page, f"shared-{name}-{screen}-{theme}")
            accessible(page)
    assert [line for line in console.complaints if "404" not in line] == [], "404 is what was asked for"
    assert context.cookies() == []
    context.close()


def test_a_second_browser_opens_both_kinds_on_a_phone(
    stranger: BrowserContext, site: Server, models: Models, model: Model
) -> None:
    page = stranger.new_page()
    for name in ("portable", "stored"):
        page.goto(f"{site.url}{addresses(models, model)[name]}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Use OKRs, once this is fixed")
        expect(page.get_by_text(TITLE)).to_be_visible()
        page.get_by_text("OKRs: 29 points").click()  # opens without scripts
        expect(page.get_by_text("= 29", exact=False)).to_be_visible()
    assert stranger.cookies() == []


def test_everything_the_page_loads_is_small_and_ours(
    chrome: Browser, site: Server, models: Models, model: Model
) -> None:
    context = chrome.new_context(**SMALL_PHONE)
    page = context.new_page()
    asked: list[str] = []
    sizes: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}{addresses(models, model)['stored']}", wait_until="networkidle")
    assert all(address.startswith(site.url) for address in asked)
    assert 0 < sum(sizes) < MOST_BYTES
    context.close()


def test_explore_opens_the_same_result_in_the_app(page: Page, site: Server, models: Models, model: Model) -> None:
    page.goto(f"{site.url}{addresses(models, model)['portable']}")
    page.get_by_role("link", name="Explore it in the app").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Use OKRs, once this is fixed")
    expect(page.get_by_text(TITLE)).to_be_visible()


def test_a_remark_travels_to_the_owner_without_scripts(stranger: BrowserContext, site: Server) -> None:
    page = stranger.new_page()
    page.goto(f"{site.url}/r/{SAMPLES['reasons'].token}")
    page.get_by_role("link", name="Answer it differently Can you name the result").click()
    page.get_by_label("Your name").fill("Kim <b>")
    page.get_by_label("Why?").fill("Nobody could say it to me.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Choose an answer.")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("Nobody could say it to me.")
    page.get_by_label("Not yet").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent")
    assert page.url.endswith("?sent=1")
    page.goto(f"{site.url}/o/{SAMPLES['reasons'].owner_key}")
    remark = page.get_by_role("article")
    expect(remark).to_contain_text("With this answer it would be “")
    expect(remark).to_contain_text("Nobody could say it to me.")
    expect(remark).to_contain_text("Kim <b>, ")
    page.screenshot(path=SCREENSHOTS / "shared-owner-with-remark-phone-light.png", full_page=True)
    remark.get_by_role("button", name="Delete this remark").click()
    expect(page.get_by_text("None so far.")).to_be_visible()


def test_an_owner_ends_a_link_without_scripts(
    stranger: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with sharing_server(tmp_path_factory.mktemp("ending")) as server:
        page = stranger.new_page()
        page.goto(f"{server.url}/o/{SAMPLES['notes'].owner_key}")
        page.get_by_label("Yes, end the link").check()
        page.get_by_role("button", name="End the link now").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The link has ended")
        page.goto(f"{server.url}/r/{SAMPLES['notes'].token}")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing to see here")


def test_on_paper_everything_is_open(page: Page, site: Server, models: Models, model: Model) -> None:
    """What a click opens on the screen is printed as it is; links to press are not."""
    page.goto(f"{site.url}{addresses(models, model)['portable-contested']}")
    closed = page.locator("details li").first
    assert not closed.is_visible()
    page.emulate_media(media="print")
    expect(closed).to_be_visible()
    expect(page.get_by_role("link", name="Explore it in the app")).to_be_hidden()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    paper = page.pdf(path=SCREENSHOTS / "shared-printed.pdf", format="A4", print_background=False)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 8
    page.screenshot(path=SCREENSHOTS / "shared-printed.png", full_page=True)
