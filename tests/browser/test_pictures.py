"""What screen readers get of a picture: a sentence with what it shows, and its numbers in words beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.result import result_view
from okr_assistant.words import Words
from tests.browser.conftest import open_page, press, settled
from tests.browser.test_main_job import CHECKOUT
from tests.browser.workshop import LedRoom
from tests.serving import Server

pytestmark = pytest.mark.browser

ALL = "&".join(f"{question}={answer}" for question, answer in CHECKOUT.items())
PICTURES = "[data-testid=stVegaLiteChart], img"
UNSAID = "Vega visualization"
"""What Vega says of every picture that nobody described."""


def said(page: Page) -> list[str]:
    """Return what every picture says that it shows; what is behind its marks is read by nobody."""
    sentences: list[str] = []
    for picture in page.locator(PICTURES).all():
        sentence = picture.get_attribute("aria-label") or picture.get_attribute("alt")
        assert sentence, picture.evaluate("element => element.outerHTML.slice(0, 200)")
        assert UNSAID not in sentence
        read_out = picture.locator("[role=graphics-symbol]:not([aria-hidden=true])")
        kinds = read_out.evaluate_all("all => all.map(each => each.getAttribute('aria-roledescription'))")
        assert set(kinds) <= {"title", "subtitle"}
        sentences.append(sentence)
    return sentences


def test_every_picture_of_a_result_is_described_and_has_its_numbers_in_a_table(
    page: Page, server: Server, model: Model, words: Words
) -> None:
    open_page(page, f"{server.url}/result?{ALL}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    shown = result_view(model, assess(model, AnswerSheet(CHECKOUT)), words)
    assert said(page) == [words("chart.ranking_alt"), shown.position.described]
    for heading in ("How the approaches compare", "Where this work lies"):
        part = page.get_by_test_id("stHeading").filter(has=page.get_by_text(heading, exact=True))
        beside = part.locator("xpath=following::*[@data-testid='stHorizontalBlock'][1]")
        expect(beside.get_by_test_id("stVegaLiteChart")).to_have_count(1)
        expect(beside.get_by_role("table")).to_have_count(1)


@pytest.mark.parametrize(
    ("section", "begins"),
    [("The map", "The places with pieces of work: "), ("Vision and outcome", "18 pieces of work between")],
)
def test_every_picture_of_a_goal_map_is_described_and_has_a_table(
    page: Page, server: Server, section: str, begins: str
) -> None:
    open_page(page, f"{server.url}/goal_map")
    press(page, "Look at the example")
    page.get_by_role("radio", name=section, exact=True).click()
    settled(page)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    (sentence,) = said(page)
    assert sentence.startswith(begins)
    for closed in page.locator("[data-testid=stExpander] summary", has_text="as a table").all():
        closed.click()
    expect(page.locator("[data-testid=stDataFrame] canvas [role=grid]").first).to_be_attached()


def test_every_picture_of_votes_is_described_and_has_its_numbers_in_words(
    page: Page, led: LedRoom, words: Words
) -> None:
    led.led.reveal()
    open_page(page, f"{led.house.url}/screen?room={led.id}")
    heard = page.locator(".st-key-screen_numbers li")
    assert said(page) == [words("facilitate.outcomes_alt")]
    assert numbers(heard.all_inner_texts()) == 5
    led.led.focus("work_kind")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_accessible_name(words("facilitate.counts_alt"))
    settled(page)
    assert said(page) == [words("facilitate.counts_alt")]
    assert numbers(heard.all_inner_texts()) == 5
    open_page(page, f"{led.house.url}/facilitate?key={led.key}")
    assert {words("facilitate.outcomes_alt"), words("facilitate.counts_alt")} <= set(said(page))


def numbers(lines: list[str]) -> int:
    """Return how many people the lines speak of."""
    return sum(int(line.rpartition(": ")[2].split()[0]) for line in lines)
