"""The draft lives in the address: reload, restart, second tab, Back and a copied address open the same answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from okr_assistant import AnswerSheet, load_model
from okr_assistant.decision.foresight import foresee
from tests.browser.conftest import SCREENS, choose, expect_chosen, open_page, press, settled
from tests.serving import OKR_ASSISTANT, Server, free_port, running

pytestmark = pytest.mark.browser


def first_three() -> dict[str, str]:
    """The first three questions of the short path in the order they are asked, with the label of an answer."""
    model, answers = load_model(), {}
    labels = {}
    for _ in range(3):
        asked = foresee(model, AnswerSheet(answers)).next_question
        assert asked is not None
        option = model.questions_by_id[asked].options[0]
        answers[asked], labels[asked] = option.id, option.label
    return labels


THREE = first_three()
LAST = list(THREE.values())[-1]
PAGES = ("", "assess", "result", "method")


def answered(page: Page, server: Server) -> str:
    """Answer three questions and return the address."""
    open_page(page, f"{server.url}/assess")
    for option in THREE.values():
        choose(page, option)
        press(page, "Next")
    return page.url


def still_there(page: Page) -> None:
    """All three answers are chosen when the page's own link to Assess is followed and all questions shown."""
    page.get_by_role("link", name="Assess", exact=True).click()
    settled(page)
    press(page, "Show all questions on one page")
    expect_chosen(page, [THREE[id_] for id_ in load_model().questions_by_id if id_ in THREE])


@pytest.mark.parametrize("path", PAGES)
def test_a_reload_on_any_page_keeps_the_answers(page: Page, server: Server, path: str) -> None:
    query = answered(page, server).split("?")[1]
    open_page(page, f"{server.url}/{path}?{query}")
    page.reload()
    settled(page)
    still_there(page)


def test_links_between_pages_keep_the_answers_and_a_reload_after_them_too(page: Page, server: Server) -> None:
    answered(page, server)
    for name in ("Result", "Method", "OKR Assistant", "Result"):
        page.get_by_role("link", name=name, exact=True).click()
        settled(page)
        page.reload()
        settled(page)
    still_there(page)


def test_a_restart_of_the_server_keeps_the_answers(chrome: Browser, tmp_path: Path) -> None:
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    page = chrome.new_page()
    with running(command, port, tmp_path / "first", cwd=tmp_path) as server:
        answered(page, server)
    with running(command, port, tmp_path / "second", cwd=tmp_path) as server:
        page.reload()
        settled(page)
        still_there(page)
    page.close()


def test_a_second_tab_and_a_copied_address_open_the_same_answers(
    chrome: Browser, context: BrowserContext, page: Page, server: Server
) -> None:
    address = answered(page, server)
    tab = context.new_page()
    open_page(tab, address)
    still_there(tab)
    elsewhere = chrome.new_context()
    other = elsewhere.new_page()
    open_page(other, address)
    still_there(other)
    elsewhere.close()


def test_back_from_the_result_opens_the_answers(page: Page, server: Server) -> None:
    answered(page, server)
    page.get_by_role("link", name="Result", exact=True).click()
    settled(page)
    page.go_back()
    settled(page)
    still_there(page)


def test_back_takes_back_step_by_step_and_forward_repeats(page: Page, server: Server) -> None:
    """Each answer and each question is an entry of the browser's history, as the address says."""
    answered(page, server)
    expect(page.get_by_text("question 4")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("question 3")).to_be_visible()
    settled(page)
    expect_chosen(page, [LAST])
    page.go_back()
    settled(page)
    expect_chosen(page, [])
    page.go_forward()
    settled(page)
    expect_chosen(page, [LAST])


def test_quick_answers_are_all_kept(page: Page, server: Server) -> None:
    """Clicks that come faster than the server answers: none is lost, none undone."""
    open_page(page, f"{server.url}/assess?q=all")
    options = [
        "Change how something performs",
        "An idea",
        "One small team",
        "They are consulted",
        "Small corrections",
    ]
    for option in options:
        page.locator("label").filter(has=page.get_by_text(option, exact=True)).first.click(no_wait_after=True)
    expect(page.get_by_text("5 answered")).to_be_visible()
    settled(page)
    expect_chosen(page, options)
    page.reload()
    settled(page)
    expect_chosen(page, options)


@pytest.mark.robustness(34)
def test_a_title_is_text_whatever_it_holds(page: Page, server: Server) -> None:
    hostile = '<img src=x onerror="document.title=1"> *b* $x$ :red[r] :smile: www.example.org'
    open_page(page, f"{server.url}/assess?work_kind=change")
    page.get_by_label("What is the piece of work?").fill(hostile)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("link", name="Result", exact=True).click()
    settled(page)
    expect(page.get_by_test_id("stText").first).to_have_text(hostile)
    assert page.get_by_test_id("stText").first.locator("a, img, em, span.katex").count() == 0
    assert page.title() == "Result · OKR Assistant"


def test_an_address_that_cannot_be_used_says_what_is_allowed(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/assess?a=zzzzzzzzzzzz")
    expect(page.get_by_text("answers in this address cannot be read")).to_be_visible()
    choose(page, "Deliver a specific thing")
    expect(page.get_by_text("could not be used")).to_have_count(0)


def test_a_title_survives_a_click_on_a_link_while_it_is_typed(page: Page, server: Server) -> None:
    """Regression: leaving the field by the click itself once undid the click, and lost the title."""
    open_page(page, f"{server.url}/assess?work_kind=change")
    page.get_by_label("What is the piece of work?").press_sequentially("Quick", delay=20)
    page.wait_for_url("**t=Quick**")
    page.get_by_role("link", name="Result", exact=True).click()
    expect(page.get_by_test_id("stText").first).to_have_text("Quick")
    expect(page).to_have_url(re.compile(r"/result\?a=\w+&t=Quick$"))


@pytest.mark.parametrize("screen", SCREENS)
def test_the_result_is_seen_from_its_top(chrome: Browser, server: Server, screen: str) -> None:
    """Regression: from the end of a long page the result once opened scrolled to its own end."""
    context = chrome.new_context(**SCREENS[screen])
    page = context.new_page()
    open_page(
        page, f"{server.url}/assess?q=all&work_kind=sustain&outcome_clarity=number&product_stage=established"
    )
    page.get_by_role("link", name="See the result so far").scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 1000
    before = page.evaluate("history.length")
    press(page, "See the result so far")
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    settled(page)
    assert "q=all" in page.url
    context.close()
