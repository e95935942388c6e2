"""What everybody needs to use a page, on every page: axe in both appearances, headings, descriptions, language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import UPSTREAM
from tests.browser.conftest import THEMES, accessible, open_page, settled
from tests.browser.test_main_job import CHECKOUT
from tests.browser.workshop import LedRoom
from tests.serving import Server, sharing_server
from tests.web.site import ANSWERS, SAMPLES

pytestmark = pytest.mark.browser

ALL = "&".join(f"{question}={answer}" for question, answer in CHECKOUT.items())
SOME = "work_kind=change&people_to_align=many_teams&use_of_goals=appraise"
VERDICTS = {
    "okr": "work_kind=change&product_stage=growing&people_to_align=many_teams",
    "okr_with_conditions": ALL,
    "not_okr": "work_kind=deliver&commitment=date",
    "blocked": SOME,
    "undecided": "product_stage=idea&work_kind=unsure",
    "contested": "work_kind=learn&product_stage=idea&vision_stability=churning",
}
APP_PAGES = {
    "start": "/",
    "start again": f"/?{SOME}",
    "the first question": "/assess",
    "the last question": f"/assess?{ALL}",
    "all questions": "/assess?q=all",
    **{f"result, {verdict}": f"/result?{answers}" for verdict, answers in VERDICTS.items()},
    "no result": "/result",
    "share": f"/share?{ALL}",
    "nothing to share": "/share",
    "no results kept": "/results",
    "checked again": f"/recheck?{SOME}",
    "cases": "/cases",
    "method": "/method",
    "no goal map": "/goal_map",
    "no draft": "/goal_draft",
    "workshop": "/workshop",
    "no workshop": "/facilitate",
    "no workshop on a screen": "/screen",
    "no such page": "/nothing",
    "no such answer": "/result?work_kind=nothing",
}
PLAIN_PAGES = {
    "join": "/join",
    "no room": "/w/none",
    "no link": "/r/none",
    "damaged link": "/p/damaged",
    "shared": f"/r/{SAMPLES['notes'].token}",
    "shared verdict": f"/r/{SAMPLES['verdict'].token}",
    "remark": f"/r/{SAMPLES['notes'].token}/remark?question=work_kind",
    "owner": f"/o/{SAMPLES['notes'].owner_key}",
}
TARGET = 24
"""Pixels that a finger needs (WCAG 2.5.8)."""
STILL = 0.001
"""Seconds that a movement may take, for whoever asks for none."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sharing_server(tmp_path_factory.mktemp("access")) as server:
        yield server


