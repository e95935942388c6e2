"""The reveal in words: sentences on the real model."""

from __future__ import annotations

from typing import Any

import pytest

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView, reveal_view
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import reveal
from tests.workshop.rooms import Held, held


def view_of(model: Model, found: Held, words: Words) -> RevealView:
    said = reveal(found.room, found.votes, model)
    return reveal_view(said, found.room, found.people, found.votes, model, words)


def question(view: RevealView, id_: str) -> RevealedQuestion:
    return next(shown for shown in view.questions if shown.id == id_)


def twelve(model: Model, **more: Any) -> Held:
    """Seven say that something has to change, four that it has to go on as it is, one does not know."""
    chosen = ["change"] * 7 + ["sustain"] * 4 + [UNSURE]
    return held(model, {seat: {"work_kind": choice} for seat, choice in enumerate(chosen, start=1)}, **more)


def test_seven_of_twelve(model: Model, words: Words) -> None:
    view = view_of(model, twelve(model), words)
    assert view.headline == "7 of 12 people's own answers lead to OKRs"
    assert view.group == (
        "If we take the most common or middle answer to each question: OKRs. Nothing is agreed yet."
    )
    assert len(view.still_open) == 14
    assert view.deciding == "One disagreement changes the result."
    assert [(bar.label, bar.approaches, bar.people) for bar in view.by_person][:2] == [
        ("OKRs", ("okr",), 7),
        ("Health metrics", ("health_metrics",), 4),
    ]
    first = view.questions[0]
    assert (first.text, first.matters, first.proposal, first.agreed) == (
        "What is this work mainly for?", True, "change", None,
    )  # fmt: skip
    assert first.voted == "12 people voted. One of them does not know."
    assert first.statistic == "Most common of 11 answers: “Change how something performs”."
    assert first.spread == "2 different answers."
    assert first.consequence == "This decides. If the answer is:"
    assert first.sides == (
        "“Change how something performs” → OKRs",
        "“Keep something running as it is” → health metrics",
    )
    assert first.shift == "2 people moving to “Keep something running as it is” would make it health metrics."
    assert [(bar.people, bar.standing) for bar in first.bars] == [
        (7, "most common answer"), (0, ""), (4, ""), (0, ""), (0, ""), (0, ""), (1, ""),
    ]  # fmt: skip
    assert first.bars[2].share == pytest.approx(400 / 7)


def test_who_answered_only_some_of_the_questions_is_counted_and_said(model: Model, words: Words) -> None:
    """A late comer with one answer is one person in the headline, like everybody else; the room is told."""
    all_of_it = {"work_kind": "change", "commitment": "direction"}
    votes: dict[int, dict[str, str]] = {seat: dict(all_of_it) for seat in range(1, 6)}
    assert view_of(model, held(model, votes), words).partly == ""
    late = view_of(model, held(model, {**votes, 6: {"work_kind": "sustain"}}), words)
    assert late.partly == "1 person answered only some of the questions, and counts like everybody else here."
    assert late.headline.startswith("5 of 6 people's own answers")
    unsure = view_of(model, held(model, {**votes, 6: dict.fromkeys(all_of_it, UNSURE)}), words)
    assert unsure.partly == "", "not knowing is an answer"


def test_only_the_rooms_questions_wait_for_an_answer(model: Model, words: Words) -> None:
    found = twelve(model, questions=["work_kind", "commitment"])
    view = view_of(model, found, words)
    assert view.still_open == ("What has been promised to others?",)
    nothing = view_of(model, held(model, {1: {"work_kind": "change"}, 2: {"work_kind": "sustain"}}), words)
    assert nothing.group == "No question has a most common or middle answer, and nothing is agreed yet."


def test_a_question_that_decides_and_has_no_common_answer_is_open_too(model: Model, words: Words) -> None:
    kinds = ("change", "change", "deliver", "deliver", "learn")
    votes = {seat: {"work_kind": kind, "autonomy": "team"} for seat, kind in enumerate(kinds, start=1)}
    view = view_of(model, held(model, votes, questions=["work_kind", "autonomy"]), words)
    assert question(view, "work_kind").matters
    assert view.still_open == ("What is this work mainly for?",)
    assert view.group.startswith("If we take the most common or middle answer to each question: ")
    assert view.group.endswith("Nothing is agreed yet. One question has no such answer, and counts as open here.")


def test_what_a_mix_can_lead_to(model: Model, words: Words) -> None:
    sure = held(model, {seat: {"work_kind": "change" if seat < 4 else "sustain"} for seat in range(1, 7)})
    assert view_of(model, sure, words).possible == (
        "Depending on which of the votes we agree on, the result is one of: OKRs and health metrics."
    )
    alike = held(model, {seat: {"work_kind": "change"} for seat in range(1, 7)})
    assert view_of(model, alike, words).possible == "Whatever mix of these votes is taken, it leads to OKRs."


