"""Real browsers on a site of two replicas, each killed once: nobody has to load a page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from okr_assistant.decision.model import Model
from okr_assistant.store import open_store
from okr_assistant.words import Words
from tests.browser.conftest import SCREENS, choose, expect_chosen, open_page, press
from tests.browser.people import Leader, Phone
from tests.browser.test_draft import THREE
from tests.browser.workshop import House
from tests.replicas.site import Site
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


def test_whoever_is_alone_keeps_the_answers_whichever_replica_dies(
    chrome: Browser, site: Site, model: Model
) -> None:
    """They are in the address, which the page takes to the other replica."""
    page = chrome.new_context(**SCREENS["desktop"]).new_page()
    page.set_default_timeout(PATIENCE)
    open_page(page, f"{site.url}/assess")
    for replica, option in zip((*site.replicas, None), THREE.values(), strict=True):
        if replica:
            replica.kill()
        choose(page, option)
        press(page, "Next")
        if replica:
            replica.start()
    press(page, "Show all questions on one page")
    expect_chosen(page, [THREE[question.id] for question in model.questions if question.id in THREE])
    page.context.close()
