"""The facilitator's page in real Chromium: what is typed outlasts what happens in the room meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.store import open_store
from okr_assistant.words import Words
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.room import FIST
from okr_assistant.workshop.voting import Choice
from okr_assistant.workshop.workshops import Workshops
from tests.browser.conftest import open_page, settled
from tests.serving import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def workshops(server: Server) -> Iterator[Workshops]:
    """The rooms of the server, in a second process beside it."""
    with closing(open_store(server.log.with_name(f"{server.log.name}.data"))) as store:
        yield Workshops(store, SystemClock(), SystemTokens(), SystemCodes())


def test_a_text_that_is_being_typed_outlasts_what_others_do_meanwhile(
    page: Page, server: Server, workshops: Workshops, model: Model, words: Words
) -> None:
    made = workshops.make(model, title="Faster checkout", questions=["work_kind"], named=True, smallest_group=2)
    led, voting = workshops.facilitation_by_key(made.co_facilitator_key), workshops.voting(made.id)
    people = {name: workshops.tokens.token() for name in ("Ana", "Ben")}
    led.open_round()
    for name, token in people.items():
        voting.join(token, name)
        voting.vote(token, 1, [Choice("work_kind", UNSURE)], workshops.tokens.token(), model)
    led.reveal()
    led.agree({"work_kind": "change"}, model)
    led.open_check()
    for token in people.values():
        voting.vote(token, 2, [Choice(FIST, "4")], workshops.tokens.token(), model)
    led.reveal()

    open_page(page, f"{server.url}/facilitate?key={made.facilitator_key}")
    assert page.url.endswith(f"/facilitate?room={made.id}"), "the key has left the address"
    because = page.get_by_role("textbox", name=words("facilitate.because"))
    decided = page.get_by_role("textbox", name=words("facilitate.decided"))
    because.click()
    page.keyboard.type("Six teams ")
    voting.join(people["Ana"], "Anastasia")
    expect(page.get_by_text("Anastasia")).to_be_visible()
    page.keyboard.type("are in it")
    expect(because).to_have_value("Six teams are in it")
    decided.click()
    page.keyboard.type("OKRs ")
    voting.join(people["Ben"], "Benjamin")
    expect(page.get_by_text("Benjamin")).to_be_visible()
    page.keyboard.type("from April")
    settled(page)
    expect(decided).to_have_value("OKRs from April")

    led.open_round(["work_kind"])
    expect(page.get_by_role("heading", name=words("facilitate.heading.vote_again"))).to_be_visible()
    led.reveal()
    led.agree({"work_kind": "change"}, model)
    led.open_check()
    led.reveal()
    expect(decided).to_have_value("OKRs from April")
    expect(because).to_have_value("Six teams are in it")


def test_the_script_stays_in_view_and_what_a_step_was_taken_from_closes(
    page: Page, server: Server, workshops: Workshops, model: Model, words: Words
) -> None:
    made = workshops.make(model, title="Faster checkout")
    page.set_viewport_size({"width": 1366, "height": 500})
    open_page(page, f"{server.url}/facilitate?key={made.facilitator_key}")
    page.get_by_text(words("facilitate.manage")).scroll_into_view_if_needed()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("it => { it.scrollTop = it.scrollHeight; return it.scrollTop }") > 0
    expect(page.get_by_role("heading", name=words("script.title"))).to_be_in_viewport()

    page.get_by_role("button", name=words("facilitate.begin")).click()
    change = page.get_by_role("button", name=words("facilitate.more_time"))
    change.click()
    page.get_by_role("button", name=words("facilitate.more_time_yes"), exact=True).click()
    expect(page.get_by_role("button", name=words("facilitate.more_time_yes"), exact=True)).to_be_hidden()
    settled(page)
    before = change.bounding_box()
    page.get_by_role("button", name=words("facilitate.nudge")).click()
    expect(page.get_by_text(words("facilitate.nudged"))).to_be_visible()
    assert change.bounding_box() == before
