"""Real browsers on a site of two replicas, each killed once: nobody has to load a page again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from okr_assistant import load_model
from okr_assistant.decision.model import Model
from okr_assistant.store import open_store
from okr_assistant.words import Words
from tests.browser.conftest import SCREENS, choose, expect_chosen, open_page, press
from tests.browser.people import Leader, Phone
from tests.browser.test_draft import THREE
from tests.browser.workshop import House
from tests.replicas.site import Replica, Site
from tests.serving import chromium

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.long]

CHOICES = {"work_kind": "deliver", "people_to_align": "few_teams"}
PATIENCE = 60_000
"""Milliseconds until a page has found the other replica; Streamlit waits longer after each attempt."""


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(**SCREENS["desktop"])
    yield context
    context.close()


@pytest.fixture
def house(site: Site) -> Iterator[House]:
    with closing(open_store(url=site.database)) as store:
        yield House(site.url, store)


def test_a_workshop_goes_on_whichever_replica_dies(
    chrome: Browser, site: Site, house: House, words: Words, model: Model
) -> None:
    """A participant votes while one is gone, then while the other one is; the facilitator's page shows both."""
    room = house.room(model, tuple(CHOICES), named=False)
    room.led.open_round()
    leader, phone = Leader(chrome, words, **SCREENS["desktop"]), Phone(chrome, words, model, "Ada")
    open_page(leader.page, f"{site.url}/facilitate?key={room.key}")
    phone.page.goto(room.address)
    phone.join()
    progress = words.counted("facilitate.under_way", 1), words.counted("facilitate.finished", 1, of=1)
    for replica, (question, choice), seen in zip(site.replicas, CHOICES.items(), progress, strict=True):
        replica.kill()
        phone.sees_question(question)
        phone.choose(question, choice)
        phone.button("vote.next").or_(phone.button("vote.save")).click()
        expect(leader.page.get_by_text(seen)).to_be_visible(timeout=PATIENCE)
        replica.start()
    phone.sees(words("room.done_title"))
    votes = [(vote.question, vote.choice) for vote in house.store.own_votes(room.id, 1)]
    assert sorted(votes) == sorted(CHOICES.items())
    for person in (leader, phone):
        person.context.close()


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Wait until it has, while the page goes on."""
    end = time.monotonic() + PATIENCE / 1000
    while not happened():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def insist(page: Page, label: str) -> None:
    """Choose and go on, as people do who see that the first click after the page came back only drew it anew."""
    choose(page, label)
    if not page.get_by_role("button", name="Next", exact=True).count():
        choose(page, label)
    press(page, "Next")


def home_of(site: Site, context: BrowserContext) -> Replica:
    """The replica that this browser's requests go to now."""
    cookies = "; ".join(f"{cookie.get('name')}={cookie.get('value')}" for cookie in context.cookies(site.url))
    begin = site.logged()
    assert site.proxy.get("/_stcore/health", {"Cookie": cookies}).status == 200
    port = next(iter(site.answered("/_stcore/...", begin, 1)))
    return next(replica for replica in site.replicas if replica.port == port)


def test_whoever_is_alone_keeps_answers_and_downloads_when_the_replica_dies_and_comes_back(
    context: BrowserContext, site: Site
) -> None:
    """The answers are in the address; the file is on the replica that the page has gone to, and not at home."""
    page, labels = context.new_page(), iter(THREE.values())
    open_page(page, f"{site.url}/assess")
    choose(page, next(labels))
    press(page, "Next")
    home = home_of(site, context)
    with page.expect_websocket(timeout=PATIENCE):
        home.kill()
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=PATIENCE)
    insist(page, next(labels))
    home.start()
    until(page, lambda: home_of(site, context) is home)
    choose(page, next(labels))
    press(page, "Next")
    press(page, "Show all questions on one page")
    questions = load_model().questions
    expect_chosen(page, [THREE[question.id] for question in questions if question.id in THREE])

    press(page, "Result")
    press(page, "Share this result")
    begin = site.logged()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("#")
    assert site.lines("/media/...", begin, 1)[0].endswith(": 404, 200"), "not at home, and found"
