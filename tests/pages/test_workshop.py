"""The page Workshop under AppTest: making a room, its keys, the rooms of this browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from okr_assistant.clock import is_token
from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.views.workshop.facilitation import telling_questions
from okr_assistant.web.errors import sentence
from okr_assistant.workshop.errors import RoomError
from tests.pages.rooms import HERS, HIS, Tab, a_workshop
from tests.web.site import Site, a_site

pytestmark = pytest.mark.usefixtures("browsers")

HOSTILE = "*b* <i>i</i> $x$ :red[r] ![p](http://x.y/z.png) www.example.org"


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.fixture
def tab(site: Site) -> Tab:
    tab = Tab(site)
    tab.open("workshop")
    return tab


def field(tab: Tab, name: str) -> Any:
    every = [*tab.at.text_input, *tab.at.text_area, *tab.at.radio, *tab.at.selectbox, *tab.at.checkbox]
    return next(each for each in every if re.fullmatch(rf"workshop_{name}_\d+", str(each.key)))


def make(tab: Tab, **values: Any) -> Tab:
    for name, value in values.items():
        field(tab, name).set_value(value)
        tab.run()
    tab.press("Make the workshop")
    return tab


def copied(tab: Tab) -> list[str]:
    return [address for html in tab.at.html for address in re.findall(r'data-copy="([^"]*)"', str(html.value))]


def made(tab: Tab) -> Tab:
    """On the page of a new room. AppTest alone has to be told once more where the script went."""
    make(tab, title="Faster checkout").open("facilitate", **tab.address)
    return tab


def keys_on(tab: Tab) -> list[str]:
    """The keys that the page shows."""
    return [key for address in copied(tab) if (key := address.partition("/facilitate?key=")[2])]


def test_a_room_is_made_as_it_was_described(tab: Tab, site: Site) -> None:
    make(tab, title="Faster checkout", about="Whether\nto", decider="Dana", named=True, smallest_group=5)
    (room,) = site.services.workshops.rooms_of(HERS)
    setup = room.setup
    assert (setup.title, setup.about, setup.decider) == ("Faster checkout", "Whether\nto", "Dana")
    assert (setup.named, setup.smallest_group, len(setup.questions)) == (True, 5, 15)


def test_whoever_changes_nothing_makes_an_anonymous_room_on_all_questions(tab: Tab, site: Site) -> None:
    make(tab, title="Faster checkout")
    setup = site.services.workshops.rooms_of(HERS)[0].setup
    assert (setup.named, setup.smallest_group, len(setup.questions)) == (False, 3, 15)


def test_whoever_makes_a_room_is_on_its_page_with_its_keys_on_top(tab: Tab, site: Site) -> None:
    make(tab, title="Faster checkout")
    (room,) = site.services.workshops.rooms_of(HERS)
    assert tab.heading == "People are joining"
    assert tab.address == {"room": room.id}, "and no key"
    keys = keys_on(tab)
    assert [is_token(key) for key in keys] == [True, True]
    assert {site.services.workshops.facilitation_by_key(key).room_id for key in keys} == {room.id}
    assert "Nobody can look them up again" in tab.everything
    assert f"/w/{room.id}" in "".join(copied(tab))
    assert any(link.proto.url.endswith(f"/screen?room={room.id}") for link in tab.at.get("link_button"))


def test_the_keys_are_gone_with_the_first_round_and_with_the_tab(tab: Tab, site: Site) -> None:
    address = made(tab).address
    assert len(keys_on(tab)) == 2
    reloaded = Tab(site)
    reloaded.open("facilitate", **address)
    assert reloaded.heading == "People are joining"
    assert keys_on(reloaded) == []
    tab.press("Begin the voting")
    (key,) = keys_on(tab)
    assert site.services.workshops.facilitation_by_key(key).is_co, "where it can be replaced by another"


def test_a_new_co_facilitators_key_takes_the_place_of_the_first_one(tab: Tab, site: Site) -> None:
    own, co = keys_on(made(tab))
    tab.press("Make it")
    assert keys_on(tab)[0] == own
    assert co not in keys_on(tab)
    assert [site.services.workshops.facilitation_by_key(key).is_co for key in keys_on(tab)] == [False, True]


def test_without_cookies_the_way_to_the_console_is_the_key(site: Site) -> None:
    tab = Tab(site, None)
    tab.open("workshop")
    make(tab, title="Faster checkout")
    assert "keeps no cookies" in tab.everything
    assert tab.heading == "People are joining"
    assert is_token(tab.address["key"])


def test_where_phones_cannot_reach_the_address_the_page_says_so_and_what_to_do(tab: Tab, site: Site) -> None:
    made(tab)
    for public_url, said in (("http://localhost:8501", True), ("https://okr.example.org", False)):
        tab.site.services = replace(tab.site.services, public_url=public_url)
        assert ("Phones cannot reach this address" in tab.run().everything) == said
        tab.open("screen", room=site.services.workshops.rooms_of(HERS)[0].id)
        assert ("Phones cannot reach this address" in tab.everything) == said
        assert "make run" not in tab.everything, "the audience starts nothing"
        tab.open("facilitate", room=site.services.workshops.rooms_of(HERS)[0].id)


def test_another_room_can_be_made_after_the_first(tab: Tab, site: Site) -> None:
    make(tab, title="First").open("workshop")
    assert field(tab, "title").value == ""
    site.clock.time += timedelta(minutes=1)
    make(tab, title="Second")
    assert [room.setup.title for room in site.services.workshops.rooms_of(HERS)] == ["Second", "First"]


def test_a_short_set_and_a_set_of_ones_own(tab: Tab, site: Site, model: Model) -> None:
    field(tab, "which").set_value("telling")
    shown = tab.run().everything
    assert [question.text in shown for question in model.questions].count(True) == 8
    make(tab, title="Short").open("workshop")
    site.clock.time += timedelta(minutes=1)
    make(tab, title="Own", which="chosen", ask_work_kind=True, ask_autonomy=True)
    own, short = site.services.workshops.rooms_of(HERS)
    assert short.setup.questions == telling_questions(model, 8)
    assert own.setup.questions == ("work_kind", "autonomy")


def test_no_question_chosen_is_said_and_makes_no_room(tab: Tab, site: Site) -> None:
    make(tab, title="None", which="chosen")
    assert "Choose at least one question." in tab.everything
    assert site.services.workshops.rooms_of(HERS) == ()
    assert field(tab, "title").value == "None"


def test_a_title_is_asked_for_and_what_was_typed_stays(tab: Tab, site: Site) -> None:
    make(tab, about="Whether to", decider="Dana")
    assert sentence(RoomError("no_title", place="title")) in tab.everything
    assert (field(tab, "about").value, field(tab, "decider").value) == ("Whether to", "Dana")
    make(tab, title="Faster checkout")
    assert sentence(RoomError("no_title", place="title")) not in tab.everything


@pytest.mark.robustness(35)
def test_a_text_that_cannot_be_kept_stays_in_its_field_with_what_is_allowed(tab: Tab, site: Site) -> None:
    """Robustness 35."""
    for name in ("decider", "about", "title"):
        make(tab, **{"title": "Fine", name: "a\u202eb"})
        assert "U+202E" in tab.everything
        assert field(tab, name).value == "a\u202eb"
        field(tab, name).set_value("")
    assert site.services.workshops.rooms_of(HERS) == ()


def test_a_title_that_is_too_long_stays_in_its_field_and_what_is_wrong_goes_when_it_is_mended(tab: Tab) -> None:
    make(tab, title="x" * 121)
    assert tab.everything.count("121 characters; allowed: at most 120 characters") == 2, (
        "at the field and the button"
    )
    assert field(tab, "title").value == "x" * 121
    field(tab, "title").set_value("Faster checkout")
    assert "allowed: at most" not in tab.run().everything


@pytest.mark.robustness(34)
def test_a_hostile_title_is_shown_as_it_was_typed(tab: Tab) -> None:
    """Robustness 34."""
    make(tab, title=HOSTILE)
    for _ in range(2):
        assert tab.texts.count(HOSTILE) == 1, "on the page of the room, and in the list"
        assert not any(HOSTILE in str(each.value) for each in (*tab.at.markdown, *tab.at.html, *tab.at.caption))
        tab.open("workshop")


def test_the_list_has_the_rooms_of_this_browser_and_where_they_stand() -> None:
    workshop = a_workshop()
    hers, his = Tab(workshop.site), Tab(workshop.site, HIS)
    hers.open("workshop")
    assert "Faster checkout" in hers.texts
    assert "Not begun, made on 5 October 2026" in hers.everything
    workshop.led.open_round()
    assert "Voting, made on" in hers.run().everything
    hers.press("Facilitate")
    assert hers.heading == "The voting is open"
    his.open("workshop")
    assert "Faster checkout" not in his.texts


@pytest.mark.robustness(3)
def test_a_storage_that_does_not_answer_is_said_and_what_was_typed_stays(tab: Tab, site: Site) -> None:
    """Robustness 3."""
    field(tab, "title").set_value("Faster checkout")
    tab.run()
    site.store.fails = StoreError("storage_full", place="storage")
    tab.press("Make the workshop")
    assert "Not saved: storage is full" in tab.everything
    assert field(tab, "title").value == "Faster checkout"
    site.store.fails = None
    tab.press("Make the workshop")
    assert len(site.services.workshops.rooms_of(HERS)) == 1
