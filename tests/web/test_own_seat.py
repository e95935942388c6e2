"""One's own seat: on another device, left, and whose it is; and rooms that are not there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okr_assistant.workshop.room import KEPT
from tests.web.asgi import Page
from tests.web.people import ALL_ALIKE, JSON, Held, Person, all_answered, hold, sheet
from tests.web.seats import people
from tests.web.site import StillClock, a_site

UNKNOWN = "/w/SECRETTOKEN99999999999"


# another device


def test_the_personal_link_goes_on_with_the_same_seat_on_another_device(held: Held) -> None:
    kim = held.person("Kim")
    link = next(e["value"] for e in kim.page("?you").all("input") if e.get("id") == "address")
    assert link == f"http://localhost:8501{held.path}/me/{kim.seat}"
    assert "Whoever has it answers for you" in kim.page("?you").text
    phone = held.person()
    asked = phone.get(f"/me/{kim.seat}")
    assert "Go on as Kim?" in Page(asked.text).text
    assert "set-cookie" not in asked.headers
    assert phone.cookies == {}, "a preview, or a wrong touch, takes no seat"
    answer = phone.post(f"me/{kim.seat}", Page(asked.text).hidden)
    assert (answer.status, answer.headers["location"]) == (303, held.path)
    assert "You are here as Kim" in phone.page().text
    assert people(held) == [(1, "Kim", False)]


def test_nobody_is_put_into_another_seat_by_a_link(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    answer = ada.get(f"/me/{kim.seat}")
    assert "set-cookie" not in answer.headers
    assert "It takes part in this workshop as Ada already" in Page(answer.text).text
    token = held.person().page(f"/me/{kim.seat}").hidden
    assert "set-cookie" not in ada.post(f"me/{kim.seat}", token).headers
    assert ada.get(f"/me/{ada.seat}").status == ada.post(f"me/{ada.seat}", {"token": ""}).status == 303
    assert "You are here as Ada" in ada.page().text


def test_going_on_takes_the_form_of_this_link_and_of_these_two_hours(held: Held) -> None:
    kim, ada, phone = held.person("Kim"), held.person("Ada"), held.person()
    good = phone.page(f"/me/{kim.seat}").hidden
    held.site.clock.time += timedelta(hours=2)
    for token in (
        "",
        "x",
        "é",
        phone.page(f"/me/{ada.seat}").hidden["token"],
        phone.page().hidden["token"],
        good["token"],
    ):
        answer = phone.post(f"me/{kim.seat}", {"token": token})
        assert (answer.status, phone.cookies) == (400, {})
        assert "The page was open for a long time" in Page(answer.text).text
    elsewhere = phone.post(
        f"me/{kim.seat}", phone.page(f"/me/{kim.seat}").hidden, {"origin": "https://evil.example"}
    )
    assert (elsewhere.status, phone.cookies) == (400, {})
    assert phone.post(f"me/{kim.seat}", Page(answer.text).hidden).status == 303
    assert phone.seat == kim.seat
    assert phone.post("me/" + "0" * 22, good).status == 404


@pytest.mark.parametrize("token", ["x", "é", "0" * 22, "%00", "a" * 5000])
def test_a_personal_link_that_nobody_has_is_not_here(held: Held, token: str) -> None:
    answer = held.client.get(f"{held.path}/me/{token}")
    assert (answer.status, answer.body) == (404, held.client.get(UNKNOWN).body)
    assert "set-cookie" not in answer.headers


# leaving


def test_whoever_leaves_takes_name_and_answers_away(held: Held) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round()
    all_answered(kim)
    leave = kim.tokens("?you")[1]
    refused = kim.post("leave", {"token": leave})
    assert refused.status == 400
    assert "To leave, tick the box as well." in Page(refused.text).text
    assert people(held) == [(1, "Kim", False)]
    answer = kim.post("leave", {"token": leave, "sure": "yes"})
    assert (answer.status, answer.headers["location"]) == (303, f"{held.path}?left=1")
    assert kim.cookies == {}
    assert "Your name and your answers are deleted." in kim.page("?left=1").text
    rows = held.site.store.everything()
    assert rows["votes"] == rows["participants"] == rows["receipts"] == []
    again = held.person().post("leave", {"token": leave, "sure": "yes"})
    assert again.headers["location"] == f"{held.path}?left=1", "a second click"


def test_nobody_leaves_by_a_form_of_another_page(held: Held) -> None:
    kim = held.person("Kim")
    answer = kim.post("leave", {"token": kim.tokens("?you")[0], "sure": "yes"})
    assert answer.status == 400
    assert people(held) == [(1, "Kim", False)]


def test_answers_stay_once_the_group_has_agreed(held: Held) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round()
    leave = kim.tokens("?you")[1]
    held.facilitator.reveal()
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    assert "they stand: yours stay with them until 3 January 2027 at the latest" in kim.page("?you").text
    answer = kim.post("leave", {"token": leave, "sure": "yes"})
    assert answer.status == 409
    assert "The group has agreed on its answers, and they stand." in Page(answer.text).text
    assert people(held) == [(1, "Kim", False)]


# who is who


@pytest.mark.robustness(28)
def test_a_participant_of_one_room_is_nobody_in_another(held: Held, caplog: pytest.LogCaptureFixture) -> None:
    """Robustness 28, with a cookie that no browser would send."""
    other = hold(held.site)
    kim, ada = held.person("Kim"), other.person("Ada")
    for room in (held, other):
        room.facilitator.open_round()
    stranger = Person(held.client, other.path, {other.path: ("okr_seat", kim.seat)})
    assert "You are here" not in stranger.page().text
    assert stranger.get(f"/me/{kim.seat}").status == 404
    sent = ada.form("?q=work_kind") | sheet({"work_kind": "deliver"})
    answer = stranger.post("vote", sent, JSON)
    assert answer.status == 403
    assert "you have not joined this workshop here" in answer.text
    assert held.site.store.everything()["votes"] == []
    assert "refused: a participant of another room" in caplog.text
    assert kim.seat not in caplog.text
    assert "Kim" not in caplog.text


@pytest.mark.robustness(27)
def test_every_key_opens_its_own_thing_only(held: Held) -> None:
    """Robustness 27: links, owner keys, facilitators' keys and seats are separate."""
    kim, link = held.person("Kim"), held.site.share()
    co_key = held.facilitator.new_co_facilitator_key()
    for token in (link.token, link.owner_key, held.key, co_key, held.facilitator.room_id):
        assert held.client.get(f"{held.path}/me/{token}").status == 404
        stranger = Person(held.client, held.path, {held.path: ("okr_seat", token)})
        assert "You are here" not in stranger.page().text
    for token in (kim.seat, held.key, co_key, link.token, link.owner_key):
        assert held.client.get(f"/w/{token}").status == 404
    for address in (f"/r/{kim.seat}", f"/o/{kim.seat}", f"/r/{held.facilitator.room_id}"):
        assert held.client.get(address).status == 404


