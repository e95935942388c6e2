"""Taking a seat in a workshop: what is said before, and the form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.paths import COPY_SCRIPT
from okr_assistant.web.forms import SMALL
from okr_assistant.web.scripts import script_address
from okr_assistant.workshop.room import PLACES
from tests.web.asgi import Client, Page
from tests.web.people import ALL_ALIKE, Held, Person, hold
from tests.web.seats import people
from tests.web.site import START

# before one joins


def test_the_page_says_what_it_is_about_what_is_kept_and_who_sees_it(held: Held) -> None:
    said = held.person().page().text
    for sentence in (
        "Faster checkout in the app",
        "Should this work have OKRs?",
        "Who decides in the end Dana",
        "15 questions, about 4 minutes.",
        "everybody in the workshop sees how many chose what, and the reasons, without names",
        "Of a question that fewer than 2 people answered, nothing is shown.",
        "sees your name and whether you are done, and never an answer before the reveal",
        "Whoever operates this server could read the database.",
        "on 3 January 2027, as things stand",
        "Until the group has agreed on its answers you can leave and take yours away.",
        "Any name will do",
        "I only want to watch",
    ):
        assert sentence in said
    assert "everybody in the workshop sees them with your name" in hold(named=True).person().page().text


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (True, "After the reveal everybody in the workshop sees your name beside your answers and reasons. Join"),
        (False, "Your answers and reasons are shown without your name. Join"),
    ],
)
def test_whether_names_are_shown_is_said_at_the_button(named: bool, said: str) -> None:
    assert said in hold(named=named).person().page().text


def test_how_long_it_takes_is_said_of_what_is_still_to_come(held: Held) -> None:
    late = held.person()
    people = [held.person(name) for name in ("Kim", "Ada")]
    held.facilitator.open_round()
    for person in people:
        person.vote(ALL_ALIKE)
    assert "15 questions, about 4 minutes." in late.page().text
    held.facilitator.reveal()
    assert "The voting is closed for now." in late.page().text
    assert "minutes." not in late.page().text
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    assert "One question, about a minute." in late.page().text


def test_the_personal_link_has_a_button_to_copy_it(held: Held) -> None:
    kim = held.person("Kim")
    page = kim.page("?you")
    (field,) = (each for each in page.all("input") if each.get("id") == "address")
    (button,) = (each for each in page.all("button") if "data-copy" in each)
    assert button["data-copy"] == field["data-address"] == field["value"]
    assert page.all("script") == [{"src": script_address(COPY_SCRIPT), "defer": ""}]


def test_a_get_joins_nobody_and_changes_nothing(held: Held) -> None:
    """Link previews ask for addresses: robustness, decision 5."""
    kim = held.person("Kim")
    before = held.site.store.everything()
    for rest in ("", "/now", "?you", f"/me/{kim.seat}", "/join", "/vote", "/leave"):
        held.person().get(rest)
        kim.get(rest)
    held.client.get("/join")
    assert held.site.store.everything() == before


# joining


def test_whoever_joins_has_a_seat_that_only_their_browser_knows(held: Held) -> None:
    kim = held.person()
    answer = kim.join("  Kim  ")
    assert (answer.status, answer.headers["location"]) == (303, f"{held.path}?joined=1")
    assert answer.headers["set-cookie"].endswith(f"; HttpOnly; Max-Age=7776000; Path={held.path}; SameSite=lax")
    assert people(held) == [(1, "Kim", False)]
    page = kim.page()
    assert "You are in" in page.text
    assert "You are here as Kim" in page.text
    assert kim.seat not in kim.get().text
    assert "You are here" not in held.person().page().text


def test_a_seat_goes_over_https_only_where_people_come_by_it() -> None:
    held = hold(public_url="https://okr.example.org")
    kim = held.person()
    sent = kim.page().hidden | {"name": "Kim"}
    answer = kim.post("join", sent, {"origin": "https://okr.example.org"})
    assert answer.headers["set-cookie"].endswith("; Secure")


@pytest.mark.robustness(17)
def test_a_double_click_takes_one_seat(held: Held) -> None:
    """Robustness 17: the second click is sent before the first is answered, so without a cookie."""
    sent = held.person().page().hidden | {"name": "Kim"}
    first, second = (held.person().post("join", sent) for _ in range(2))
    assert first.headers["set-cookie"] == second.headers["set-cookie"]
    assert people(held) == [(1, "Kim", False)]


@pytest.mark.robustness(36)
def test_the_same_name_twice_is_two_people(held: Held) -> None:
    """Robustness 36: look-alikes are told apart by their seats."""
    for name in ("Anna", "Anna", "Аnna"):
        held.person(name)
    assert [seat for seat, _, _ in people(held)] == [1, 2, 3]


@pytest.mark.robustness(19)
def test_a_reload_and_a_dead_battery_lose_nothing(held: Held) -> None:
    """Robustness 19: all that is known is the cookie."""
    kim = held.person("Kim")
    held.facilitator.open_round()
    kim.vote({"work_kind": "deliver"}, {"work_kind": "It was sold."})
    again = Person(Client(held.site), held.path, dict(kim.cookies))
    assert again.chosen("?q=work_kind") == {"work_kind": "deliver"}
    assert "It was sold." in again.page("?q=work_kind").text
    assert "Question 2 of 15" in again.page().text


@pytest.mark.robustness(35)
@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("", 400, "Say what you want to be called; any name will do."),
        (" \n ", 400, "Say what you want to be called"),
        ("n" * 121, 400, "121 characters; allowed: at most 120 characters"),
        ("left\u202eright", 400, "hides or reorders text (U+202E)"),
        ("a\u200bb", 400, "hides or reorders text (U+200B)"),
        ("e" + "\u0301" * 50, 400, "combining marks"),
        ("\u2800", 400, "hides or reorders text"),
    ],
)
def test_a_name_that_cannot_be_kept_is_said_so_and_stays(held: Held, name: str, status: int, said: str) -> None:
    """Robustness 35 and 37."""
    kim = held.person()
    answer = kim.join(name, watch="yes")
    page = Page(answer.text)
    assert answer.status == status
    assert said in page.text
    field = next(e for e in page.all("input") if e["name"] == "name")
    assert field["value"] == name
    assert field["aria-invalid"] == "true"
    assert any("checked" in e for e in page.all("input") if e["name"] == "watch")
    assert people(held) == []
    assert kim.post("join", page.hidden | {"name": "Kim"}).status == 303


@pytest.mark.robustness(35)
@pytest.mark.parametrize("name", ["👩‍👩‍👧", "می‌خواهم", "<b>Kim</b>", "字" * 120])
def test_any_other_name_will_do(held: Held, name: str) -> None:
    """Robustness 34 and 35: emoji families and Persian joiners survive."""
    assert name in held.person(name).page().text


@pytest.mark.robustness(37)
def test_a_name_of_100_kb_is_too_long_and_nobody_joins(held: Held) -> None:
    """Robustness 37: more than a form of this kind can hold is not even read; the browser still has it."""
    kim = held.person()
    answer = kim.join("n" * 100_000)
    assert answer.status == 413
    assert "what you typed is still there" in Page(answer.text).text
    assert SMALL.most_bytes < 100_000
    assert people(held) == []


def test_whoever_comes_late_joins_while_others_vote_and_after_the_reveal(held: Held) -> None:
    held.facilitator.open_round()
    kim = held.person("Kim")
    assert "Question 1 of 15" in kim.page().text
    held.facilitator.reveal()
    assert "The votes are revealed" in held.person("Late").page().text


def test_nobody_joins_when_it_is_over(held: Held) -> None:
    kim = held.person("Kim")
    sent = held.person().page().hidden | {"name": "Late"}
    finish(held)
    late = held.person()
    assert late.page().all("form") == []
    assert "The workshop is over. Nobody can join any more." in late.page().text
    answer = late.post("join", sent)
    assert answer.status == 409
    assert "The workshop is over" in Page(answer.text).text
    assert "What was decided" in kim.page().text
    assert people(held) == [(1, "Kim", False)]


def finish(held: Held) -> None:
    held.facilitator.open_round()
    held.facilitator.reveal()
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.finish("Use OKRs")


@pytest.mark.robustness(16)
def test_the_201st_is_told_that_the_room_is_full(held: Held) -> None:
    """Robustness 16."""
    with held.site.store.change_room(held.facilitator.room_id) as change:
        for number in range(PLACES):
            change.add(hashed(f"{number}"), f"Person {number}", START, spectator=False)
    answer = held.person().join("Kim")
    assert answer.status == 409
    assert f"This workshop is full; allowed: {PLACES} people." in Page(answer.text).text
    assert len(people(held)) == PLACES


def test_a_browser_that_keeps_no_cookies_is_told_so(held: Held) -> None:
    kim = held.person()
    address = kim.join("Kim").headers["location"]
    assert "This browser does not keep who you are" in Page(held.client.get(address).text).text
    assert "This browser does not keep who you are" not in Page(kim.get("?joined=1").text).text


def test_spectators_see_and_have_no_form(held: Held) -> None:
    watcher = held.person("Watcher", watch="yes")
    assert people(held) == [(1, "Watcher", True)]
    assert "You are watching as Watcher" in watcher.page().text
    held.facilitator.open_round()
    for rest in ("", "?q=all", "?q=work_kind"):
        page = watcher.page(rest)
        assert "The others are voting" in page.text
        assert "What is this work mainly for?" in page.text
        assert page.all("form") == []


def test_a_spectator_may_vote_after_all_and_nobody_stops_voting_who_has_begun(held: Held) -> None:
    kim = held.person("Kim", watch="yes")
    held.facilitator.open_round()
    you = {"token": kim.tokens("?you")[0]}
    assert kim.post("join", you | {"name": "Kim"}).headers["location"] == f"{held.path}?you=saved"
    assert "Saved." in kim.page("?you=saved").text
    assert "Question 1 of 15" in kim.page().text
    kim.vote({"work_kind": "deliver"})
    assert "watch" not in [e.get("name") for e in kim.page("?you").all("input")]
    kim.post("join", you | {"name": "Kim", "watch": "yes"})
    assert people(held) == [(1, "Kim", False)]


def test_a_name_can_be_changed_and_the_seat_stays(held: Held) -> None:
    kim = held.person("Kim")
    field = next(e for e in kim.page("?you").all("input") if e["name"] == "name")
    assert field["value"] == "Kim"
    you = {"token": kim.tokens("?you")[0]}
    kim.post("join", you | {"name": "Kim R."})
    assert people(held) == [(1, "Kim R.", False)]
    answer = kim.post("join", you | {"name": "x\u202ey"})
    assert answer.status == 400
    assert "You in this workshop" in Page(answer.text).text
    assert people(held) == [(1, "Kim R.", False)]


def test_a_form_of_another_room_page_or_hour_takes_no_seat_and_loses_no_name(held: Held) -> None:
    other = hold(held.site)
    held.facilitator.open_round()
    wrong = [
        other.person().page().hidden["token"],
        held.person("Ada").form("?q=all")["token"],
        "",
        "x",
        "é",
        held.person().page().hidden["token"][:-1],
        f"x{held.person().page().hidden['token']}",
    ]
    for token in wrong:
        answer = held.person().post("join", {"token": token, "name": "Kim"})
        assert answer.status == 400
        assert "The page was open for a long time" in Page(answer.text).text
        assert 'value="Kim"' in answer.text
    sent = held.person().page().hidden | {"name": "Kim"}
    held.site.clock.time += timedelta(hours=2)
    assert held.person().post("join", sent).status == 400
    assert people(held) == [(1, "Ada", False)]


@pytest.mark.robustness(3)
def test_a_store_that_is_full_says_so_and_the_name_stays(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """Robustness 3."""
    sent = held.person().page().hidden | {"name": "Kim"}

    def full(room_id: str) -> object:
        raise StoreError("storage_full", place="storage")

    with monkeypatch.context() as broken:
        broken.setattr(held.site.store.inner, "change_room", full)
        answer = held.person().post("join", sent)
    assert answer.status == 503
    assert "Not saved: storage is full; make room and try again." in Page(answer.text).text
    assert 'value="Kim"' in answer.text
    assert held.person().post("join", sent).status == 303
