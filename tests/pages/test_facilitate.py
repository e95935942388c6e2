"""The facilitator's page under AppTest: each phase, what to do next, and what goes wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.web.context import connect, services
from okr_assistant.web.workshop.facilitator.result import draft_of
from okr_assistant.workshop.codes import shown_code
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import FIST, Outcome
from tests.pages.rooms import HERS, HIS, Tab, Workshop, a_workshop
from tests.pages.test_workshop import HOSTILE, copied

pytestmark = pytest.mark.usefixtures("browsers")

MINUTE = timedelta(minutes=1)
DECIDES = {"work_kind": "change", "product_stage": "growing"}
"""With the answers of ``talking`` the kind of work is what people disagree on, and it decides."""


def console(workshop: Workshop, browser: str | None = HERS, **address: str) -> Tab:
    tab = Tab(workshop.site, browser)
    tab.open("facilitate", **(address or {"room": workshop.id}))
    return tab


def button(tab: Tab, key: str) -> Any:
    return tab.at.button(key=key)


def bar(tab: Tab) -> str:
    """What stands over the bar of those who have finished."""
    return str(tab.at.get("progress")[0].proto.text).replace("\\", "")


def popovers(tab: Tab, name: str) -> list[str]:
    """The keys of the popovers with this name; AppTest knows popovers as blocks."""
    return sorted(set(re.findall(rf"\b{name}_\d+\b", "".join(tab.dump()))))


def press(tab: Tab, key: str) -> Tab:
    button(tab, key).click()
    return tab.run()


def talking(workshop: Workshop) -> Workshop:
    """All have voted, and two of three on another kind of work."""
    workshop.led.open_round()
    for name, kind in (("Ana", "sustain"), ("Ben", "change"), ("Chloé", "change")):
        workshop.vote(name, {"work_kind": kind, "product_stage": "growing"}, reason=f"{name} says {HOSTILE}")
    workshop.led.reveal()
    return workshop


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


# Talking


def test_the_disagreement_that_decides_comes_first_with_its_consequence(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    assert tab.heading == "Talk about what decides"
    assert tab.at.header[0].value == "2 of 3 people's own answers lead to OKRs"
    (card,) = [each for each in tab.at.container if str(each.key).startswith("question_")]
    assert card.key == "question_work_kind"
    assert "“Change how something performs” → OKRs" in card.markdown[0].value
    assert len(card.get("vega_lite_chart")) == 1
    assert tab.main_steps == ["Talk about this"]


def test_reasons_are_shown_as_they_were_typed_and_without_names_in_an_anonymous_room(workshop: Workshop) -> None:
    """Robustness 34."""
    tab = console(talking(workshop))
    assert f"Ana says {HOSTILE}" in tab.texts
    assert not any(HOSTILE in str(each.value) for each in (*tab.at.markdown, *tab.at.caption, *tab.at.html))
    assert not any(text == "Ana" or "Ana ·" in text or "Ana:" in text for text in tab.texts)


def test_in_a_room_with_names_it_is_seen_who_chose_what_and_who_speaks_first() -> None:
    workshop = talking(a_workshop(named=True).join("Ana", "Ben", "Chloé"))
    workshop.led.focus("work_kind")
    tab = console(workshop)
    assert "Ben · Chloé" in tab.texts
    assert f"Ana: Ana says {HOSTILE}" in tab.texts
    assert "Then those who chose “Keep something running as it is”, which fewest did: Ana." in tab.texts


def test_a_question_is_put_on_the_screen_and_taken_off(workshop: Workshop) -> None:
    tab = press(console(talking(workshop)), "focus_work_kind")
    assert workshop.room.focus == "work_kind"
    assert tab.main_steps == ["Agree on this"]
    press(tab, "focus_work_kind")
    assert workshop.room.focus == ""


def test_the_proposal_is_chosen_beforehand_and_the_decider_may_say_otherwise(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    assert "What does Dana decide?" in tab.texts
    answer = tab.at.selectbox(key="answer_work_kind_1")
    assert answer.value == "change"
    answer.set_value("sustain")
    press(tab, "agree_work_kind")
    assert workshop.room.agreed == {"work_kind": "sustain"}
    assert "Agreed: Keep something running as it is." in tab.everything
    press(tab, "take_back_work_kind")
    assert workshop.room.agreed == {}


def test_a_question_that_is_agreed_on_is_one_line_until_it_is_talked_about_again(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    assert "Agreed on 0 of 15 questions. Of those that decide, 0 of 1." in tab.everything
    press(tab, "agree_work_kind")
    assert "Agreed on 1 of 15 questions. Of those that decide, 1 of 1." in tab.everything
    line = "What is this work mainly for? Agreed: Change how something performs."
    assert line in [each.label for each in tab.at.expander]
    assert "question_work_kind" not in [each.key for each in tab.at.container]
    press(tab, "focus_work_kind")
    assert "question_work_kind" in [each.key for each in tab.at.container]


def test_where_there_is_no_proposal_an_answer_has_to_be_chosen() -> None:
    workshop = a_workshop().join("Ana", "Ben", "Chloé")
    workshop.led.open_round()
    for name, kind in (("Ana", "sustain"), ("Ben", "change"), ("Chloé", "learn")):
        workshop.vote(name, {"work_kind": kind})
    workshop.led.reveal()
    tab = console(workshop)
    assert tab.at.selectbox(key="answer_work_kind_1").value is None
    assert button(tab, "agree_work_kind").disabled
    tab.at.selectbox(key="answer_work_kind_1").set_value("learn")
    press(tab.run(), "agree_work_kind")
    assert workshop.room.agreed == {"work_kind": "learn"}


def test_the_rest_is_agreed_on_at_once_and_never_what_decides(workshop: Workshop) -> None:
    tab = press(console(talking(workshop)), "agree_rest")
    assert workshop.room.agreed == {"product_stage": "growing"}
    press(tab, "agree_work_kind")
    assert tab.heading == "Check the result"


def test_the_steps_come_in_their_order(workshop: Workshop) -> None:
    tab = press(console(talking(workshop)), "agree_work_kind")
    assert tab.heading == "Agree on the rest"
    assert tab.main_steps == ["Accept the other proposals"]
    press(tab, "agree_rest")
    assert tab.main_steps == ["Start the fist of five"]


def test_a_vote_again_is_on_what_was_chosen_and_moves_are_seen_side_by_side(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    ticked = [box.key for box in tab.at.checkbox if box.value]
    assert ticked == ["again_work_kind_1"], "what decides"
    press(tab, "vote_again_yes")
    assert tab.heading == "They vote again"
    assert workshop.room.round is not None
    assert workshop.room.round.questions == ("work_kind",)
    for name in workshop.tokens:
        workshop.vote(name, {"work_kind": "change"})
    press(tab.run(), "reveal")
    assert "1 person moved" in tab.everything.replace("One", "1")
    (table,) = tab.at.table
    assert list(table.value.columns) == ["Round 1", "Round 2"]


def test_to_vote_again_on_nothing_is_said(workshop: Workshop) -> None:
    tab = console(talking(workshop))
    tab.at.checkbox(key="again_work_kind_1").set_value(False)
    press(tab.run(), "vote_again_yes")
    assert "Choose at least one question." in tab.everything
    assert len(workshop.room.rounds) == 1


def test_too_few_votes_show_nothing_and_the_next_step_is_to_vote_again() -> None:
    workshop = a_workshop().join("Ana", "Ben")
    workshop.led.open_round()
    workshop.vote("Ana", {"work_kind": "change"}, reason="CONFIDENTIAL")
    workshop.led.reveal()
    tab = console(workshop)
    assert tab.heading == "Too few people voted"
    assert tab.main_steps == ["Vote again on these"]
    assert "CONFIDENTIAL" not in "".join(tab.dump())
    press(tab, "vote_again_yes")
    assert workshop.room.round is not None
    assert len(workshop.room.round.questions) == 15


# The check, and the end


def checked(workshop: Workshop) -> Workshop:
    talking(workshop).led.agree(DECIDES, services().models.newest)
    workshop.led.open_check()
    for name, fingers in (("Ana", "1"), ("Ben", "4"), ("Chloé", "5")):
        workshop.show(name, fingers, reason=HOSTILE if name == "Ana" else "")
    workshop.led.reveal()
    return workshop


def test_the_check_is_put_and_counted(workshop: Workshop) -> None:
    talking(workshop).led.agree(DECIDES, services().models.newest)
    tab = press(console(workshop), "check_yes")
    assert tab.heading == "How far does everybody stand behind it?"
    assert workshop.room.round is not None
    assert workshop.room.round.questions == (FIST,)
    workshop.show("Ana", "2")
    assert "1 of 3 has finished" in bar(tab.run())


def test_nothing_agreed_cannot_be_put_to_the_check(workshop: Workshop) -> None:
    assert button(console(talking(workshop)), "check_yes").disabled


def test_who_shows_two_fingers_or_fewer_is_asked_to_speak(workshop: Workshop) -> None:
    tab = console(checked(workshop))
    assert tab.heading == "Hear the doubts, then decide"
    assert "2 of 3 people show three fingers or more." in tab.everything
    assert f"1 finger: {HOSTILE}" in tab.texts
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
    talking(workshop).led.agree(DECIDES, services().models.newest)
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


# Who may


def other_keys(workshop: Workshop) -> dict[str, dict[str, str]]:
    """Addresses that open something, or nothing, and never this console."""
    link = workshop.site.share()
    strangers = workshop.site.services.workshops.make(services().models.newest, title="Another", browser=HIS)
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
    workshop = a_workshop(HOSTILE, about=HOSTILE, decider=HOSTILE, named=True).join(HOSTILE, "Ana", "Ben")
    pages = [console(workshop)]
    workshop.led.open_round()
    pages.append(console(workshop))
    for name in workshop.tokens:
        workshop.vote(name, {"work_kind": "change" if name == HOSTILE else "sustain"}, reason=HOSTILE)
    workshop.led.reveal()
    workshop.led.focus("work_kind")
    pages.append(console(workshop))
    for tab in pages:
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
