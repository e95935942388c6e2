"""The page Workshop under AppTest: making a room, its keys, the rooms of this browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from okr_assistant.clock import is_token
from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.views.workshop.facilitation import telling_questions
from okr_assistant.web.errors import sentence
from okr_assistant.workshop.errors import RoomError
from tests.pages.rooms import HERS, HIS, Tab, a_workshop, browser_now
from tests.web.site import Site, a_site

HOSTILE = "*b* <i>i</i> $x$ :red[r] ![p](http://x.y/z.png) www.example.org"


@pytest.fixture(autouse=True)
def _browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okr_assistant.web.browser.browser", browser_now)


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


def test_the_keys_are_shown_to_copy_once_and_each_opens_the_room(tab: Tab, site: Site) -> None:
    make(tab, title="Faster checkout")
    keys = [address.partition("/facilitate?key=")[2] for address in copied(tab)]
    assert [is_token(key) for key in keys] == [True, True]
    (room,) = site.services.workshops.rooms_of(HERS)
    assert {site.services.workshops.facilitation_by_key(key).room_id for key in keys} == {room.id}
    assert "nobody can look them up again" in tab.everything
    reloaded = Tab(site)
    reloaded.open("workshop")
    assert copied(reloaded) == []
    assert "Faster checkout" in reloaded.texts, "the room is in the list"


def test_the_way_to_the_console_goes_by_the_room_and_shows_no_key(tab: Tab, site: Site) -> None:
    make(tab, title="Faster checkout").press("Open the facilitator's page")
    assert tab.address == {"room": site.services.workshops.rooms_of(HERS)[0].id}
    assert tab.heading == "People are joining"


def test_without_cookies_the_way_to_the_console_is_the_key(site: Site) -> None:
    tab = Tab(site, None)
    tab.open("workshop")
    make(tab, title="Faster checkout")
    assert "keeps no cookies" in tab.everything
    tab.press("Open the facilitator's page")
    assert tab.heading == "People are joining"
    assert is_token(tab.address["key"])


def test_another_room_can_be_made_after_the_first(tab: Tab, site: Site) -> None:
    make(tab, title="First")
    assert field(tab, "title").value == ""
    site.clock.time += timedelta(minutes=1)
    make(tab, title="Second")
    assert [room.setup.title for room in site.services.workshops.rooms_of(HERS)] == ["Second", "First"]
    assert len(copied(tab)) == 4


def test_a_short_set_and_a_set_of_ones_own(tab: Tab, site: Site, model: Model) -> None:
    make(tab, title="Short", which="telling")
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


def test_a_text_that_cannot_be_kept_stays_in_its_field_with_what_is_allowed(tab: Tab, site: Site) -> None:
    """Robustness 35."""
    for name in ("decider", "about", "title"):
        make(tab, **{"title": "Fine", name: "a\u202eb"})
        assert "U+202E" in tab.everything
        assert field(tab, name).value == "a\u202eb"
        field(tab, name).set_value("")
    assert site.services.workshops.rooms_of(HERS) == ()


def test_a_hostile_title_is_shown_as_it_was_typed(tab: Tab) -> None:
    """Robustness 34."""
    make(tab, title=HOSTILE)
    assert tab.texts.count(HOSTILE) == 2, "with its keys, and in the list"
    assert not any(HOSTILE in str(each.value) for each in (*tab.at.markdown, *tab.at.html, *tab.at.caption))


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
