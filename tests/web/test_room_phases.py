"""The pages of a workshop by phase: what a participant sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from okr_assistant.workshop.room import FIST
from tests.web.people import ALL_ALIKE, Held, all_answered, hold, sheet
from tests.web.room_page import finish, voted

FIX_FIRST = "Fix this first Measure where the result stands today before you set a target."
"""What the answers of ``ALL_ALIKE`` lead to is so once this is fixed."""


def test_from_the_lobby_to_the_end(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    assert "You are in" in kim.page().text
    assert "In the room: 2." in kim.page().text
    held.facilitator.open_round()
    assert "What is this work mainly for?" in kim.page().text
    all_answered(kim)
    assert "Finished: 1 of 2." in ada.page().text
    held.facilitator.close()
    said = kim.page().text
    assert "The voting is closed" in said
    assert "Change how something performs" in said
    assert kim.page().all("form") == []
    assert "Your answers What is this work mainly for? No answer" in ada.page().text
    held.facilitator.reveal()
    assert "The votes are revealed" in ada.page().text
    finish(held)
    assert "What was decided" in ada.page().text
    assert "Use OKRs Because It has to move." in ada.page().text


def test_the_reveal_marks_ones_own_answer_and_what_was_agreed(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    watcher = held.person("Watcher", watch="yes")
    voted(held, kim, ada)
    mine = "Deliver a specific thing your answer 1"
    assert mine in kim.page().text
    assert mine not in ada.page().text
    assert "Change how something performs your answer 1" in ada.page().text
    assert "your answer" not in watcher.page().text
    for person in (kim, ada, watcher):
        said = person.page().text
        assert "This decides. If the answer is: “Change how something performs” → OKRs" in said
        assert "Nobody chose: Keep something running as it is; Keep improving many small things;" in said
    held.facilitator.agree({"work_kind": "change"}, held.model)
    said = watcher.page().text
    assert "Change how something performs the group's answer 1" in said
    assert "What the group has agreed on" in said
    assert watcher.page().all("form") == []


def test_ones_own_answer_is_marked_where_it_is_counted() -> None:
    """When too few vote again it does not count; and of two checks it is the last one that is shown."""
    held = hold(smallest_group=3)
    kim, *others = (held.person(name) for name in ("Kim", "Ada", "Bo"))
    voted(held, kim, *others)
    counted = "Deliver a specific thing most common answer your answer"
    assert counted in kim.page().text
    held.facilitator.open_round(["work_kind"])
    kim.vote({"work_kind": "learn"})
    held.facilitator.reveal()
    said = kim.page().text
    assert counted in said
    assert said.count("your answer") == 15
    held.facilitator.agree(ALL_ALIKE, held.model)
    others.append(held.person("Cy"))
    for showing in ((kim, *others), others):
        held.facilitator.open_check()
        for person in showing:
            person.post("vote", person.form() | sheet({FIST: "4"}))
        held.facilitator.reveal()
    said = kim.page().text
    assert "4 fingers" in said
    assert "4 fingers your answer" not in said


def test_the_question_that_is_talked_about_comes_first(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    before = kim.page()
    assert "We are talking about this now" not in before.text
    held.facilitator.focus("review_rhythm")
    headings = re.findall(r"<h2>(.*?)</h2>", kim.get().text)
    assert headings[0] == "How often would you look at progress together?"
    assert headings.count(headings[0]) == 1
    assert "We are talking about this now" in kim.page().text


def test_a_named_room_shows_names_and_an_anonymous_one_none() -> None:
    for named in (True, False):
        held = hold(named=named)
        people = [held.person("QKIM"), held.person("QADA")]
        held.facilitator.open_round()
        for person in people:
            person.vote({"work_kind": "deliver"}, {"work_kind": "It was sold."})
        held.facilitator.reveal()
        said = held.person("Watcher", watch="yes").page().text
        assert ("QKIM" in said) == ("QADA : It was sold." in said) == named
        assert said.count("It was sold.") == 2


def test_people_of_one_name_are_told_apart_and_names_do_not_reorder_each_other() -> None:
    """Robustness 36."""
    held = hold(named=True)
    right_to_left = "\u05d3\u05e0\u05d4"
    voted(held, *(held.person(name) for name in ("Dana", "Ben", "Dana", "Ada", right_to_left)))
    names = f"<bdi>Dana (seat 1)</bdi>, <bdi>Dana (seat 3)</bdi>, <bdi>{right_to_left}</bdi>"
    assert names in held.person("Kim").get().text


def test_too_few_votes_are_shown_to_nobody() -> None:
    held = hold(smallest_group=3)
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    said = kim.page().text
    assert "2 people voted: too few to show (at least 3)." in said
    assert "Deliver a specific thing" not in said


def test_the_check_shows_fingers_and_who_is_asked_to_speak(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    voted(held, kim, ada)
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    kim.post("vote", kim.form() | sheet({FIST: "2"}, {FIST: "We cannot measure it."}))
    ada.post("vote", ada.form() | sheet({FIST: "5"}))
    held.facilitator.reveal()
    said = kim.page().text
    assert "Do we stand behind it?" in said
    assert "1 of 2 people show three fingers or more." in said
    assert "One person shows two fingers or fewer, and can say why if they want to." in said
    assert "2 fingers your answer 1" in said
    assert "We cannot measure it." in said
    assert "5 fingers your answer 1" in ada.page().text


def test_what_is_put_to_the_check_stands_above_the_fingers_and_stays_with_the_result(held: Held) -> None:
    """The advice, what has to be fixed before it, and the answers behind it; fingers from none to five."""
    kim, ada = held.person("Kim"), held.person("Ada")
    voted(held, kim, ada)
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    page = kim.page()
    assert page.text.index(FIX_FIRST) < page.text.rindex("Fist of five: how far do you stand behind")
    assert page.text.index("0 fingers") < page.text.index("5 fingers")
    for person in (kim, ada):
        person.post("vote", person.form() | sheet({FIST: "4"}))
    held.facilitator.reveal()
    said = kim.page().text
    assert FIX_FIRST in said
    assert said.index("0 fingers") < said.index("5 fingers")
    finish(held)
    assert FIX_FIRST in kim.page().text
    assert FIX_FIRST in kim.page("/record").text


def test_everybody_sees_what_their_own_answers_lead_to(held: Held) -> None:
    kim, ada, watcher = held.person("Kim"), held.person("Ada"), held.person("Watcher", watch="yes")
    voted(held, kim, ada)
    mine = [person.page().text for person in (kim, ada, watcher)]
    assert [text.count("Your own answers lead to ") for text in mine] == [1, 1, 0]
    assert "Your own answers lead to milestones." in mine[0]


def test_the_numbers_of_what_is_not_talked_about_are_folded_away(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    held.facilitator.focus("work_kind")
    folded = [each for each in kim.page().all("details") if each["id"].startswith("more_")]
    assert [each["id"] for each in folded if "open" in each] == ["more_work_kind"]
    assert len(folded) == 15


def test_where_too_few_voted_everybody_is_told_so(held: Held) -> None:
    kim = held.person("Kim")
    held.person("Ada")
    voted(held, kim)
    assert "Only one person voted, so nothing is shown: at least 2 have to" in kim.page().text


def test_the_end_leads_to_the_result_and_the_record(held: Held) -> None:
    kim, watcher = held.person("Kim"), held.person("Watcher", watch="yes")
    voted(held, kim, held.person("Ada"))
    finish(held)
    for person in (kim, watcher):
        page = person.page()
        links = [link["href"] for link in page.all("a")]
        result = next(link for link in links if link.startswith("/result?a="))
        assert result.endswith("&t=Faster+checkout+in+the+app")
        assert f"{held.path}/record" in links
        shown = [
            page.text.index(text) for text in ("Open the result", "all reasons, what", "Record of the workshop")
        ]
        assert shown == sorted(shown), "what is said of the result stands under it"
        for text in ("Owner Dana R.", "To be looked at again on 1 March 2027", "All 15 answers"):
            assert text in page.text
        assert page.all("form") == []


def test_a_nudge_is_for_those_who_are_not_done(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    watcher = held.person("Watcher", watch="yes")
    held.facilitator.open_round()
    all_answered(kim)
    nudge = "asks you to finish"
    assert nudge not in ada.page().text
    held.facilitator.nudge()
    assert nudge in ada.page().text
    assert nudge not in kim.page().text
    assert nudge not in watcher.page().text
    held.facilitator.close()
    assert nudge not in ada.page().text


@pytest.mark.parametrize(
    ("lasts", "said", "seconds"),
    [
        (timedelta(minutes=5), "Closes in about 5 minutes (when this page was loaded).", "300"),
        (timedelta(seconds=70), "Closes in about a minute (when this page was loaded).", "70"),
        (timedelta(seconds=20), "Closes in less than a minute (when this page was loaded).", "20"),
        (timedelta(hours=2), "Closes in about 2 hours (when this page was loaded).", "7200"),
        (timedelta(hours=20), "Closes in about 20 hours (when this page was loaded).", None),
        (timedelta(days=3), "Open until 8 October 2026.", None),
        (None, "", None),
    ],
)
def test_the_time_that_is_left_is_said_and_counted_down(
    held: Held, lasts: timedelta | None, said: str, seconds: str | None
) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round(lasts=lasts)
    page = kim.page()
    assert said in page.text
    shown = [e for e in page.all("span") if e.get("id") == "closes"]
    assert [e.get("data-seconds") for e in shown] == ([seconds] if lasts else [])
    if seconds:
        assert shown[0]["data-text"] == "Closes in {time}."