def test_everybody_and_as_many_and_nobody(model: Model, words: Words) -> None:
    def headline(*chosen: str) -> str:
        found = held(model, {seat: {"work_kind": choice} for seat, choice in enumerate(chosen, start=1)})
        return view_of(model, found, words).headline

    assert headline("change", "change") == "All 2 people's own answers lead to OKRs"
    assert headline("change", "sustain", "learn") == (
        "1 of 3 people's own answers lead to OKRs, 1 to health metrics and 1 to hypotheses"
    )
    assert headline() == "Nobody has voted on these questions yet"


def test_medians_with_and_without_one_in_the_middle(model: Model, words: Words) -> None:
    def shown(*chosen: str) -> RevealedQuestion:
        found = held(model, {seat: {"commitment": choice} for seat, choice in enumerate(chosen, start=1)})
        return question(view_of(model, found, words), "commitment")

    even = shown("nothing", "nothing", "date", "date", UNSURE)
    assert even.statistic == (
        "No clear middle (median): 2 people at “Nothing binding” or before, 2 at “A thing by a date” or after."
    )
    assert shown("nothing", "date").statistic == (
        "No clear middle (median): 1 person at “Nothing binding” or before, 1 at “A thing by a date” or after."
    )
    assert even.spread == "From “Nothing binding” to “A thing by a date”, 2 steps apart."
    assert (
        shown("nothing", "direction", "direction").statistic
        == "Middle answer (median of 3 answers): “A direction”."
    )
    assert shown("nothing", "direction").spread == "From “Nothing binding” to “A direction”, one step apart."
    assert shown("date", UNSURE).statistic == "Middle answer (median of one answer): “A thing by a date”."
    assert shown("date", "date").spread == "All who chose an option chose the same."
    assert shown("date", "date").consequence == "Nobody disagrees."
    assert shown(UNSURE, UNSURE).statistic == "Everybody answered “I don't know”."
    assert shown(UNSURE, UNSURE).consequence == "Something to find out: most do not know."
    assert shown(UNSURE, UNSURE).spread == ""


def test_equally_frequent_answers_are_named(model: Model, words: Words) -> None:
    found = held(model, {seat: {"work_kind": c} for seat, c in enumerate(["change", "sustain"] * 2, start=1)})
    shown = question(view_of(model, found, words), "work_kind")
    assert shown.statistic == (
        "No most common of 4 answers: “Change how something performs” and “Keep something running as it is” "
        "come equally often."
    )
    assert shown.shift == (
        "One person moving to “Change how something performs” would make it OKRs. "
        "One person moving to “Keep something running as it is” would make it health metrics."
    )


def test_a_disagreement_that_changes_nothing(model: Model, words: Words) -> None:
    sheets = {seat: {"work_kind": "change", "commitment": "direction"} for seat in range(1, 7)}
    sheets[1] = sheets[2] = {"work_kind": "change", "commitment": "nothing"}
    view = view_of(model, held(model, sheets), words)
    assert question(view, "commitment").consequence == (
        "On its own, as the votes stand, this does not change the result."
    )
    assert view.deciding == "As the votes stand, no disagreement changes the result on its own."


def test_a_disagreement_about_a_question_that_drops_out(model: Model, words: Words) -> None:
    sheets = {
        seat: {"outcome_clarity": "only_output", "measurability": "baseline" if seat < 4 else "judgement"}
        for seat in range(1, 7)
    }
    shown = question(view_of(model, held(model, sheets), words), "measurability")
    assert (
        shown.consequence == "With the group's answers this question drops out, so it does not change the result."
    )


def test_too_few_are_told_without_what_they_chose(model: Model, words: Words) -> None:
    view = view_of(model, held(model, {1: {"work_kind": "change"}, 2: {"work_kind": "change"}}, fewest=3), words)
    assert view.too_few == ("What is this work mainly for? 2 people voted: too few to show (at least 3).",)
    assert view.headline == "Only 2 people voted on a question, so nothing is shown: at least 3 have to"
    assert all(shown.voted == "Nobody voted on this." for shown in view.questions)


def test_what_was_agreed_is_marked(model: Model, words: Words) -> None:
    def standing(agreed: str) -> list[str]:
        bars = question(view_of(model, twelve(model, agreed={"work_kind": agreed}), words), "work_kind").bars
        return [bar.standing for bar in bars if bar.standing]

    assert standing("sustain") == ["most common answer", "the group's answer"]
    assert standing("change") == ["agreed: most common answer"]


