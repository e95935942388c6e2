"""The facilitator's page at the check and at the end, under AppTest."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from okr_assistant.web.context import services
from okr_assistant.web.workshop.facilitator.result import draft_of
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import FIST, Outcome
from tests.pages.facilitating import DECIDES, bar, button, checked, console, press, talking
from tests.pages.rooms import Tab, Workshop
from tests.pages.test_workshop import HOSTILE

pytestmark = pytest.mark.usefixtures("browsers")


def test_the_check_is_put_and_counted(workshop: Workshop) -> None:
    talking(workshop).led.agree(DECIDES, workshop.site.services.models.newest)
    tab = press(console(workshop), "check_yes")
    assert tab.heading == "How far does everybody stand behind it?"
    assert workshop.room.round is not None
    assert workshop.room.round.questions == (FIST,)
    assert "What they are asked" in [each.value for each in tab.at.header]
    assert "Change how something performs" in tab.everything, "what is voted on"
    workshop.show("Ana", "2")
    assert "1 of 3 has finished" in bar(tab.run())


def test_nothing_agreed_cannot_be_put_to_the_check_and_the_page_says_why(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    assert button(tab, "check_yes").disabled
    assert "Agree on at least one answer first" in tab.everything
    workshop.led.agree(DECIDES, workshop.site.services.models.newest)
    assert "Agree on at least one answer first" not in tab.run().everything


def test_what_decides_and_is_not_agreed_is_said_before_the_check(workshop: Workshop) -> None:
    """Else people stand behind an advice that rests on one answer, and think that it rests on all."""
    talking(workshop).led.agree({"product_stage": "growing"}, workshop.site.services.models.newest)
    tab = console(workshop)
    assert "One question that decides has no common answer yet" in tab.everything
    workshop.led.agree(DECIDES, workshop.site.services.models.newest)
    assert "no common answer yet" not in tab.run().everything


def test_who_shows_two_fingers_or_fewer_is_asked_to_speak(workshop: Workshop) -> None:
    tab = console(checked(workshop))
    assert tab.heading == "Hear the doubts, then decide"
    assert "2 of 3 people show three fingers or more." in tab.everything
    assert HOSTILE in tab.texts
    assert re.findall(r"reason_fingers_\d_\d", "".join(tab.dump())) == ["reason_fingers_1_0"]
    assert "Change how something performs" in tab.everything, "what was agreed"
    assert tab.main_steps == ["Finish the workshop"]


def test_what_was_decided_is_asked_for_and_what_was_typed_stays(workshop: Workshop) -> None:
    tab = console(checked(workshop))
    tab.at.text_input(key=f"finish_owner_{workshop.id}").set_value("Dana")
    press(tab.run(), "finish_yes")
    assert "Say what was decided." in tab.everything
    assert tab.at.text_input(key=f"finish_owner_{workshop.id}").value == "Dana"
    tab.at.text_input(key=f"finish_decided_{workshop.id}").set_value("a\u202eb")
    press(tab.run(), "finish_yes")
    assert "U+202E" in tab.everything
    assert tab.at.text_input(key=f"finish_decided_{workshop.id}").value == "a\u202eb"
    assert workshop.room.outcome is None


def finish(tab: Tab, workshop: Workshop, decided: str = HOSTILE) -> Tab:
    tab.at.text_input(key=f"finish_decided_{workshop.id}").set_value(decided)
    tab.at.text_area(key=f"finish_because_{workshop.id}").set_value("Six teams\nare in it")
    tab.at.text_input(key=f"finish_owner_{workshop.id}").set_value("Dana")
    tab.at.date_input(key=f"finish_review_on_{workshop.id}").set_value(date(2027, 1, 15))
    press(tab.run(), "finish_yes")
    return press(tab, "finish_record")


def test_the_end_says_what_was_decided_and_leads_to_the_result(workshop: Workshop) -> None:
    tab = finish(console(checked(workshop)), workshop)
    outcome = workshop.room.outcome
    assert outcome is not None
    assert (outcome.decided, outcome.owner, outcome.review_on) == (HOSTILE, "Dana", date(2027, 1, 15))
    assert tab.heading == "The workshop is over"
    assert HOSTILE in tab.texts
    assert "To be looked at again on 15 January 2027." in tab.everything
    tab.press("Open the result")
    assert tab.heading == "So far: use OKRs for this work"
    assert tab.address == {"a": draft_of(services().models, workshop.room).code, "t": "Faster checkout"}
    tab.open("share", **tab.address)
    assert [each.value for each in tab.at.text_input if str(each.key).startswith("decided_")] == [HOSTILE]


def test_what_will_be_recorded_is_shown_before_it_is_and_can_still_be_changed(workshop: Workshop) -> None:
    tab = console(checked(workshop))
    tab.at.text_input(key=f"finish_decided_{workshop.id}").set_value(HOSTILE)
    press(tab.run(), "finish_yes")
    assert HOSTILE in tab.texts
    assert "Nobody is named to look after it." in tab.everything
    assert "There is no date to look at it again." in tab.everything
    assert tab.main_steps == ["Record it and finish"]
    assert workshop.room.outcome is None
    press(tab, "finish_change")
    assert tab.at.text_input(key=f"finish_decided_{workshop.id}").value == HOSTILE
    tab.at.text_input(key=f"finish_owner_{workshop.id}").set_value("Dana")
    press(tab.run(), "finish_yes")
    assert "Owner: Dana" in tab.texts
    press(tab, "finish_record")
    assert workshop.room.outcome == Outcome(HOSTILE, "", "Dana", None)


def test_a_decision_that_is_too_long_stays_whole_in_its_field_with_what_is_allowed(workshop: Workshop) -> None:
    tab = console(checked(workshop))
    tab.at.text_input(key=f"finish_decided_{workshop.id}").set_value("x" * 121)
    press(tab.run(), "finish_yes")
    assert "121 characters; allowed: at most 120 characters" in tab.everything
    decided = tab.at.text_input(key=f"finish_decided_{workshop.id}")
    assert decided.value == "x" * 121
    decided.set_value("OKRs")
    assert "allowed: at most" not in tab.run().everything, "mended"


def test_the_words_of_a_decision_are_corrected_and_the_page_says_so(workshop: Workshop) -> None:
    tab = finish(console(checked(workshop)), workshop, "OKRs form April")
    workshop.site.clock.time += timedelta(days=1)
    (decided,) = (each for each in tab.at.text_input if each.value == "OKRs form April")
    (owner,) = (each for each in tab.at.text_input if each.value == "Dana")
    decided.set_value("")
    press(tab.run(), "correct_yes")
    assert "Say what was decided." in tab.everything
    tab.at.text_input(key=decided.key).set_value("OKRs from April")
    press(tab.run(), "correct_yes")
    outcome = workshop.room.outcome
    assert outcome is not None
    assert (outcome.decided, outcome.owner, outcome.review_on) == ("OKRs from April", "Dana", date(2027, 1, 15))
    assert "OKRs from April" in tab.texts
    assert "Corrected on 6 October 2026." in tab.everything
    assert owner.key not in [each.key for each in tab.at.text_input], "the fields begin anew, closed"


def test_a_group_that_needs_no_check_finishes_without_one(workshop: Workshop) -> None:
    talking(workshop).led.agree(DECIDES, workshop.site.services.models.newest)
    finish(console(workshop), workshop, "OKRs")
    assert workshop.room.outcome is not None


def test_deleting_asks_once_and_says_that_it_was_done(workshop: Workshop) -> None:
    tab = press(console(workshop), "delete_room")
    assert tab.heading == "The workshop is deleted"
    with pytest.raises(NoRoomError):
        workshop.site.services.workshops.room(workshop.id)
    assert console(workshop).heading == "There is no workshop here"


def test_a_page_that_is_open_while_somebody_else_deletes_the_room_says_so(workshop: Workshop) -> None:
    tab = console(workshop)
    workshop.led.delete()
    assert tab.run().heading == "The workshop is deleted"


def test_the_way_to_the_projector_is_there_at_every_step(workshop: Workshop) -> None:
    """Somebody closes that tab, or the projector is another computer."""
    for tab in (console(workshop), console(checked(workshop))):
        addresses = [link.proto.url for link in tab.at.get("link_button")]
        assert len([each for each in addresses if each.endswith(f"/screen?room={workshop.id}")]) == 1
    finish(tab, workshop)
    assert any("/screen?room=" in link.proto.url for link in tab.at.get("link_button"))