@pytest.fixture
def whole(chrome: Browser) -> Iterator[Page]:
    """A window as high as any page: how large targets are, axe sees only where they are in sight.

    Without motion, so that no colour is on its way to another one when axe looks.
    """
    context = chrome.new_context(viewport={"width": 1280, "height": 9000}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def everybody_can_use(page: Page) -> None:
    """In both appearances; the page has one title, from which its headings follow in order."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for app in page.get_by_test_id("stApp").all():
            expect(app).to_have_css("color-scheme", theme)
            settled(page)
        accessible(page)
    expect(page.locator("h1")).to_have_count(1)
    levels = page.locator("h1, h2, h3, h4").evaluate_all("found => found.map(each => Number(each.tagName[1]))")
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("name", APP_PAGES)
def test_every_app_page(whole: Page, server: Server, name: str) -> None:
    open_page(whole, f"{server.url}{APP_PAGES[name]}")
    expect(whole.locator("html")).to_have_attribute("lang", "en")
    everybody_can_use(whole)


def test_every_plain_page(whole: Page, site: Server) -> None:
    for address in PLAIN_PAGES.values():
        whole.goto(f"{site.url}{address}")
        everybody_can_use(whole)


def test_the_questions_that_a_workshop_may_have(whole: Page, server: Server) -> None:
    open_page(whole, f"{server.url}/workshop")
    whole.get_by_text("Choose them", exact=True).click()
    expect(whole.get_by_role("checkbox")).to_have_count(15)
    settled(whole)
    everybody_can_use(whole)


def test_what_is_behind_a_click_on_the_result(whole: Page, server: Server) -> None:
    page = whole
    open_page(page, f"{server.url}/result?{ALL}")
    for part in page.get_by_test_id("stExpander").all():
        if not part.locator("details[open]").count():
            part.locator("summary").click()
    settled(page)
    everybody_can_use(page)


def test_every_option_is_high_enough_for_a_finger(page: Page, server: Server) -> None:
    """Axe lets lower ones pass where they stand far enough from each other."""
    open_page(page, f"{server.url}/assess")
    options = page.get_by_test_id("stRadioOption")
    heights = options.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert min(heights) >= TARGET


def test_what_is_folded_away_is_printed(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/result?{ALL}")
    folded = page.locator("[data-testid=stExpander] details:not([open]) [data-testid=stExpanderDetails]").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()


def test_a_quiet_button_that_is_open_can_be_read_in_the_dark_too(whole: Page, server: Server) -> None:
    """Streamlit made its ink dark in both appearances."""
    open_page(whole, f"{server.url}/assess?{SOME}")
    opened = whole.get_by_test_id("stPopoverBody")
    for name in ("Why we ask", "English"):
        whole.get_by_role("button", name=name, exact=True).click()
        expect(opened).to_be_visible()
        everybody_can_use(whole)
        whole.keyboard.press("Escape")
        expect(opened).to_have_count(0)


def test_every_page_of_a_workshop_that_was_revealed(page: Page, led: LedRoom) -> None:
    led.led.reveal()
    led.led.focus("work_kind")
    open_page(page, f"{led.house.url}/facilitate?key={led.key}")
    everybody_can_use(page)
    open_page(page, f"{led.house.url}/screen?room={led.id}")
    everybody_can_use(page)
    led.led.agree({"work_kind": "change", "autonomy": ANSWERS["autonomy"]}, led.model)
    led.led.finish("OKRs from April", "Six teams have to pull along.", "Dana")
    page.goto(f"{led.address}/record")
    everybody_can_use(page)


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_moves_for_whoever_asks_for_less_motion(
    chrome: Browser, server: Server, site: Server, theme: str
) -> None:
    context = chrome.new_context(reduced_motion="reduce", color_scheme="dark" if theme == "dark" else "light")
    page = context.new_page()
    for address in (f"{server.url}/assess?{SOME}", f"{server.url}/result?{SOME}"):
        open_page(page, address)
        assert moving(page) == []
    page.goto(f"{site.url}{PLAIN_PAGES['shared']}")
    assert moving(page) == []
    context.close()


def moving(page: Page) -> list[str]:
    """What would take time to appear, to change or to move."""
    found: list[str] = page.evaluate(
        """still => [...document.querySelectorAll("body *")].filter((element) => {
             const style = getComputedStyle(element);
             const times = `${style.animationDuration},${style.transitionDuration}`.split(",").map(parseFloat);
             return Math.max(...times) > still;
           }).map((element) => element.outerHTML.slice(0, 120))""",
        STILL,
    )
    return found


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_every_page_says_in_which_language_it_is(page: Page, server: Server, language: str) -> None:
    for name in ("/", "/assess", f"/result?{SOME}", f"/share?{SOME}", "/workshop", "/join"):
        page.goto(f"{server.url}{name}{'&' if '?' in name else '?'}lang={language}")
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_page_that_is_in_english_for_now_says_so(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/goal_map?lang=de")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_list_of_what_is_left_is_told_in_the_statement() -> None:
    told = (Path(__file__).parents[2] / "docs" / "accessibility.md").read_text(encoding="utf-8")
    for known in UPSTREAM:
        assert known.rule in told
        assert known.issue in told
