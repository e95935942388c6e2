"""What goes wrong for a participant: the network is lost, the phone dies, the voting closes in mid-sentence."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from okr_assistant.workshop.errors import RoomError
from tests.browser.people import LIVE, Phone
from tests.browser.workshop import House, LedRoom

pytestmark = pytest.mark.browser

QUESTIONS = ("work_kind", "people_to_align", "review_rhythm")


@pytest.fixture
def room(house: House, model: Model) -> LedRoom:
    made = house.room(model, QUESTIONS, named=False)
    made.led.open_round()
    return made


def joined(phone: Phone, room: LedRoom) -> Page:
    phone.page.goto(room.address)
    phone.join()
    return phone.page


def votes(room: LedRoom) -> dict[str, tuple[str, str]]:
    """What is kept of the first who joined: choice and reason by question."""
    return {vote.question: (vote.choice, vote.reason) for vote in room.house.store.own_votes(room.id, 1)}


@pytest.mark.robustness(19)
def test_whoever_comes_back_is_the_same_person_with_all_answers(
    chrome: Browser, room: LedRoom, words: Words, model: Model
) -> None:
    """Robustness 19: the browser died and kept its cookies; then by the personal link, in another browser."""
    first = Phone(chrome, words, model, "Ada")
    joined(first, room)
    first.choose("work_kind", "learn", "Nobody has asked the users.")
    first.press("vote.next")
    first.sees_question("people_to_align")
    kept = first.context.storage_state()
    first.leave()

    second = Phone(chrome, words, model, "Ada", storage_state=kept)
    second.page.goto(room.address)
    second.is_here()
    second.sees_question("people_to_align")
    second.choose("people_to_align", "few_teams")
    second.press("vote.next")
    second.sees_question("review_rhythm")
    second.press("room.you_link")
    link = second.field("you.address").input_value()
    second.leave()

    third = Phone(chrome, words, model, "Ada")
    third.page.goto(link)
    third.sees(words("you.back_title", name="Ada"))
    third.look("workshop-personal-link", "light")
    third.press("you.back_button")
    third.is_here()
    assert "/me/" not in third.page.url, "whoever sees the address does not get the seat"
    third.answer({"review_rhythm": "monthly"}, {})
    expect(third.page.get_by_text("Nobody has asked the users.")).to_be_visible()
    third.leave()
    assert [person.name for person in room.led.people()] == ["Ada"]
    assert votes(room) == {
        "work_kind": ("learn", "Nobody has asked the users."),
        "people_to_align": ("few_teams", ""),
        "review_rhythm": ("monthly", ""),
    }


def test_what_is_answered_without_a_network_waits_for_it_and_is_kept_once(
    chrome: Browser, room: LedRoom, words: Words, model: Model
) -> None:
    phone = Phone(chrome, words, model, "Ada")
    page, arrived = joined(phone, room), list[Request]()
    page.on("requestfinished", lambda request: arrived.append(request) if request.method == "POST" else None)
    phone.context.set_offline(True)
    phone.choose("work_kind", "deliver")
    expect(page.get_by_text(words("vote.waiting"))).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_value("deliver")
    assert votes(room) == {}
    phone.context.set_offline(False)
    expect(page.get_by_text(words("vote.saved"), exact=True)).to_be_visible(timeout=LIVE)
    assert len(arrived) == 1
    assert votes(room) == {"work_kind": ("deliver", "")}
    phone.context.close()


def test_words_typed_while_the_voting_closes_stay_on_the_screen(
    chrome: Browser, room: LedRoom, words: Words, model: Model
) -> None:
    phone = Phone(chrome, words, model, "Ada")
    page = joined(phone, room)
    phone.choose("work_kind", "deliver")
    expect(page.get_by_text(words("vote.saved"), exact=True)).to_be_visible()
    why = page.get_by_role("textbox", name=words("vote.reason"))
    why.press_sequentially("It was sold, ")
    room.led.close()
    why.press_sequentially("and nobody asked us.")
    expect(page.get_by_text(words.error_sentence(RoomError("late_closed", place="vote")))).to_be_visible()
    expect(page.get_by_text(words("room.news"))).to_be_visible(timeout=LIVE)
    expect(why).to_have_value("It was sold, and nobody asked us.")
    phone.press("room.news_link")
    phone.sees(words("room.closed_title"))
    phone.context.close()


def test_words_sent_after_the_voting_closed_come_back_without_scripts_too(
    chrome: Browser, room: LedRoom, words: Words, model: Model
) -> None:
    phone = Phone(chrome, words, model, "Cleo", java_script_enabled=False)
    page = joined(phone, room)
    phone.choose("work_kind", "deliver", "It was sold, and nobody asked us.")
    room.led.close()
    phone.press("vote.next")
    phone.sees(words("room.draft_title"))
    expect(page.get_by_text("It was sold, and nobody asked us.")).to_be_visible()
    assert votes(room) == {}
    phone.context.close()
