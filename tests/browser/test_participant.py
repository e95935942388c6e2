"""What a participant's phone does: answers saved at once, connections that fail, pages that change themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.store import SqlStore, open_store
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import Vote
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import Workshops
from tests.browser.conftest import SCREENS, Console, accessible, fits, keep_screenshot
from tests.serving import CHECKOUT, OKR_ASSISTANT, Server, free_port, running
from tests.web.site import ANSWERS

pytestmark = pytest.mark.browser

WITHIN = 2_000
"""Milliseconds: live means that everybody sees it by then."""


@dataclass
class Served:
    """The real server, and the store that it works on."""

    server: Server
    store: SqlStore
    workshops: Workshops


@dataclass
class Room:
    """A room of its own, led from here."""

    url: str
    store: SqlStore
    lead: Facilitation
    voting: Voting
    model: Model

    def votes(self, seat: int = 1) -> tuple[Vote, ...]:
        return self.store.own_votes(self.lead.room_id, seat)

    def everybody_votes(self, people: int, round_: int = 1) -> None:
        """Others join and answer everything, not all alike."""
        for number in range(people):
            token = SystemTokens().token()
            self.voting.join(token, f"Person {number}")
            choices = [
                Choice(question.id, question.choices[number % 3], "Because it is so." if number else "")
                for question in self.model.questions
            ]
            self.voting.vote(token, round_, choices, SystemTokens().token(), self.model)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("workshop")
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with (
        running(command, port, folder / "log", cwd=CHECKOUT, env={"OKR_ASSISTANT_DATA": str(folder)}) as server,
        closing(open_store(Path(folder))) as store,
    ):
        yield Served(server, store, Workshops(store, SystemClock(), SystemTokens(), SystemCodes()))


@pytest.fixture
def room(served: Served, model: Model) -> Room:
    new = served.workshops.make(model, title="Faster checkout in the app", about="OKRs or not?", smallest_group=2)
    lead = served.workshops.facilitation_by_key(new.facilitator_key)
    voting = served.workshops.voting(new.id)
    return Room(f"{served.server.url}/w/{new.id}", served.store, lead, voting, model)


@pytest.fixture
def phone(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(**SCREENS["phone"])
    context.set_default_timeout(10_000)
    yield context
    context.close()


def join(context: BrowserContext, room: Room, name: str = "Kim") -> Page:
    page = context.new_page()
    page.goto(room.url)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text(f"You are here as {name}")).to_be_visible()
    return page


def saved(page: Page) -> None:
    expect(page.locator(".saved").get_by_text("Saved", exact=True).first).to_be_visible()


def test_from_the_code_to_the_reveal_the_page_changes_by_itself(phone: BrowserContext, room: Room) -> None:
    page = phone.new_page()
    console = Console(page)
    page.goto(f"{room.url.partition('/w/')[0]}/join")
    page.get_by_label("Code").fill(room.lead.room().code.lower())
    page.keyboard.press("Enter")
    page.get_by_label("Your name").fill("Kim")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are in")
    room.voting.join(SystemTokens().token(), "Ada")
    expect(page.get_by_text("In the room: 2.")).to_be_visible(timeout=WITHIN)
    room.lead.open_round(lasts=timedelta(minutes=5))
    expect(page.get_by_role("heading", level=1)).to_have_text("What is this work mainly for?", timeout=WITHIN)
    expect(page.get_by_text(re.compile(r"Closes in 4:5\d\."))).to_be_visible()
    for question in room.model.questions:
        expect(page.locator(f"fieldset[data-question={question.id}]")).to_be_visible()
        page.locator("#ballot .choice").first.click()
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have answered everything")
    assert {vote.question: vote.choice for vote in room.votes()} == {
        question.id: question.options[0].id for question in room.model.questions
    }
    room.everybody_votes(2)
    expect(page.get_by_text("Finished: 3 of 4.")).to_be_visible(timeout=WITHIN)
    room.lead.reveal()
    expect(page.get_by_role("heading", level=1)).to_have_text("The votes are revealed", timeout=WITHIN)
    room.lead.focus("review_rhythm")
    expect(page.get_by_text("We are talking about this now")).to_be_visible(timeout=WITHIN)
    assert console.complaints == []


def test_an_answer_is_saved_at_once_and_so_is_its_reason(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    page.get_by_text("Deliver a specific thing").click()
    saved(page)
    assert [vote.choice for vote in room.votes()] == ["deliver"]
    with page.expect_response("**/vote"):
        page.get_by_label("Why?").fill("It was sold.\nLast year.")
    saved(page)
    assert [vote.reason for vote in room.votes()] == ["It was sold.\nLast year."]
    page.reload()
    page.goto(f"{room.url}?q=work_kind")
    expect(page.get_by_label("Deliver a specific thing")).to_be_checked()
    expect(page.get_by_label("Why?")).to_have_value("It was sold.\nLast year.")


@pytest.mark.robustness(18)
def test_an_answer_whose_acknowledgement_is_lost_is_sent_again_with_the_same_key(
    phone: BrowserContext, room: Room
) -> None:
    """Robustness 18, by the script: the server has it and the phone does not know; in the end it is there once."""
    room.lead.open_round()
    page = join(phone, room)
    keys: list[str] = []

    def lose_the_first_two(route: Route) -> None:
        keys.append(parse_qs(route.request.post_data or "")["key"][0])
        response = route.fetch()
        if len(keys) <= 2:
            route.abort()
        else:
            route.fulfill(response=response)

    page.route("**/vote", lose_the_first_two)
    page.get_by_text("Deliver a specific thing").click()
    expect(page.locator(".saved")).to_contain_text("Not saved yet: there is no connection.")
    expect(page.get_by_label("Deliver a specific thing")).to_be_checked()
    saved(page)
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert [vote.choice for vote in room.votes()] == ["deliver"]


def test_without_connection_the_answers_wait_and_the_last_one_counts(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    phone.set_offline(True)
    for label in ("Deliver a specific thing", "Keep something running as it is"):
        page.get_by_text(label).click()
    page.get_by_label("Why?").fill("Wages have to be paid.")
    expect(page.locator(".saved")).to_contain_text("Not saved yet")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is this work mainly for?")
    assert room.votes() == ()
    phone.set_offline(False)
    expect(page.get_by_text("Question 2 of 15")).to_be_visible(timeout=WITHIN)
    assert [(vote.choice, vote.reason) for vote in room.votes()] == [("sustain", "Wages have to be paid.")]


@pytest.mark.robustness(20)
def test_what_comes_too_late_stays_on_the_screen_until_one_lets_it_go(phone: BrowserContext, room: Room) -> None:
    """Robustness 20, by the script."""
    room.lead.open_round()
    page = join(phone, room)
    phone.set_offline(True)
    page.get_by_text("Deliver a specific thing").click()
    page.get_by_label("Why?").fill("It was sold.")
    room.lead.close()
    phone.set_offline(False)
    expect(page.locator(".saved")).to_contain_text("Not saved: the voting is closed; your words are still here.")
    expect(page.get_by_text("There is something new.")).to_be_visible(timeout=10_000)
    expect(page.get_by_label("Why?")).to_have_value("It was sold.")
    page.get_by_role("link", name="Show it, and lose what is not saved").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The voting is closed")
    assert room.votes() == ()


def test_what_is_new_is_said_where_one_is_on_the_page(phone: BrowserContext, room: Room) -> None:
    """Also at the last of fifteen questions, far from the top."""
    room.lead.open_round()
    page = join(phone, room)
    page.goto(f"{room.url}?q=all")
    phone.set_offline(True)
    last = page.locator("fieldset").last
    last.locator("input").first.check()
    last.get_by_label("Why?").fill("We always did.")
    room.lead.close()
    phone.set_offline(False)
    expect(page.get_by_text("There is something new.")).to_be_in_viewport(timeout=10_000)
    assert page.evaluate("scrollY") > 1000


def test_a_page_that_is_open_when_the_room_is_deleted_keeps_nothing_of_it(
    phone: BrowserContext, room: Room
) -> None:
    page = join(phone, room)
    room.lead.delete()
    expect(page.get_by_role("heading", level=1)).to_have_text("This workshop was deleted", timeout=WITHIN)
    expect(page.get_by_text("Faster checkout")).to_have_count(0)


def test_what_cannot_be_kept_is_said_and_can_be_mended(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".saved")).to_have_text("Choose an answer. “I don't know” is one too.")
    page.get_by_label("Why?").fill("x" * 501)
    expect(page.locator(".saved")).to_have_text("Choose an answer as well; the reason is kept with it.")
    page.get_by_text("Deliver a specific thing").click()
    expect(page.locator(".saved")).to_contain_text("501 characters; allowed: at most 500 characters.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.get_by_role("link", name="Skip for now").click()
    expect(page.locator(".saved")).to_contain_text("501 characters")
    assert room.votes() == ()
    with page.expect_response("**/vote"):
        page.get_by_label("Why?").fill("x" * 500)
    saved(page)
    page.get_by_role("link", name="Skip for now").click()
    expect(page.get_by_text("Question 2 of 15")).to_be_visible()


def test_what_was_chosen_before_the_script_came_is_saved_too(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    held: list[Route] = []
    page.route("**/room.js*", lambda route: held.append(route))
    page.goto(f"{room.url}?q=work_kind", wait_until="commit")
    page.get_by_text("Deliver a specific thing").click()
    held[0].continue_()
    saved(page)
    assert [vote.choice for vote in room.votes()] == ["deliver"]


def test_what_was_refused_without_the_script_is_not_left_behind_by_it(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    page.route("**/room.js*", lambda route: route.abort())
    page.goto(f"{room.url}?q=work_kind")
    page.get_by_text("Deliver a specific thing").click()
    page.get_by_label("Why?").fill("x" * 501)
    page.unroute("**/room.js*")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Nothing was saved yet")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".saved")).to_contain_text("501 characters")
    page.get_by_label("Why?").fill("x" * 500)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Question 2 of 15")).to_be_visible()
    assert [len(vote.reason) for vote in room.votes()] == [500]


def test_a_reason_that_was_deleted_again_holds_nobody(phone: BrowserContext, room: Room) -> None:
    """What is as the server has it is not unsaved; and whatever holds somebody says why, where they see it."""
    room.lead.open_round()
    page = join(phone, room)
    page.goto(f"{room.url}?q=product_stage")
    status, why = page.locator(".saved"), page.get_by_label("Why?")
    why.fill("It was sold.")
    page.get_by_role("link", name="Back").click()
    expect(status).to_have_text("Choose an answer as well; the reason is kept with it.")
    expect(status).to_be_in_viewport()
    why.fill("")
    expect(status).to_have_text("")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("Question 1 of 15")).to_be_visible()
    page.get_by_label("Why?").fill("It was sold.")
    page.get_by_label("Why?").fill("")
    room.lead.close()
    expect(page.get_by_role("heading", level=1)).to_have_text("The voting is closed", timeout=WITHIN)
    assert room.votes() == ()


def test_all_questions_are_answered_on_one_page(phone: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(phone, room)
    page.goto(f"{room.url}?q=all")
    page.locator("fieldset[data-question=outcome_clarity] input[value=unknown]").check()
    for question in room.model.questions:
        page.locator(f"fieldset[data-question={question.id}] input").last.check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have answered everything")
    assert {vote.choice for vote in room.votes()} == {"unsure"}


def test_a_keyboard_is_enough_and_keeps_its_place(context: BrowserContext, room: Room) -> None:
    room.lead.open_round()
    page = join(context, room)
    page.get_by_label("Change how something performs").focus()
    page.keyboard.press("ArrowDown")
    saved(page)
    page.keyboard.press("Tab")
    with page.expect_response("**/vote"):
        page.keyboard.type("It was sold.")
    saved(page)
    room.lead.nudge()  # the page is loaded anew
    expect(page.get_by_text("asks you to finish")).to_be_visible(timeout=WITHIN)
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.press("End")
    with page.expect_response("**/vote"):
        page.keyboard.type(" Last year.")
    saved(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 of 15")).to_be_visible()
    assert [(vote.choice, vote.reason) for vote in room.votes()] == [("deliver", "It was sold. Last year.")]


def test_everything_works_without_scripts(chrome: Browser, room: Room) -> None:
    room.lead.open_round()
    context = chrome.new_context(**SCREENS["phone"], java_script_enabled=False)
    page = join(context, room)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Choose an answer.")).to_be_visible()
    for question in room.model.questions:
        page.locator("#ballot .choice").nth(1).click()
        page.get_by_label("Why?").fill(f"Why {question.id}")
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have answered everything")
    assert {vote.reason for vote in room.votes()} == {f"Why {question.id}" for question in room.model.questions}
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", list(SCREENS))
def test_every_page_reads_well(chrome: Browser, room: Room, screen: str, theme: Literal["light", "dark"]) -> None:
    context = chrome.new_context(**SCREENS[screen], color_scheme=theme)
    context.set_default_timeout(10_000)
    page = context.new_page()
    console = Console(page)

    def look(name: str, address: str) -> None:
        page.goto(address)
        keep_screenshot(page, f"participant-{name}-{screen}-{theme}")
        accessible(page)
        fits(page)
        page.goto("about:blank")  # this page would see what is done next, and open itself anew meanwhile

    look("code", f"{room.url.partition('/w/')[0]}/join")
    look("join", room.url)
    page.goto(room.url)
    page.get_by_label("Your name").fill("Kim")
    with page.expect_navigation():
        page.get_by_role("button", name="Join").click()
    look("lobby", room.url)
    look("you", f"{room.url}?you")
    room.lead.open_round(lasts=timedelta(minutes=5))
    room.everybody_votes(5)
    look("question", room.url)
    look("all", f"{room.url}?q=all")
    room.voting.vote(
        page.context.cookies()[0]["value"],
        1,
        [Choice(id_, choice) for id_, choice in ANSWERS.items()],
        SystemTokens().token(),
        room.model,
    )
    look("done", room.url)
    room.lead.reveal()
    room.lead.focus("autonomy")
    look("revealed", room.url)
    room.lead.agree(ANSWERS, room.model)
    room.lead.open_check()
    look("check", room.url)
    room.lead.reveal()
    room.lead.finish("Use OKRs for the checkout", "The drop-outs have to fall.", "Dana")
    look("finished", room.url)
    assert console.complaints == []
    context.close()
