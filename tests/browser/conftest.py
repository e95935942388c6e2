"""A real Chromium, and the four screens that people have: desktop and phone, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from okr_assistant.decision.model import Model
from tests.browser.axe import violations
from tests.browser.keyboard import Keyboard
from tests.browser.workshop import House, LedRoom, running_house
from tests.serving import chromium
from tests.web.site import ANSWERS

SCREENSHOTS = Path(__file__).parents[2] / "test-results" / "screenshots"

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}  # fmt: skip

expect.set_options(timeout=20_000)
"""Milliseconds until something is held not to come: the tests beside take their share of the processor."""

THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server as a meeting room reaches it, for workshops."""
    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
def led(house: House, model: Model) -> LedRoom:
    """A workshop in which five people have voted, before the reveal."""
    room = house.room(model, ("work_kind", "autonomy"), named=False)
    room.led.open_round()
    for number in range(5):
        choices = {"work_kind": ("change", "deliver")[number % 2], "autonomy": ANSWERS["autonomy"]}
        room.vote(f"Person {number}", choices, "It was sold." if number else "")
    return room


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """A desktop browser without a past."""
    context = chrome.new_context(**SCREENS["desktop"])
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(params=THEMES)
def keyboard(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Keyboard]:
    context = chrome.new_context(**SCREENS["desktop"], color_scheme=request.param)
    context.set_default_timeout(15_000)
    yield Keyboard(context.new_page(), request.param)
    context.close()


def settled(page: Page) -> None:
    """Wait until the script has run, and everything it sent is drawn."""
    page.wait_for_timeout(150)  # a click may have been sent whose run has not begun
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)


def open_page(page: Page, address: str) -> None:
    """Open the address and wait for the page."""
    page.goto(address)
    settled(page)


def choose(page: Page, label: str) -> None:
    """Click the option with this label."""
    page.locator("label").filter(has=page.get_by_text(label, exact=True)).first.click()
    settled(page)


def press(page: Page, label: str) -> None:
    """Press the button, or follow the link, with this label."""
    page.get_by_role("button", name=label, exact=True).or_(
        page.get_by_role("link", name=label, exact=True)
    ).click()
    settled(page)


def follow(page: Page, label: str) -> None:
    """Follow a link of the menu, which is behind a button on a small screen."""
    link = page.get_by_role("link", name=label, exact=True)
    if not link.first.is_visible():
        page.get_by_role("button", name="Menu").click()
    link.locator("visible=true").first.click()
    settled(page)


def chosen(page: Page) -> list[str]:
    """Return the labels of all options that are chosen on the page."""
    labels = page.locator("label:has(input[type=radio]:checked) p").all_inner_texts()
    return [label for label in labels if label]


def expect_chosen(page: Page, labels: list[str]) -> None:
    """Wait until exactly these options are chosen; radios are drawn one after the other."""
    expect(page.locator("label:has(input[type=radio]:checked)")).to_have_count(len(labels))
    assert chosen(page) == labels


@contextmanager
def unfolded(page: Page) -> Iterator[None]:
    """Have the window as high as the page: what stays at its foot lies over nothing then, as after scrolling."""
    size = page.viewport_size
    assert size is not None
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    yield
    page.set_viewport_size(size)


def accessible(page: Page) -> None:
    """No violation of any rule of axe, whatever its impact, but for what ``tests/browser/axe.py`` lists."""
    assert violations(page) == []


def fits(page: Page) -> None:
    """Nothing is wider than the screen, and no word is cut off inside a link or a button."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    cut = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stPageLink-NavLink] p, button p')]
             .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
    )
    assert cut == []


def keep_screenshot(page: Page, name: str) -> None:
    """Save the whole page as a picture, for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    assert size is not None
    main = page.locator("[data-testid=stMain], html").last  # Streamlit's page scrolls inside; a plain one does not
    height = main.evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), 8000)})
    page.wait_for_timeout(300)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    page.set_viewport_size(size)


class Console:
    """What the page complained about. Streamlit looks for its base path on deep links; that is no complaint."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda m: self._note(m.text, m.location["url"]) if m.type == "error" else None)

    def _note(self, text: str, url: str) -> None:
        if not re.search(r"/\w+/_stcore/(health|host-config)$", url):
            self.complaints.append(f"{text} ({url})")
