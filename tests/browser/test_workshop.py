"""Workshops in real Chromium, from making the room to the link to its result; everybody has their own browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from okr_assistant.clock import SystemClock
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.workshop.texts import choice_text, question_text
from okr_assistant.words import Words
from okr_assistant.workshop.room import FIST
from tests.browser.conftest import choose, open_page, press, settled
from tests.browser.people import LIVE, Meeting
from tests.browser.workshop import ABOUT, DECIDER, TITLE, House

pytestmark = pytest.mark.browser

DECIDES, DIVIDES = "outcome_clarity", "people_to_align"
"""With these votes two questions divide people, and the later one of them decides."""
VOTES = {
    "Ada": {"work_kind": "change", DIVIDES: "many_teams", DECIDES: "number", "review_rhythm": "weekly"},
    "Ben": {"work_kind": "change", DIVIDES: "few_teams", DECIDES: "only_output", "review_rhythm": "weekly"},
    "Cleo": {"work_kind": "change", DIVIDES: "many_teams", DECIDES: "number", "review_rhythm": UNSURE},
}
REASONS = {
    "Ada": {DECIDES: "Four of ten visitors leave at the address form."},
    "Ben": {DECIDES: "Sales has promised the new form, whatever it does."},
    "Cleo": {DIVIDES: "Payments, search, legal and support."},
}
AGREED = {"work_kind": "change", DIVIDES: "many_teams", DECIDES: "number", "review_rhythm": "weekly"}
PERSUADED = {DECIDES: "Then let us count the visitors who leave."}
FINGERS = {"Ada": "5", "Ben": "2", "Cleo": "4"}
DOUBT = {FIST: "Nobody has asked legal yet."}
DECIDED = "OKRs from April, and count who leaves"
REVIEW_ON = SystemClock().now().date() + timedelta(days=60)


def test_a_whole_workshop(chrome: Browser, house: House, words: Words, model: Model) -> None:
    """With names: one disagreement decides and others do not; who is alone moves, and has doubts at the end."""
    meeting = Meeting(chrome, house, words, model)
    make(meeting)
    join(meeting)
    vote(meeting)
    nothing_is_told(meeting)
    reveal(meeting)
    vote_again(meeting)
    agree(meeting)
    check(meeting)
    finish(meeting)
    keep_what_came_out(meeting)
    print("Seconds until every screen showed it:", {event: round(took, 1) for event, took in meeting.took.items()})
    for person in (meeting.leader, meeting.wall, *meeting.phones):
        person.leave()


def make(meeting: Meeting) -> None:
    leader, page, words = meeting.leader, meeting.leader.page, meeting.words
    open_page(page, f"{meeting.house.url}/workshop")
    leader.field("workshop.name").fill(TITLE)
    leader.field("workshop.about").fill(ABOUT)
    choose(page, words("workshop.chosen"))
    for question in AGREED:
        choose(page, meeting.model.questions_by_id[question].text)
    choose(page, words("workshop.named"))
    leader.field("workshop.decider").fill(DECIDER)
    meeting.look("make", "leader")
    press(page, words("workshop.make"))
    leader.sees(words("facilitate.heading.welcome"))
    expect(page.get_by_text(words("facilitate.keep_keys"))).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", 0)
    expect(page.get_by_text(words("facilitate.keep_keys"))).to_be_in_viewport()
    meeting.look("made", "leader")
    projector = leader.button("facilitate.screen")
    assert projector.get_attribute("target") == "_blank"
    address = projector.get_attribute("href")
    assert address
    open_page(meeting.wall.page, address)


def join(meeting: Meeting) -> None:
    """Two by the code on the wall, one by the link."""
    code = meeting.wall.page.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text()
    meeting.ada.find(meeting.house, code)
    meeting.cleo.find(meeting.house, code)
    meeting.ben.page.goto(meeting.ada.room)
    meeting.look("join", "phones")
    for phone in meeting.phones:
        phone.join()
    joined = meeting.words.counted("facilitate.joined", 3)
    expect(meeting.leader.page.get_by_text(joined)).to_be_visible(timeout=LIVE)
    expect(meeting.wall.page.get_by_text(meeting.words.counted("screen.joined", 3))).to_be_visible(timeout=LIVE)
    meeting.look("joined")


def vote(meeting: Meeting) -> None:
    """One question at a time, or, without scripts, all of them at once."""
    words, ada, ben, cleo = meeting.words, meeting.ada, meeting.ben, meeting.cleo
    meeting.leader.press("facilitate.begin")
    first = question_text(meeting.model, words, "work_kind")
    begun = re.compile(f"^({words('facilitate.heading.vote')}|{words('screen.voting')}|{re.escape(first)})$")
    meeting.everywhere("voting", lambda page: page.get_by_text(begun))
    meeting.look("voting")
    for phone in (ada, ben):
        phone.press("vote.show_all")
        phone.sees(words("vote.all_title"))
    meeting.look("all-questions", "phones")
    for phone in (ada, ben):
        phone.press("vote.show_one")
        phone.answer(VOTES[phone.name], REASONS[phone.name])
    two_of_three = words.counted("facilitate.finished", 2, of=3)
    expect(meeting.leader.page.get_by_text(two_of_three).first).to_be_visible(timeout=LIVE)
    expect(meeting.leader.page.get_by_text("Ada · Ben")).to_be_visible()
    meeting.look("answered", "phones")
    meeting.leader.press("facilitate.nudge")
    expect(meeting.leader.page.get_by_text(words("facilitate.nudged"))).to_be_visible()
    cleo.page.goto(cleo.room)
    expect(cleo.page.get_by_text(words("room.nudge"))).to_be_visible()
    cleo.answer_all_at_once(VOTES["Cleo"], REASONS["Cleo"])
    everybody = meeting.leader.page.get_by_text(words("facilitate.next.all_done"))
    expect(everybody).to_be_visible(timeout=LIVE)
    meeting.look("all-answered", "leader", "wall")


def nothing_is_told(meeting: Meeting) -> None:
    """Whoever leads sees who is done; no answer and no reason has come to the desk or the wall, shown or not."""
    choices = {pair for votes in VOTES.values() for pair in votes.items() if pair[1] != UNSURE}
    secrets = {choice_text(meeting.model, meeting.words, *pair) for pair in choices}
    reasons = {reason for given in REASONS.values() for reason in given.values()}
    for person in (meeting.leader, meeting.wall):
        for secret in secrets | reasons:
            assert secret not in person.page.content()
            assert not person.watched.was_sent(secret)
    for phone in meeting.phones:
        for reason in reasons - set(REASONS[phone.name].values()):
            assert reason not in phone.page.content()


def reveal(meeting: Meeting) -> None:
    words, model = meeting.words, meeting.model
    leader = meeting.leader
    leader.press("facilitate.reveal")
    headline = words("reveal.headline", count=2, of=3, outcome=model.approaches_by_id["okr"].phrase)
    meeting.everywhere("reveal", lambda page: page.get_by_text(headline))
    deciding = f"{words.counted('reveal.deciding', 1)} {words.counted('reveal.not_deciding', 2)}"
    meeting.everywhere("what decides", lambda page: page.get_by_text(deciding))
    asked = [question.text for question in model.questions]
    for page in (leader.page, meeting.ada.page):
        named = [text for text in page.get_by_role("heading").all_inner_texts() if text in asked]
        assert named == [model.questions_by_id[DECIDES].text]
    meeting.look("revealed")
    leader.press("facilitate.talk")
    meeting.all_talk("focus", DECIDES)
    for person in (leader, meeting.wall):
        settled(person.page)
        assert person.watched.was_sent(choice_text(model, words, DECIDES, "only_output")), "now it is told"
    meeting.look("focus")


def vote_again(meeting: Meeting) -> None:
    """On the question that decides: Ben moves, and nobody disagrees any more."""
    words, model, leader = meeting.words, meeting.model, meeting.leader
    leader.page.get_by_text(words("facilitate.again"), exact=True).click()
    leader.press("facilitate.again_yes")
    meeting.all_ask("vote_again", "screen.voting_again", DECIDES)
    meeting.look("again")
    meeting.all_vote(DECIDES, dict.fromkeys(VOTES, "number"), PERSUADED[DECIDES])
    assert not leader.watched.was_sent(PERSUADED[DECIDES])
    leader.press("facilitate.reveal")
    headline = words("reveal.headline_all", of=3, outcome=model.approaches_by_id["okr"].phrase)
    meeting.everywhere("second reveal", lambda page: page.get_by_text(headline))
    went = {"from_": meeting.choice(DECIDES, "only_output"), "to": meeting.choice(DECIDES, "number")}
    moved = words.counted("reveal.move", 1, **went)
    expect(meeting.wall.page.get_by_text(moved)).to_be_visible()
    meeting.look("moved", "leader", "wall")
    leader.page.get_by_text(words("facilitate.rest"), exact=True).click()
    leader.page.locator(f".st-key-focus_{DECIDES}").get_by_role("button").click()
    expect(meeting.wall.page.get_by_text(words("reveal.chart.votes"))).to_be_visible(timeout=LIVE)
    meeting.everywhere("movement", lambda page: page.get_by_text(moved))
    meeting.look("movement", "phones", "wall")


def agree(meeting: Meeting) -> None:
    words, leader = meeting.words, meeting.leader
    leader.press("facilitate.agree_all")
    leader.sees(words("facilitate.heading.check"))
    expect(meeting.ada.page.get_by_text(words.counted("room.agreed_answers", 4))).to_be_visible(timeout=LIVE)
    meeting.look("agreed", "leader")


def check(meeting: Meeting) -> None:
    """Who shows two fingers is asked to speak."""
    words = meeting.words
    meeting.leader.press("facilitate.check_yes")
    meeting.all_ask("fist", "screen.fist", FIST)
    meeting.look("fist")
    meeting.all_vote(FIST, FINGERS, DOUBT[FIST])
    assert not meeting.leader.watched.was_sent(DOUBT[FIST])
    meeting.leader.press("facilitate.reveal")
    asked = words.counted("reveal.check.speak_named", 1)
    meeting.everywhere("fingers", lambda page: page.get_by_text(asked))
    expect(meeting.leader.page.get_by_text(DOUBT[FIST])).to_be_visible()
    meeting.look("check")


def finish(meeting: Meeting) -> None:
    words, leader = meeting.words, meeting.leader
    leader.field("facilitate.decided").fill(DECIDED)
    leader.field("facilitate.owner").fill("Dana")
    leader.page.get_by_role("group", name=words("facilitate.review_on")).get_by_role("spinbutton").first.click()
    leader.page.keyboard.type(f"{REVIEW_ON:%Y%m%d}")
    leader.page.keyboard.press("Tab")
    settled(leader.page)
    leader.press("facilitate.finish_yes")
    expect(leader.page.get_by_text(words("facilitate.finish_sure"))).to_be_visible()
    meeting.look("sure", "leader")
    leader.press("facilitate.finish_record")
    meeting.everywhere("decision", lambda page: page.get_by_text(DECIDED))
    meeting.everywhere("day to look again", lambda page: page.get_by_text(words.date(REVIEW_ON)))
    meeting.look("decided")


def keep_what_came_out(meeting: Meeting) -> None:
    """Everybody who was there has the record; the result opens in the app, and with a link for everybody else."""
    words, page = meeting.words, meeting.leader.page
    meeting.cleo.page.reload()
    for phone in meeting.phones:
        phone.press("room.record")
        expect(phone.page.get_by_text(DECIDED).first).to_be_visible()
        expect(phone.page.get_by_text(DOUBT[FIST]).first).to_be_visible()
    meeting.look("record", "phones")
    press(page, words("facilitate.result"))
    expect(page.get_by_text(TITLE).first).to_be_visible()
    press(page, words("result.share"))
    choose(page, words("share.level.notes"))
    press(page, words("share.stored.make"))
    link = page.locator("[data-copy*='/r/']").get_attribute("data-copy")
    assert link
    meeting.cleo.page.goto(link)
    expect(meeting.cleo.page.get_by_text(DECIDED)).to_be_visible()
    for question, choice in AGREED.items():
        asked = meeting.cleo.page.locator("dl > div").filter(
            has_text=question_text(meeting.model, words, question)
        )
        expect(asked).to_contain_text(choice_text(meeting.model, words, question, choice))
