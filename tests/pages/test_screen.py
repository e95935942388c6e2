"""The projector under AppTest: what everybody may see, and nobody's name before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.workshop.errors import NoRoomError
from tests.pages.facilitating import checked, console, hostile_before_and_after, talking
from tests.pages.rooms import Tab, Workshop, a_workshop
from tests.pages.test_workshop import HOSTILE

pytestmark = pytest.mark.usefixtures("browsers")


def screen(workshop: Workshop, room: str = "") -> Tab:
    tab = Tab(workshop.site, None)
    tab.open("screen", room=room or workshop.id)
    return tab


def test_the_lobby_has_the_code_and_counts_and_no_names(workshop: Workshop) -> None:
    tab = screen(workshop)
    assert tab.texts == ["Faster checkout"]
    assert "0000-0001" in tab.everything
    assert "3 have joined" in tab.everything
    assert not any(name in tab.everything for name in workshop.tokens)


def test_nothing_on_it_is_clicked(workshop: Workshop) -> None:
    for _ in phases(workshop):
        tab = screen(workshop)
        assert len(tab.at.page_link) == len(tab.at.button) == len(tab.at.selectbox) == 0


def test_the_voting_counts_who_has_finished_and_says_when_it_closes(workshop: Workshop) -> None:
    workshop.led.open_round(lasts=timedelta(minutes=5))
    workshop.vote("Ana", {})
    said = screen(workshop).everything.replace("\\", "")
    assert "The voting is open" in said
    assert "1 of 3 has finished" in said
    assert "Closes in 5:00." in said
    assert "code 0000-0001" in said, "for late comers"


def test_the_reveal_begins_with_what_peoples_own_answers_lead_to(workshop: Workshop) -> None:
    tab = screen(talking(workshop))
    assert "2 of 3 people's own answers lead to OKRs" in tab.everything
    assert "One disagreement changes the result." in tab.everything
    assert len(tab.at.get("vega_lite_chart")) == 1


def test_the_question_in_focus_is_shown_with_its_votes_and_the_groups_answer(workshop: Workshop) -> None:
    talking(workshop).led.focus("work_kind")
    tab = screen(workshop)
    assert "What is this work mainly for?" in tab.everything
    assert "This decides" in tab.everything
    workshop.led.agree({"work_kind": "change"}, services().models.newest)
    assert "Agreed: Change how something performs" in tab.run().everything


def test_nobodys_name_is_on_it() -> None:
    """With fifty names nothing else would be; the facilitator's page and the phones have them."""
    workshop = a_workshop(named=True).join("Ana", "Ben", "Chloé")
    for _ in phases(workshop):
        tab = screen(workshop)
        assert "Chloé" not in "".join(tab.dump())


def test_a_question_that_too_few_answered_is_not_shown_even_in_focus() -> None:
    workshop = a_workshop().join("Ana", "Ben")
    workshop.led.open_round()
    workshop.vote("Ana", {"work_kind": "change"}, reason="CONFIDENTIAL")
    workshop.led.reveal()
    workshop.led.focus("work_kind")
    tab = screen(workshop)
    assert len(tab.at.get("vega_lite_chart")) == 0
    assert "CONFIDENTIAL" not in "".join(tab.dump())


def test_the_check_and_the_end(workshop: Workshop) -> None:
    tab = screen(checked(workshop))
    assert "2 of 3 people show three fingers or more." in tab.everything
    assert HOSTILE not in "".join(tab.dump()), "why somebody doubts is theirs to say"
    workshop.led.finish(HOSTILE, "Because", "Dana", date(2027, 1, 15))
    tab.run()
    assert HOSTILE in tab.texts
    assert "Because: Because" in tab.texts
    assert "Owner: Dana" in tab.texts
    assert "Record of the workshop" in tab.everything
    assert "To be looked at again on 15 January 2027." in tab.everything


