"""Where a workshop stands, what to do next, and the script for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.facilitation import Step, proposals, step_of, step_view, telling_questions
from okr_assistant.views.workshop.reveal import RevealView, reveal_view
from okr_assistant.views.workshop.script import PLAN, ScriptView, script_view
from okr_assistant.words import Words
from okr_assistant.workshop import steps
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import Outcome, Room, Round, Setup
from tests.still import NOON
from tests.workshop.rooms import Held, held

SPLIT = {
    1: {"work_kind": "sustain", "autonomy": "team", "product_stage": "idea"},
    2: {"work_kind": "change", "autonomy": "team", "product_stage": "growing"},
    3: {"work_kind": "change", "autonomy": "negotiated", "product_stage": "established"},
}
"""The kind of work decides, and the others do not."""
STEPS: tuple[Step, ...] = get_args(Step)


def seen(found: Held, model: Model, words: Words) -> RevealView:
    revealed = reveal(found.room, found.votes, model)
    return reveal_view(revealed, found.room, found.people, found.votes, model, words)


def step(room: Room, view: RevealView | None = None) -> Step:
    return step_of(room, room.phase(NOON), view)


def lobby(model: Model) -> Room:
    questions = tuple(model.questions_by_id)
    setup = Setup(
        "Checkout", "", model.version, model.digest, questions, named=False, smallest_group=2, decider=""
    )
    return Room("room", "00000000", setup, NOON)


def test_a_workshop_goes_through_its_steps_in_order(model: Model, words: Words) -> None:
    room = lobby(model)
    assert step(room) == "welcome"
    room = steps.open_round(room, (), None, NOON)
    assert step(room) == "vote"
    room = steps.close(room, NOON)
    assert step(room) == "closed"
    found = held(model, SPLIT)
    view = seen(found, model, words)
    assert step(found.room, view) == "discuss"
    decided = replace(found.room, agreed={"work_kind": "change"})
    assert step(decided, seen(replace(found, room=decided), model, words)) == "agree"
    agreed = replace(
        decided, agreed={**decided.agreed, **{id_: c for id_, c in proposals(decided, view).items() if c}}
    )
    assert step(agreed, seen(replace(found, room=agreed), model, words)) == "check"
    again = steps.open_round(agreed, ["work_kind"], None, NOON)
    assert step(again, view) == "vote_again"
    check = steps.open_check(agreed, None, NOON)
    assert step(check, view) == "fist"
    checked = steps.reveal(check, {}, NOON)
    assert step(checked, view) == "decide"
    assert step(steps.finish(checked, Outcome("OKRs", "", "", None), NOON), view) == "done"


def test_a_round_that_is_over_by_itself_is_closed(model: Model) -> None:
    room = steps.open_round(lobby(model), (), NOON + timedelta(minutes=1), NOON)
    assert step_of(room, room.phase(NOON + timedelta(minutes=1)), None) == "closed"


def test_when_too_few_voted_there_is_nothing_to_talk_about(model: Model, words: Words) -> None:
    found = held(model, {1: {"work_kind": "change"}}, fewest=3)
    assert step(found.room, seen(found, model, words)) == "too_few"


def test_all_the_proposals_of_the_rest_are_never_of_what_decides(model: Model, words: Words) -> None:
    found = held(model, SPLIT)
    assert proposals(found.room, seen(found, model, words)) == {"autonomy": "team", "product_stage": "growing"}
    agreed = replace(found.room, agreed={"autonomy": "negotiated"})
    left = proposals(agreed, seen(replace(found, room=agreed), model, words))
    assert left == {"product_stage": "growing"}, "what is agreed stays agreed"


@pytest.mark.parametrize("at", STEPS)
def test_every_step_says_where_it_is_and_what_to_do_next(at: Step, model: Model, words: Words) -> None:
    view = step_view(lobby(model), at, words)
    assert view.heading
    assert view.next.endswith(".")
    assert sum(now for _, now in view.trail) == 1


def test_the_round_is_named_while_it_is_one(model: Model, words: Words) -> None:
    room = lobby(model)
    assert step_view(room, "welcome", words).round == ""
    assert step_view(steps.open_round(room, (), None, NOON), "vote", words).round == "Round 1, 15 questions."
    check = replace(room, rounds=(Round(1, "check", ("fist_of_five",), NOON),))
    assert step_view(check, "fist", words).round == "Fist of five."


def test_the_telling_questions_are_those_that_can_move_the_points_most(model: Model) -> None:
    assert telling_questions(model, 1) == ("work_kind",)
    eight = telling_questions(model, 8)
    assert len(eight) == 8
    assert [id_ for id_ in model.questions_by_id if id_ in eight] == list(eight), "in their order"
    assert "review_rhythm" not in eight, "it moves no more than three points"
    assert telling_questions(model, 99) == tuple(model.questions_by_id)


# The script


def script(room: Room, at: Step, model: Model, words: Words, view: RevealView | None = None) -> ScriptView:
    return script_view(room, at, view, model, words)


def test_the_plan_takes_45_minutes() -> None:
    assert sum(minutes for said in PLAN.values() for minutes in said.values()) == 45


def test_the_plan_and_the_trail_have_the_same_parts_and_mark_the_same_one(model: Model, words: Words) -> None:
    room = lobby(model)
    for at in STEPS:
        plan, trail = script(room, at, model, words).plan, step_view(room, at, words).trail
        assert [(row.text.partition(",")[0], row.now) for row in plan] == list(trail)


@pytest.mark.parametrize("at", STEPS)
def test_every_step_has_something_to_say_somebody_to_speak_and_something_to_watch_for(
    at: Step, model: Model, words: Words
) -> None:
    found = script(lobby(model), at, model, words)
    assert found.say.startswith("“")
    assert found.first
    assert all(found.first)
    assert all(found.watch)
    assert found.about.startswith("about ")
    assert {source.url.partition("://")[0] for source in found.sources} == {"https"}


def test_the_present_part_of_the_plan_is_marked(model: Model, words: Words) -> None:
    def marked(at: Step) -> list[str]:
        plan = script(lobby(model), at, model, words).plan
        return [row.text for part in plan for row in (part, *part.within) if row.now]

    assert marked("welcome") == ["Join, 5 minutes"]
    assert marked("closed") == ["Vote, 8 minutes"]
    assert marked("agree") == ["Talk, 24 minutes", "Agree, 5 minutes"]


def test_the_room_reads_the_picture_before_it_talks(model: Model, words: Words) -> None:
    found = held(model, SPLIT)
    view = seen(found, model, words)
    assert script(found.room, "discuss", model, words, view).title == "Read the picture"
    talking = replace(found.room, focus="work_kind")
    assert script(talking, "discuss", model, words, view).title == "Talk about what decides"


def speakers(
    question: str, model: Model, words: Words, *, named: bool, votes: dict[int, dict[str, str]] = SPLIT
) -> tuple[str, ...]:
    found = held(model, votes, named=named)
    room = replace(found.room, focus=question)
    return script(room, "discuss", model, words, seen(replace(found, room=room), model, words)).first


def test_the_newest_speaks_first_then_the_lowest_and_the_highest(model: Model, words: Words) -> None:
    first = speakers("product_stage", model, words, named=False)
    assert first[0].startswith("The newest in the team")
    assert first[1] == "Then whoever is lowest, at “An idea”, if they want to say so."
    assert first[2] == "Then whoever is highest, at “Established”, if they want to say so."


def test_in_a_room_with_names_they_are_named(model: Model, words: Words) -> None:
    assert speakers("product_stage", model, words, named=True)[1:] == (
        "Then the lowest, at “An idea”: Person 1.",
        "Then the highest, at “Established”: Person 3.",
    )


def test_where_options_have_no_order_the_few_speak_before_the_many(model: Model, words: Words) -> None:
    assert speakers("work_kind", model, words, named=True)[1:] == (
        "Then those who chose “Keep something running as it is”, which fewest did: Person 1.",
        "Then those who chose “Change how something performs”, which most did: Person 2 and Person 3.",
    )


def test_the_last_words_remind_of_a_date_only_where_there_is_one(model: Model, words: Words) -> None:
    def say(review_on: date | None) -> str:
        over = replace(lobby(model), outcome=Outcome("OKRs", "", "", review_on), finished_at=NOON)
        return script(over, "done", model, words).say

    assert "on the date we wrote down" in say(NOON.date())
    assert "date" not in say(None)


def test_in_a_room_without_names_nobody_has_to_speak(model: Model, words: Words) -> None:
    without = lobby(model)
    named = replace(without, setup=replace(without.setup, named=True))
    assert step_view(named, "decide", words).next.startswith("Whoever showed two fingers or fewer speaks.")
    assert script(named, "decide", model, words).first == ("Whoever showed the fewest fingers.",)
    said = step_view(without, "decide", words).next
    assert said.startswith("Whoever showed two fingers or fewer can say why, if they want to.")
    assert script(without, "decide", model, words).first[0].endswith(", if they want to say so.")


@pytest.mark.parametrize("named", [False, True])
def test_those_whose_answers_are_level_are_all_asked_to_speak(named: bool, model: Model, words: Words) -> None:
    kinds = ("change", "change", "deliver", "deliver", "learn")
    votes = {seat: {"work_kind": kind} for seat, kind in enumerate(kinds, start=1)}
    few, level = speakers("work_kind", model, words, named=named, votes=votes)[1:]
    assert "which fewest did" in few
    who = ": Person 1, Person 2, Person 3 and Person 4." if named else ", if they want to say so."
    assert level.startswith("Then those who" if named else "Then whoever")
    assert level.endswith(
        f"“Change how something performs” or “{model.questions_by_id['work_kind'].option('deliver').label}”, "
        f"which equally many did{who}"
    )
    (all_of_them,) = speakers(
        "work_kind", model, words, named=named, votes={1: {"work_kind": "change"}, 2: {"work_kind": "learn"}}
    )[1:]
    assert "which equally many did" in all_of_them


def test_where_nobody_disagrees_only_the_newest_is_named(model: Model, words: Words) -> None:
    found = held(model, {seat: {"work_kind": "change"} for seat in (1, 2, 3)})
    room = replace(found.room, focus="work_kind")
    view = seen(replace(found, room=room), model, words)
    assert len(script(room, "discuss", model, words, view).first) == 1
