"""What opens what: each key opens its own thing, and nothing else (robustness 27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from okr_assistant.clock import SystemTokens, hashed
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.housekeeping import Store
from okr_assistant.sharing.links import Links
from okr_assistant.sharing.results import Results
from okr_assistant.workshop.workshops import Workshops
from tests.still import StillClock
from tests.store.samples import YEAR, a_record
from tests.workshop.meeting import BROWSER, Meeting, meeting_in, refusal

MINE = "M" * 22
"""Of a browser that keeps a result and facilitates a room."""


def opens(act: Callable[[], object]) -> bool:
    try:
        return bool(act())
    except OkrAssistantError:
        return False


class LetteredCodes:
    """Codes that no counted token looks like."""

    made = 0

    def code(self) -> str:
        self.made += 1
        return f"ACDEFGH{self.made}"


@dataclass
class Everything:
    """Two rooms, a shared result and a kept one, with all their keys; and all that a key can open."""

    keys: dict[str, str]
    doors: dict[str, Callable[[str], object]]


@pytest.fixture
def everything(any_store: Store, clock: StillClock, model: Model) -> Everything:
    links, results = Links(any_store, clock, SystemTokens()), Results(any_store, clock, SystemTokens())
    workshops = Workshops(any_store, clock, SystemTokens(), LetteredCodes())
    record = a_record()
    link = links.make(assessment(model, record.sheet), record, "notes", YEAR)
    results.keep(MINE, record)
    here, there = meeting_in(workshops, model, MINE), meeting_in(workshops, model, None)
    keys = {
        "token of the link": link.token,
        "key of its owner": link.owner_key,
        "browser": MINE,
        "room": here.id,
        "code": here.room.code,
        "facilitator's key": here.new.facilitator_key,
        "co-facilitator's key": here.new.co_facilitator_key,
        "participant": here.join(),
        "room there": there.id,
        "facilitator's key there": there.new.facilitator_key,
        "co-facilitator's key there": there.new.co_facilitator_key,
        "participant there": there.join(),
        "unknown": SystemTokens().token(),
    }
    doors: dict[str, Callable[[str], object]] = {
        "open the link": links.open,
        "manage the link": links.owned,
        "results": results.all,
        "room": workshops.room,
        "find": workshops.find,
        "facilitate here by key": lambda key: workshops.facilitation_by_key(key).room_id == here.id,
        "facilitate there by key": lambda key: workshops.facilitation_by_key(key).room_id == there.id,
        "facilitate here by browser": lambda key: workshops.facilitation(here.id, key),
        "facilitate there by browser": lambda key: workshops.facilitation(there.id, key),
        "list rooms": workshops.rooms_of,
        "let in here": lambda key: workshops.let_in(key, "another browser") == here.id,
        "let in there": lambda key: workshops.let_in(key, "another browser") == there.id,
        "be somebody here": here.voting.me,
        "be somebody there": there.voting.me,
    }
    return Everything(keys, doors)


OPENS = {
    "token of the link": {"open the link"},
    "key of its owner": {"manage the link"},
    "browser": {"results", "facilitate here by browser", "list rooms"},
    "room": {"room"},
    "code": {"find"},
    "facilitator's key": {"facilitate here by key", "let in here"},
    "co-facilitator's key": {"facilitate here by key", "let in here"},
    "participant": {"be somebody here"},
    "room there": {"room"},
    "facilitator's key there": {"facilitate there by key", "let in there"},
    "co-facilitator's key there": {"facilitate there by key", "let in there"},
    "participant there": {"be somebody there"},
    "unknown": set(),
}


@pytest.mark.robustness(27)
def test_every_key_at_every_door(everything: Everything) -> None:
    assert everything.keys.keys() == OPENS.keys()
    opened = {
        name: {door for door, enter in everything.doors.items() if opens(lambda enter=enter, key=key: enter(key))}
        for name, key in everything.keys.items()
    }
    assert opened == OPENS


@pytest.fixture
def co_key(meeting: Meeting) -> str:
    return meeting.new.co_facilitator_key


def test_a_key_lets_a_browser_in_for_good(meeting: Meeting, co_key: str) -> None:
    workshops = meeting.workshops
    for key, browser in ((meeting.new.facilitator_key, "one"), (co_key, "two")):
        assert refusal(lambda browser=browser: workshops.facilitation(meeting.id, browser)) == "no_room"
        assert workshops.let_in(key, browser) == meeting.id
        assert workshops.facilitation(meeting.id, browser).room() == meeting.room
        assert [room.id for room in workshops.rooms_of(browser)] == [meeting.id]
    assert refusal(lambda: workshops.facilitation(meeting.id, None)) == "no_room"


def test_another_co_facilitators_key_ends_the_old_one_and_whoever_came_in_by_it(
    meeting: Meeting, co_key: str
) -> None:
    workshops = meeting.workshops
    workshops.let_in(co_key, "two")
    workshops.let_in(meeting.new.facilitator_key, "one")
    workshops.let_in(co_key, BROWSER)
    new_key = meeting.facilitation.new_co_facilitator_key()
    for act in (
        lambda: workshops.facilitation_by_key(co_key),
        lambda: workshops.let_in(co_key, "three"),
        lambda: workshops.facilitation(meeting.id, "two"),
    ):
        assert refusal(act) == "no_room"
    for browser in ("one", BROWSER):
        assert workshops.facilitation(meeting.id, browser)
    assert workshops.let_in(new_key, "two") == meeting.id
    assert workshops.facilitation(meeting.id, "two")


def test_a_co_facilitator_makes_no_other_key(meeting: Meeting, co_key: str) -> None:
    """They would be out themselves, and nobody would have seen the new key; and they could put others out."""
    workshops = meeting.workshops
    workshops.let_in(co_key, "two")
    by_key, by_browser = workshops.facilitation_by_key(co_key), workshops.facilitation(meeting.id, "two")
    for theirs in (by_key, by_browser):
        assert theirs.is_co
        assert refusal(theirs.new_co_facilitator_key) == "not_for_co"
    assert workshops.facilitation_by_key(co_key)
    workshops.let_in(meeting.new.facilitator_key, "two")
    for own in (workshops.facilitation(meeting.id, "two"), workshops.facilitation(meeting.id, BROWSER)):
        assert not own.is_co
        assert workshops.let_in(own.new_co_facilitator_key(), "three") == meeting.id


def test_who_comes_back_with_the_facilitators_own_key_stays(meeting: Meeting, co_key: str) -> None:
    for key in (co_key, meeting.new.facilitator_key, co_key):
        meeting.workshops.let_in(key, "one")
    meeting.facilitation.new_co_facilitator_key()
    assert meeting.workshops.facilitation(meeting.id, "one")


def test_a_key_that_is_replaced_while_it_is_used_lets_nobody_in(meeting: Meeting, co_key: str) -> None:
    """It let the browser in for good then, as the facilitator's own key does."""

    class Slow:
        """The store, where somebody replaces the key between the first look at it and the change."""

        def __getattr__(self, name: str) -> object:
            return getattr(meeting.workshops.store, name)

        def change_room(self, room_id: str) -> object:
            with meeting.workshops.store.change_room(room_id) as change:
                change.set_co_facilitator(hashed("another"))
            return meeting.workshops.store.change_room(room_id)

    slow = Workshops(Slow(), meeting.workshops.clock, meeting.workshops.tokens, meeting.workshops.codes)  # type: ignore[arg-type]
    assert refusal(lambda: slow.let_in(co_key, "two")) == "no_room"
    assert refusal(lambda: meeting.workshops.facilitation(meeting.id, "two")) == "no_room"
