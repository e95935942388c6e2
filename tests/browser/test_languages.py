"""German and Spanish on a small phone: answer, share, open elsewhere, and take part in a workshop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models, TranslatedModels
from okr_assistant.paths import LOCALES
from okr_assistant.store import SqlStore, open_store
from okr_assistant.words import Words, read_words
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
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
from tests.serving import CHECKOUT, OKR_ASSISTANT, Server, free_port, running
from tests.web.site import ANSWERS

pytestmark = pytest.mark.browser

BOTH = ["de", "es"]
SMALL_PHONE = SCREENS["phone"] | {"viewport": {"width": 360, "height": 740}}
LIVE = 5_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("languages")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, folder / "log", cwd=CHECKOUT, env={"OKR_ASSISTANT_DATA": str(folder)}) as started:
        yield started


@pytest.fixture
def workshops(server: Server, folder: Path) -> Iterator[Workshops]:
    with closing(store_in(folder)) as store:
        yield Workshops(store, SystemClock(), SystemTokens(), SystemCodes())


def store_in(folder: Path) -> SqlStore:
    return open_store(folder)


@pytest.fixture
def phone(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(**SMALL_PHONE)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def in_language(models: Models, language: str) -> tuple[Words, Model]:
    found = TranslatedModels(models, LOCALES / language / "models")
    return read_words(LOCALES, language), found.newest


def look(page: Page, name: str) -> None:
    keep_screenshot(page, f"{name}-phone")
    accessible(page)
    fits(page)


def language_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


@pytest.mark.parametrize("language", BOTH)
def test_from_the_questions_to_the_shared_page_of_somebody_else(
    chrome: Browser, phone: BrowserContext, server: Server, models: Models, language: str
) -> None:
    words, model = in_language(models, language)
    page = phone.new_page()
    console = Console(page)
    open_page(page, f"{server.url}/?lang={language}")
    look(page, f"{language}-1-start")
    press(page, words("start.one.link"))
    for _ in ANSWERS:
        text = page.get_by_role("heading", level=2).inner_text()
        question = next(question for question in model.questions if question.text == text)
        answer = question.option(ANSWERS[question.id])
        choose(page, answer.label if answer else words("answer.unsure"))
        expect(page.get_by_role("button", name=words("assess.clear"))).to_be_visible()
        settled(page)
        if page.get_by_text(words("assess.progress_complete", done=len(ANSWERS))).count():
            break
        look(page, f"{language}-2-question") if question is model.questions[0] else None
        press(
            page,
            words("assess.go_on")
            if page.get_by_role("button", name=words("assess.go_on")).count()
            else words("assess.next"),
        )
        expect(page.get_by_role("heading", level=2)).not_to_have_text(text)
    press(page, words("assess.result"))
    assert f"lang={language}" in page.url
    expect(page.get_by_role("heading", name=words("result.ranking"))).to_be_visible()
    assert language_of(page) == language
    look(page, f"{language}-3-result")
    chart = page.get_by_test_id("stVegaLiteChart").first
    for approach in model.approaches:  # Vega leaves out the names for which rows are too low
        expect(chart.get_by_text(approach.name, exact=True)).to_be_visible()
    press(page, words("result.share"))
    look(page, f"{language}-4-share")
    address = page.locator("input[data-address*='/p/']").first.input_value()
    assert address.endswith(f"?lang={language}")
    reader = chrome.new_context(**SMALL_PHONE, locale="en-GB")
    shared = reader.new_page()
    shared.goto(address)
    expect(shared.get_by_text(words("shared.asked"))).to_be_visible()
    look(shared, f"{language}-5-shared")
    shared.get_by_role("link", name="English", exact=True).click()
    expect(shared.get_by_text("Should this work have OKRs?")).to_be_visible()
    reader.close()
    assert console.complaints == []


def test_the_page_changes_its_language_and_keeps_everything(page: Page, server: Server) -> None:
    german, spanish = read_words(LOCALES, "de"), read_words(LOCALES, "es")
    open_page(page, f"{server.url}/result?work_kind=change&autonomy=team")
    assert language_of(page) == "en"
    for now, other in ((read_words(LOCALES), german), (german, spanish)):
        page.get_by_role("button", name=now("language.name")).click()
        press(page, other("language.name"))
        expect(page.get_by_role("heading", name=other("result.ranking"))).to_be_visible()
        page.wait_for_function("language => document.documentElement.lang === language", arg=other.language)
        assert "/result?" in page.url
        assert "a=" in page.url
        assert page.url.endswith(f"&lang={other.language}")
    page.reload()
    expect(page.get_by_role("heading", name=spanish("result.ranking"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=german("result.ranking"))).to_be_visible()


@pytest.mark.parametrize("language", BOTH)
def test_without_a_language_in_the_address_the_browser_s_is_taken(
    chrome: Browser, server: Server, language: str
) -> None:
    context = chrome.new_context(**SMALL_PHONE, locale=f"{language}-{language.upper()}")
    page = context.new_page()
    words = read_words(LOCALES, language)
    open_page(page, server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text(words("start.title"))
    press(page, words("start.one.link"))
    assert "lang=" not in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(words("assess.title"))
    context.close()


@pytest.mark.parametrize("language", BOTH)
def test_a_workshop_on_a_phone(
    phone: BrowserContext, server: Server, workshops: Workshops, models: Models, language: str
) -> None:
    words, model = in_language(models, language)
    new = workshops.make(models.newest, title="Checkout", about="OKRs?", smallest_group=2, browser=None)
    lead, page = workshops.facilitation_by_key(new.facilitator_key), phone.new_page()
    console = Console(page)
    page.goto(f"{server.url}/join?lang={language}")
    look(page, f"{language}-6-code")
    page.get_by_label(words("join.code"), exact=True).fill(lead.room().code)
    page.keyboard.press("Enter")
    page.get_by_label(words("join.name"), exact=True).fill("Kim")
    look(page, f"{language}-7-join")
    page.get_by_role("button", name=words("join.button"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("room.lobby_title"))
    workshops.voting(new.id).join(SystemTokens().token(), "Ada")
    lead.open_round()
    expect(page.get_by_role("heading", level=1)).to_have_text(model.questions[0].text, timeout=LIVE)
    look(page, f"{language}-8-question")
    for question in model.questions:
        expect(page.locator(f"fieldset[data-question={question.id}]")).to_be_visible()
        assert f"lang={language}" in page.url
        page.locator("#ballot .choice").first.click()
        page.get_by_role("button", name=words("vote.next"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("room.done_title"))
    lead.close()
    lead.reveal()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("room.revealed_title"), timeout=LIVE)
    look(page, f"{language}-9-revealed")
    assert f"lang={language}" in page.url
    assert language_of(page) == language
    assert console.complaints == []
