"""The facilitator's page while people join and vote, under AppTest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from okr_assistant.workshop.codes import shown_code
from tests.pages.facilitating import bar, console, press
from tests.pages.rooms import Tab, Workshop, a_workshop
from tests.pages.test_workshop import copied

pytestmark = pytest.mark.usefixtures("browsers")

MINUTE = timedelta(minutes=1)


def popovers(tab: Tab, name: str) -> list[str]:
    """The keys of the popovers with this name; AppTest knows popovers as blocks."""
    return sorted(set(re.findall(rf"\b{name}_\d+\b", "".join(tab.dump()))))


# Joining


def test_people_join_under_a_code_and_a_link_and_their_names_are_seen(workshop: Workshop) -> None:
    workshop.join("Wanda", spectator=True)
    tab = console(workshop)
    assert tab.heading == "People are joining"
    assert "3 people have joined. 1 more is watching." in tab.everything
    assert "Ana · Ben · Chloé" in tab.texts
    assert "Wanda" in tab.texts
    assert "0000-0001" in tab.everything
    assert any(address.endswith(f"/w/{workshop.id}") for address in copied(tab))
    assert tab.main_steps == ["Begin the voting"]


def test_the_voting_begins_without_an_end_or_with_one(workshop: Workshop) -> None:
    press(console(workshop), "begin_voting")
    assert workshop.room.round is not None
    assert workshop.room.round.closes_at is None
    other = a_workshop()
    tab = console(other)
    tab.at.selectbox(key="lasts_begin").set_value(3 * 24 * 60)
    press(tab, "begin_voting")
    assert other.room.round is not None
    assert other.room.round.closes_at == other.site.clock.time + timedelta(days=3)
    assert "Closes on 8 October 2026." in bar(tab)


# Voting


def test_who_is_how_far_is_seen_and_never_what_they_voted(workshop: Workshop) -> None:
    workshop.led.open_round()
    workshop.vote("Ana", {})
    workshop.begin_to_vote("Ben")
    tab = console(workshop)
    assert tab.heading == "The voting is open"
    assert "1 of 3 has finished, 1 is under way, 1 has not begun." in bar(tab)
    assert {"Ana", "Ben", "Chloé"} <= set(tab.texts)
    assert tab.main_steps == []


def test_the_reveal_before_all_have_finished_asks_once(workshop: Workshop) -> None:
    workshop.led.open_round()
    workshop.vote("Ana", {})
    tab = console(workshop)
    assert "Wait, and talk about something else" in tab.everything
    assert "Reveal the votes" not in tab.labels
    assert "1 of 3 has finished, 2 have not begun. Votes that come later do not count." in tab.everything
    tab.press("Reveal now anyway")
    assert workshop.room.phase(workshop.site.clock.time) == "revealed"


def test_the_reveal_is_the_next_step_when_all_have_finished(workshop: Workshop) -> None:
    workshop.led.open_round()
    for name in workshop.tokens:
        workshop.vote(name, {})
    tab = console(workshop)
    assert tab.main_steps == ["Reveal the votes"]
    assert "Everybody has finished. Reveal the votes." in tab.everything
    assert "Wait, and talk about something else" not in tab.everything
    tab.press("Reveal the votes")
    assert workshop.room.phase(workshop.site.clock.time) == "revealed"


def test_who_has_not_voted_can_be_taken_out(workshop: Workshop) -> None:
    """A phone that was put away would keep all from ever having finished."""
    workshop.led.open_round()
    workshop.vote("Ana", {"work_kind": "change"})
    tab = console(workshop)
    who = tab.at.selectbox(key="take_out_who")
    assert who.options == ["Ben", "Chloé"]
    who.select_index(1)
    press(tab, "take_out_yes")
    assert [person.name for person in workshop.led.people()] == ["Ana", "Ben"]
    assert tab.at.selectbox(key="take_out_who").options == ["Ben"]


def test_people_are_reminded(workshop: Workshop) -> None:
    workshop.led.open_round()
    tab = press(console(workshop), "nudge")
    assert workshop.room.nudged_at == workshop.site.clock.time
    assert "whoever has not finished sees it" in tab.everything


def test_the_voting_is_closed_and_goes_on(workshop: Workshop) -> None:
    workshop.led.open_round()
    for name in workshop.tokens:
        workshop.vote(name, {})
    tab = press(console(workshop), "close")
    assert tab.heading == "The voting is closed"
    assert tab.main_steps == ["Reveal the votes"]
    assert shown_code(workshop.room.code) not in tab.everything
    tab.at.selectbox(key="lasts_reopen").set_value(5)
    press(tab, "reopen")
    assert tab.heading == "The voting is open"
    assert "Closes in 5:00." in bar(tab)


@pytest.mark.parametrize(
    ("votes", "said"), [(0, "Nobody has voted, so there is nothing to reveal."), (1, "Only one person has voted")]
)
def test_where_too_few_have_voted_the_page_says_so_and_how_more_can(
    workshop: Workshop, votes: int, said: str
) -> None:
    workshop.led.open_round()
    for name in list(workshop.tokens)[:votes]:
        workshop.vote(name, {})
    tab = press(console(workshop), "close")
    assert f"**{said}" in tab.everything
    assert shown_code(workshop.room.code) in tab.everything
    assert tab.main_steps == []
    press(tab, "reopen")
    assert workshop.room.phase(workshop.site.clock.time) == "voting"


def test_the_round_is_given_another_end(workshop: Workshop) -> None:
    workshop.led.open_round(lasts=2 * MINUTE)
    tab = console(workshop)
    tab.at.selectbox(key="lasts_reopen").set_value(10)
    press(tab, "reopen")
    assert "Closes in 10:00." in bar(tab)


def test_the_end_is_changed_after_it_was_left_as_it_is(workshop: Workshop) -> None:
    """The first step changes nothing in the room: the second one is no second click on it."""
    workshop.led.open_round()
    tab = press(console(workshop), "reopen")
    tab.at.selectbox(key="lasts_reopen").set_value(10)
    press(tab, "reopen")
    assert "Closes in 10:00." in bar(tab)


def test_what_a_step_was_taken_from_closes_behind_it(workshop: Workshop) -> None:
    """A popover that has another key is another one, and closed."""
    workshop.led.open_round()
    tab = console(workshop)
    (before,) = popovers(tab, "more_time")
    assert popovers(tab.run(), "more_time") == [before], "it stays open while somebody reads it"
    assert popovers(press(tab, "reopen"), "more_time") != [before]


def test_a_round_closes_by_itself_at_its_end(workshop: Workshop) -> None:
    workshop.led.open_round(lasts=2 * MINUTE)
    tab = console(workshop)
    workshop.site.clock.time += 2 * MINUTE - timedelta(seconds=1)
    assert "Closes in 0:01." in bar(tab.run())
    workshop.site.clock.time += timedelta(seconds=1)
    assert tab.run().heading == "The voting is closed"
