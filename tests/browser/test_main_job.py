"""The main job in real Chromium: from Start to Result, on a desktop and a phone, light and dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from tests.browser.conftest import (
    SCREENS,
    THEMES,
    Console,
    accessible,
    choose,
    expect_chosen,
    fits,
    follow,
    keep_screenshot,
    open_page,
    press,
    settled,
)
from tests.serving import Server

pytestmark = pytest.mark.browser

CHECKOUT = {
    "work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams",
    "stakeholder_involvement": "together", "vision_stability": "adjusted", "strategy_clarity": "guides",
    "outcome_clarity": "number", "measurability": "instrument", "known_lever": "hypothesis", "autonomy": "team",
    "commitment": "direction", "reactive_load": "some", "use_of_goals": "steer", "leadership_support": "lead",
    "review_rhythm": "unsure",
}  # fmt: skip


def label(model: Model, question: str, answer: str) -> str:
    option = model.questions_by_id[question].option(answer)
    return option.label if option else "I don't know"


@pytest.mark.parametrize(("screen", "first"), [("desktop", "dark"), ("phone", "light")])
def test_from_start_to_result(
    chrome: Browser, server: Server, model: Model, screen: str, first: Literal["light", "dark"]
) -> None:
    """Every page is looked at light and dark: it follows the system when that changes."""
    context = chrome.new_context(**SCREENS[screen], color_scheme=first)
    page = context.new_page()
    console = Console(page)

    def look(name: str) -> None:
        fits(page)
        for theme in sorted(THEMES, key=first.__eq__):  # and ends with the one it began with
            page.emulate_media(color_scheme=theme)
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
            keep_screenshot(page, f"{name}-{screen}-{theme}")
            accessible(page)

    open_page(page, server.url)
    look("1-start")
    press(page, "Assess a piece of work")
    page.get_by_label("What is the piece of work?").fill("Faster checkout")
    page.keyboard.press("Enter")
    settled(page)
    answers: dict[str, str] = {}
    for number in range(1, len(CHECKOUT) + 1):
        question = page.get_by_role("heading", level=2).inner_text()
        id_ = next(id_ for id_ in CHECKOUT if model.questions_by_id[id_].text == question)
        answers[id_] = CHECKOUT[id_]
        choose(page, label(model, id_, CHECKOUT[id_]))
        expect_chosen(page, [label(model, id_, CHECKOUT[id_])])
        expect(
            page.get_by_text(f"{number} answered" if number < len(CHECKOUT) else "All 15 answered")
        ).to_be_visible()
        nothing_can_change = number < len(CHECKOUT) and foresee(model, AnswerSheet(answers)).settled
        if number == 7 or nothing_can_change:
            look("2-settled" if nothing_can_change else "2-question")
        if number < len(CHECKOUT):
            press(page, "Go on with the rest" if page.get_by_text("You can stop here").count() else "Next")
            expect(page.get_by_role("heading", level=2)).not_to_have_text(question)
    press(page, "See the result")
    expect(page.get_by_role("heading", level=1)).to_have_text("Use OKRs, once this is fixed")
    expect(page.get_by_text("Faster checkout")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas")).to_have_count(
        2
    )
    look("3-result")
    follow(page, "Method")
    expect(page.get_by_role("heading", name="How it works")).to_be_visible()
    look("4-method")
    follow(page, "Cases")
    look("6-cases")
    open_page(page, page.url.replace("/cases", "/assess") + "&q=all")
    expect_chosen(page, [label(model, question, answer) for question, answer in CHECKOUT.items()])
    look("5-all-questions")
    assert console.complaints == []
    context.close()


def test_every_number_is_one_click_from_its_answer_and_source(page: Page, server: Server) -> None:
    """Each row of the table has its approach below; opened, its terms add up to the number in the table."""
    open_page(page, f"{server.url}/result?work_kind=deliver&commitment=date&autonomy=team&review_rhythm=weekly")
    table = page.get_by_test_id("stTable").first
    rows = [row.inner_text().split("\t") for row in table.locator("tbody tr").all()]
    assert len(rows) == 7
    for name, points, *_ in rows:
        details = page.get_by_test_id("stExpander").filter(
            has=page.locator("summary", has_text=f"{name.strip()}: {points.strip()} point")
        )
        if not details.locator("details[open]").count():
            details.locator("summary").click()
        body = details.get_by_test_id("stExpanderDetails")
        expect(body).to_be_visible()
        terms = [int(t.replace("−", "-")) for t in body.locator("li strong").all_inner_texts()]
        assert sum(terms) == int(points.replace("−", "-"))
        for reason in body.locator("li").all():
            expect(reason.locator("em")).not_to_be_empty()
            assert reason.locator("a[href^=http]").count() >= 1


def test_the_verdict_is_in_the_address_alone(page: Page, server: Server) -> None:
    """Nothing of the draft is kept in the browser; our one cookie is a random id."""
    open_page(page, f"{server.url}/result?work_kind=sustain")
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert {name for name in names if not name.startswith("_streamlit")} <= {"okr_browser"}
    stored = page.evaluate("Object.keys(localStorage).filter(k => !k.startsWith('stActiveTheme'))")
    assert stored == []
