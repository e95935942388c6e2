"""Who may lead a workshop, two who do so at once, and that what people typed is text on that page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.web.context import connect
from tests.pages.facilitating import checked, console, hostile_before_and_after, press, talking
from tests.pages.rooms import HIS, Workshop, a_workshop
from tests.pages.test_workshop import HOSTILE, copied

pytestmark = pytest.mark.usefixtures("browsers")


def other_keys(workshop: Workshop) -> dict[str, dict[str, str]]:
    """Addresses that open something, or nothing, and never this console."""
    link = workshop.site.share()
    site = workshop.site.services
    strangers = site.workshops.make(site.models.newest, title="Another", browser=HIS)
    return {
        "the room alone": {"room": workshop.id},
        "the code": {"room": workshop.room.code},
        "a participant": {"key": workshop.tokens["Ana"]},
        "a share token": {"key": link.token},
        "an owner's key": {"key": link.owner_key},
        "another room's key, which opens that one": {"room": workshop.id, "key": strangers.facilitator_key},
        "a damaged key": {"key": workshop.keys.facilitator_key[:-1] + "x"},
        "a short key": {"key": workshop.keys.facilitator_key[:-1]},
        "the hash of the key": {"key": hashed(workshop.keys.facilitator_key).hex()},
        "nothing": {},
    }


# Who may


@pytest.mark.robustness(27)
@pytest.mark.parametrize("browser", ["STRANGERSBROWSER000000", None])
def test_nothing_but_a_key_of_the_room_opens_its_console(workshop: Workshop, browser: str | None) -> None:
    """Robustness 27."""
    seen = set()
    for name, address in other_keys(workshop).items():
        tab = console(workshop, browser, **(address or {"room": ""}))
        assert "Faster checkout" not in "".join(tab.dump()), name
        if "another" not in name:
            assert tab.heading == "There is no workshop here", name
            seen.add(tab.everything)
    assert len(seen) == 1, "whatever is wrong, the page is the same"


@pytest.mark.parametrize("key", ["facilitator_key", "co_facilitator_key"])
def test_a_key_lets_the_browser_in_and_leaves_the_address(workshop: Workshop, key: str) -> None:
    tab = console(workshop, HIS, key=getattr(workshop.keys, key))
    assert tab.heading == "People are joining"
    assert tab.address == {"room": workshop.id}
    assert console(workshop, HIS).heading == "People are joining", "without the key from now on"


def test_without_cookies_the_key_stays_in_the_address_and_works(workshop: Workshop) -> None:
    tab = console(workshop, None, key=workshop.keys.facilitator_key)
    assert tab.address == {"key": workshop.keys.facilitator_key}
    press(tab, "begin_voting")
    assert tab.heading == "The voting is open"


def test_a_new_address_for_a_co_facilitator_puts_the_one_before_out(workshop: Workshop) -> None:
    his = console(workshop, HIS, key=workshop.keys.co_facilitator_key)
    hers = press(console(workshop), "new_co_key")
    new = next(address.partition("?key=")[2] for address in copied(hers) if "?key=" in address)
    assert his.run().heading == "There is no workshop here"
    press_late = console(workshop, HIS, key=new)
    assert press_late.heading == "People are joining"
    assert hers.run().heading == "People are joining"
    assert "new_co_key" not in [button.key for button in press_late.at.button], "it would lock out whoever asked"
    press(hers, "new_co_key")
    assert press_late.run().heading == "There is no workshop here"


def test_whoever_was_put_out_takes_no_step_from_a_page_that_is_still_open(workshop: Workshop) -> None:
    his = console(workshop, HIS, key=workshop.keys.co_facilitator_key)
    workshop.led.new_co_facilitator_key()
    press(his, "begin_voting")
    assert workshop.room.round is None
    assert his.heading == "There is no workshop here"


# Two at once


def test_of_two_facilitators_the_slower_is_told_and_sees_the_room_as_it_is(workshop: Workshop) -> None:
    hers, his = console(workshop), console(workshop, HIS, key=workshop.keys.co_facilitator_key)
    press(his, "begin_voting")
    press(hers, "begin_voting")
    assert "The voting is still open; close it or reveal it first." in hers.everything
    assert hers.heading == "The voting is open"
    assert "still open" not in hers.run().everything, "said once"
    assert len(workshop.room.rounds) == 1


def test_of_two_who_agree_at_the_same_moment_the_second_is_told_and_decides_again(workshop: Workshop) -> None:
    hers, his = console(talking(workshop)), console(workshop, HIS, key=workshop.keys.co_facilitator_key)
    hers.at.selectbox(key="answer_work_kind_1").set_value("sustain")
    hers.run()
    press(his, "agree_work_kind")
    press(hers, "agree_work_kind")
    assert "Somebody else has just changed the group's answer; look at it, and decide again." in hers.everything
    assert workshop.room.agreed == {"work_kind": "change"}
    assert "Agreed: Change how something performs." in hers.everything
    press(hers, "take_back_work_kind")
    assert workshop.room.agreed == {}, "whoever has seen it may change it"


def test_the_other_facilitators_step_is_seen(workshop: Workshop) -> None:
    hers, his = console(talking(workshop)), console(workshop, HIS, key=workshop.keys.co_facilitator_key)
    press(his, "agree_work_kind")
    assert "Agreed: Change how something performs." in hers.run().everything


def test_what_is_typed_outlasts_the_steps_of_the_other(workshop: Workshop) -> None:
    hers = console(checked(workshop))
    hers.at.text_input(key=f"finish_decided_{workshop.id}").set_value("OKRs from April")
    hers.run()
    workshop.led.open_round(["work_kind"])
    assert hers.run().heading == "They vote again"
    workshop.led.reveal()
    workshop.led.open_check()
    workshop.led.reveal()
    assert hers.run().at.text_input(key=f"finish_decided_{workshop.id}").value == "OKRs from April"


def test_a_storage_that_does_not_answer_is_said_and_nothing_changes(workshop: Workshop) -> None:
    tab = console(workshop)
    workshop.site.store.fails = StoreError("storage_busy", place="storage")
    press(tab, "begin_voting")
    assert tab.heading == "This workshop cannot be shown right now"
    assert "Busy: another program has the database locked" in tab.everything
    workshop.site.store.fails = None
    assert tab.run().heading == "People are joining"
    assert workshop.room.round is None


def _twice() -> None:
    from okr_assistant.web.context import services
    from okr_assistant.web.workshop.facilitator.desk import Desk, problem

    found = services()
    room = found.workshops.rooms_of("HERBROWSER000000000000")[0]
    desk = Desk("HERBROWSER000000000000", "", room, found.clock.now(), found.models.newest)
    desk.take("begin", lambda it: it.open_round())
    desk.take("begin", lambda it: it.open_round())
    problem()


@pytest.mark.robustness(17)
def test_a_second_click_before_the_page_is_drawn_anew_takes_no_second_step(workshop: Workshop) -> None:
    """Robustness 17. AppTest sends a click only when the page has been drawn, so this is what the button calls."""

    connect(workshop.site.services)
    at = AppTest.from_function(_twice).run()
    assert not at.exception
    assert [each.value for each in at.markdown] == []
    assert len(workshop.room.rounds) == 1


# What people typed


@pytest.mark.robustness(34)
def test_hostile_texts_are_shown_as_they_were_typed() -> None:
    """Robustness 34."""
    workshop = a_workshop(HOSTILE, about=HOSTILE, decider=HOSTILE, named=True)
    for tab in hostile_before_and_after(workshop, console):
        assert tab.texts.count(HOSTILE) >= 2, "title and what is being decided"
        assert any(HOSTILE in text and text != HOSTILE for text in tab.texts), "the name"
        shown = (*tab.at.markdown, *tab.at.caption, *tab.at.html, *tab.at.header, *tab.at.subheader, *tab.at.title)
        assert not any("x.y" in str(each.value) for each in shown)
        widgets = (*tab.at.button, *tab.at.selectbox, *tab.at.checkbox, *tab.at.expander, *tab.at.page_link)
        assert not any("x.y" in each.label for each in widgets)


@pytest.mark.robustness(36)
def test_names_that_look_alike_are_told_apart() -> None:
    """Robustness 36."""
    workshop = a_workshop().join("Anna", "\u0410nna")
    assert "Anna (seat 1) · \u0410nna (seat 2)" in console(workshop).texts