def test_named_votes_have_names_and_reasons_theirs(model: Model, words: Words) -> None:
    reasons = {(1, 2, "work_kind"): "<b>We tried</b>", (1, 1, "work_kind"): "Zeal"}
    named = question(view_of(model, twelve(model, named=True, reasons=reasons), words), "work_kind").bars[0]
    assert named.names[:2] == ("Person 1", "Person 2")
    assert named.reasons == (("Zeal", "Person 1"), ("<b>We tried</b>", "Person 2"))
    unnamed = question(view_of(model, twelve(model, reasons=reasons), words), "work_kind").bars[0]
    assert unnamed.names == ()
    assert unnamed.reasons == (("<b>We tried</b>", ""), ("Zeal", ""))


def test_a_reason_stays_while_its_choice_does(model: Model, words: Words) -> None:
    first = {seat: {"work_kind": "change"} for seat in (1, 2, 3)}
    again = {1: {"work_kind": "change"}, 2: {"work_kind": "sustain"}, 3: {"work_kind": "change"}}
    reasons = {
        (1, 1, "work_kind"): "Said once",
        (1, 2, "work_kind"): "No longer so",
        (1, 3, "work_kind"): "At first",
        (2, 3, "work_kind"): "On reflection",
    }
    bars = question(view_of(model, held(model, first, again, reasons=reasons), words), "work_kind").bars
    assert bars[0].reasons == (("On reflection", ""), ("Said once", ""))
    assert bars[2].reasons == ()


def test_a_median_between_two_camps_is_not_sold_as_the_groups_answer(model: Model, words: Words) -> None:
    def view(*chosen: str) -> RevealView:
        found = held(model, {seat: {"commitment": choice} for seat, choice in enumerate(chosen, start=1)})
        return view_of(model, found, words)

    split = view(*["nothing"] * 4, "direction", *["date"] * 4)
    shown = question(split, "commitment")
    assert shown.statistic == (
        "Two camps: “Nothing binding” (4) and “A thing by a date” (4). "
        "The median lies between them, at “A direction”; few chose it."
    )
    assert [bar.standing for bar in shown.bars if bar.standing] == ["median, between two camps"]
    assert split.group.endswith("On one question the middle lies between two camps.")
    for chosen in (["nothing", "direction", "date"], ["nothing"] * 2 + ["direction"] * 2 + ["date"]):
        assert "camps" not in view(*chosen).group + question(view(*chosen), "commitment").statistic


def test_what_most_do_not_know_is_named_as_something_to_find_out(model: Model, words: Words) -> None:
    sheets = {seat: {"commitment": UNSURE, "autonomy": "team"} for seat in range(1, 7)}
    sheets[6]["commitment"] = "date"
    view = view_of(model, held(model, sheets), words)
    shown = question(view, "commitment")
    assert (shown.consequence, shown.to_find_out) == ("Something to find out: most do not know.", True)
    assert view.find_out == ("What has been promised to others?",)
    assert "What has been promised to others?" not in view.still_open
    agreed = view_of(model, held(model, sheets, agreed={"commitment": UNSURE}), words)
    assert agreed.find_out == (), "that they do not know is agreed on"


def test_the_group_has_one_result_and_it_says_what_it_is(model: Model, words: Words) -> None:
    sheets = {seat: {"work_kind": "change", "commitment": "direction"} for seat in range(1, 7)}

    def group(agreed: dict[str, str]) -> str:
        return view_of(model, held(model, sheets, agreed=agreed), words).group

    assert (
        group({}) == "If we take the most common or middle answer to each question: OKRs. Nothing is agreed yet."
    )
    assert group({"work_kind": "change"}) == (
        "With what is agreed, and the most common or middle answer to the other questions: OKRs."
    )
    assert group({"work_kind": "change", "commitment": "direction"}) == "What we agreed on leads to: OKRs."


def test_each_approach_that_is_named_has_one_line(model: Model, words: Words) -> None:
    view = view_of(model, twelve(model), words)
    assert [name for name, _ in view.approaches] == ["OKRs", "KPIs and health metrics"]
    assert all(summary == " ".join(summary.split()) for _, summary in view.approaches)


def test_when_every_approach_is_possible_that_is_said(model: Model, words: Words) -> None:
    sheets = {
        seat: {each.id: each.choices[seat % len(each.choices)] for each in model.questions} for seat in range(30)
    }
    assert view_of(model, held(model, sheets), words).possible == (
        "Depending on which of the votes we agree on, every approach is possible."
    )