def test_at_the_end_nobody_is_told_to_scan_a_code_that_is_not_there(workshop: Workshop) -> None:
    checked(workshop).led.finish("OKRs from April")
    for public_url, has_code in (("http://localhost:8501", False), ("https://okr.example.org", True)):
        workshop.site.services = replace(workshop.site.services, public_url=public_url)
        tab = screen(workshop)
        assert ("QR code of the record" in "".join(tab.dump())) == has_code
        assert ("scan this" in tab.everything) == has_code
        assert "“Record of the workshop”" in tab.everything
        assert "Phones cannot reach" not in tab.everything, "nobody joins any more"


@pytest.mark.robustness(34)
def test_hostile_texts_are_shown_as_they_were_typed() -> None:
    """Robustness 34."""
    for tab in hostile_before_and_after(a_workshop(HOSTILE, named=True), screen):
        assert HOSTILE in tab.texts
        assert not any("x.y" in str(each.value) for each in (*tab.at.markdown, *tab.at.caption, *tab.at.html))


@pytest.mark.robustness(24)
@pytest.mark.parametrize("room", ["", "short", "0" * 22, "é" * 22, "x" * 100_000])
def test_an_unknown_room_and_a_deleted_one_are_the_same_page(workshop: Workshop, room: str) -> None:
    """Robustness 24 and 25."""
    workshop.led.delete()
    gone, unknown = screen(workshop), screen(workshop, room or "NOROOM")
    assert sentence(NoRoomError()) in gone.everything
    assert gone.everything == unknown.everything


def test_a_screen_that_shows_a_decision_says_when_the_room_was_deleted(workshop: Workshop) -> None:
    checked(workshop).led.finish("OKRs from April", "", "", None)
    tab = screen(workshop)
    assert "OKRs from April" in tab.texts
    workshop.led.delete()
    assert tab.run().heading == "The workshop is deleted"
    assert "OKRs from April" not in tab.texts


def test_a_projector_waits_for_a_storage_that_does_not_answer(workshop: Workshop) -> None:
    workshop.site.store.fails = StoreError("storage_busy", place="storage")
    tab = screen(workshop)
    assert tab.heading == "This workshop cannot be shown right now"
    assert "Busy" in tab.everything
    workshop.site.store.fails = None
    assert "3 have joined" in tab.run().everything


# Nobody sees a vote before the reveal


def phases(workshop: Workshop, kind: str = "change", fingers: str = "5") -> Iterator[str]:
    """Play a workshop; stop at every moment at which somebody might look. What is voted is ``kind``."""
    led, model = workshop.led, workshop.site.services.models.newest
    yield "lobby"
    led.open_round()
    yield "open"
    workshop.begin_to_vote("Ana", kind)
    yield "begun"
    for name in workshop.tokens:
        workshop.vote(name, {"work_kind": kind}, reason=f"because of {kind}")
        yield f"voted {name}"
    led.close()
    yield "closed"
    led.reveal()
    yield "revealed"
    led.agree({"work_kind": "learn"}, model)
    led.open_round(["autonomy"])
    for name in workshop.tokens:
        workshop.vote(name, {"autonomy": "team" if kind == "change" else "fixed"}, reason=f"because of {kind}")
    yield "voted again"
    led.close()
    yield "closed again"
    led.reveal()
    led.open_check()
    for name in workshop.tokens:
        workshop.show(name, fingers, reason=f"because of {kind}")
    yield "checked"


BEFORE = {"lobby", "open", "begun", "voted Ana", "voted Ben", "voted Chloé", "closed"}
"""Moments before anything is revealed: everything is the same."""
LATER = {"voted again", "closed again", "checked"}
"""Moments at which only what was revealed earlier may differ, and these pages show nothing of it."""


@pytest.mark.parametrize("named", [True, False])
def test_before_the_reveal_nothing_on_the_pages_depends_on_a_vote(named: bool) -> None:
    one, other = (a_workshop(named=named).join("Ana", "Ben", "Chloé") for _ in range(2))
    compared = set()
    for at, _ in zip(phases(one), phases(other, "sustain", "0"), strict=True):
        for look in (console, screen):
            seen, same = look(one).dump(), look(other).dump()
            if at in BEFORE | LATER:
                assert seen == same, (at, look.__name__)
                compared.add(at)
            else:
                assert seen != same, "what is revealed is seen, or this test would compare nothing"
    assert compared == BEFORE | LATER