# rooms that are not there


@pytest.mark.robustness(23)
def test_a_room_that_is_unknown_deleted_or_over_its_time_is_the_same_page(held: Held) -> None:
    kim = held.person("Kim")
    other = hold(held.site, title="Deleted")
    ada = other.person("Ada")
    other.facilitator.delete()
    held.site.clock.time += KEPT
    unknown = Person(held.client, UNKNOWN)
    for rest in ("", "?q=all", "?you", "/now", "/record", f"/me/{kim.seat}", "/nothing/of/ours"):
        bodies = {(p.get(rest).status, p.get(rest).body) for p in (unknown, kim, ada)}
        assert bodies == {(404, unknown.get().body)}
    for what in ("join", "vote", "leave"):
        fields = {"token": "x", "name": "x", "round": "1", "choice.work_kind": "deliver"}
        given = {name: fields[name] for name in fields if what == "vote" or name in {"token", "name"}}
        answers = [p.post(what, given) for p in (unknown, kim, ada)]
        assert {(a.status, a.body) for a in answers} == {(404, unknown.get().body)}
    scripts = [p.post("vote", fields, JSON) for p in (unknown, kim, ada)]
    assert {(a.status, a.body) for a in scripts} == {(404, b'{"problem":"There is nothing to see here."}')}


def test_a_room_is_there_until_its_time_is_over(held: Held) -> None:
    kim = held.person("Kim")
    held.site.clock.time += KEPT - timedelta(seconds=1)
    assert kim.get().status == kim.get("/now").status == 200


@pytest.mark.robustness(21)
def test_a_clock_that_jumps_back_breaks_no_page() -> None:
    """Robustness 21."""
    clock = StillClock()
    held = hold(a_site(clock=clock))
    kim = held.person("Kim")
    held.facilitator.open_round(lasts=timedelta(minutes=5))
    for jump in (timedelta(seconds=90), timedelta(seconds=-180), timedelta(days=-1)):
        clock.time += jump
        assert kim.get().status == kim.get("/now").status == 200


@pytest.mark.robustness(24, 25)
@pytest.mark.parametrize("room", ["x", "é", "%00", "a" * 100_000, "..", "SECRETTOKEN0000000001="])
def test_an_address_that_is_no_room_asks_the_store_nothing(held: Held, room: str) -> None:
    """Robustness 24 and 25."""
    asked = held.site.store.asked
    answer = held.client.get(f"/w/{room}")
    assert (answer.status, answer.body) == (404, held.client.get(UNKNOWN).body)
    assert held.client.get(f"/w/{room}/now").status == 404
    assert held.site.store.asked == asked + 1, "for the room that only is unknown"
