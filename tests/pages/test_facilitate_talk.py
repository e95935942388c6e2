"""The facilitator's page after a reveal, under AppTest: what decides, the group's answers, voting again."""

from __future__ import annotations

import pytest

from tests.pages.facilitating import button, console, press, talking
from tests.pages.rooms import Workshop, a_workshop
from tests.pages.test_workshop import HOSTILE

pytestmark = pytest.mark.usefixtures("browsers")


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
    assert tab.main_steps == ["Accept the proposals for what does not decide"]
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


def test_what_was_talked_about_is_chosen_to_vote_on_again(workshop: Workshop) -> None:
    tab = press(console(talking(workshop)), "focus_product_stage")
    press(tab, "focus_product_stage")
    assert [box.key for box in tab.at.checkbox if box.value] == ["again_product_stage_1"], "not what decides"
    press(tab, "vote_again_yes")
    assert workshop.room.round is not None
    assert workshop.room.round.questions == ("product_stage",)


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
