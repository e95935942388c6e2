"""What a record of a workshop says, what it never says, and that in anonymous rooms nobody can be told apart."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.workshop_formats import WORKSHOP_FORMATS
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.views.workshop.record import WorkshopRecordView
from okr_assistant.views.workshop.recorded import RecordedQuestion
from okr_assistant.words import Words
from tests.export.played import (
    NAMES,
    Ballot,
    Played,
    all_of,
    every_kind,
    exported,
    play,
    random_workshop,
    two_rounds,
)
from tests.export.samples import leaves
from tests.still import NOON

DICE = 12


def view(played: Played, model: Model, words: Words) -> WorkshopRecordView:
    return exported(played, model, words).view


def test_a_decision_whose_words_were_corrected_says_so_and_when(model: Model, words: Words) -> None:
    played = two_rounds(model, named=False)
    assert "corrected" not in view(played, model, words).decision.note
    assert played.room.outcome is not None
    outcome = replace(played.room.outcome, decided="Wait", corrected_at=NOON + timedelta(days=1))
    corrected = replace(played, room=replace(played.room, outcome=outcome))
    found = view(corrected, model, words)
    assert found.decision.decided == "Wait"
    assert "These words were corrected on 2 June 2026" in found.decision.note
    assert found.answers == view(played, model, words).answers
    with_date = exported(corrected, model, words)
    assert b"DTSTAMP:20260602" in WORKSHOP_FORMATS["ics"].write(with_date)
    assert b'"corrected_at": "2026-06-02' in WORKSHOP_FORMATS["json"].write(with_date)


def texts(view: WorkshopRecordView) -> list[str]:
    return [value for _, value in leaves(view) if isinstance(value, str)]


def question(view: WorkshopRecordView, id_: str) -> RecordedQuestion:
    return next(found for found in view.questions if found.id == id_)


def last_choices(played: Played, id_: str) -> list[str]:
    """What people stand by on a question in the end, counted anew: the last vote of each person that counts."""
    last: dict[int, str] = {}
    for round_ in played.room.votes_shown:
        of_round = {v.seat: v.choice for v in played.votes if (v.question, v.round) == (id_, round_.number)}
        last |= {} if id_ in round_.uncounted else of_round
    return list(last.values())


def test_it_says_when_it_was_who_took_part_and_what_was_decided(model: Model, words: Words) -> None:
    found = view(two_rounds(model, named=True), model, words)
    assert dict(found.facts) == {
        "Finished on": "4 March 2026", "Answered": "7 people", "Watched": "one person", "Votes": "2 rounds",
        "Agreed on": "3 of 15 questions", "Model": model.version,
    }  # fmt: skip
    assert found.people == (
        ("Named to decide", ("Grace Hopper",)),
        ("Who answered", (*NAMES[:-2], f"{NAMES[-2]} (seat 6)", f"{NAMES[-1]} (seat 7)")),
        ("Who watched", ("A watcher",)),
    )
    decision = found.decision
    assert (decision.decided, decision.owner, decision.review_on) == (
        "OKRs for two quarters", "Katherine Johnson", "2 June 2026"
    )  # fmt: skip
    assert decision.because == "Six teams.\nOne wish."


def test_it_says_what_the_agreed_answers_lead_to_and_not_the_proposals(model: Model, words: Words) -> None:
    """The group votes for OKRs on three questions and agrees on an answer to one, which says something else."""
    votes = {"work_kind": "change", "outcome_clarity": "number", "people_to_align": "many_teams"}
    played = play(model, NAMES[:3], [all_of(3, votes)], agreed={"work_kind": "sustain"})
    found = view(played, model, words)
    result = assess(model, AnswerSheet({"work_kind": "sustain"}))
    assert found.sentence == verdict_sentence(model, result, words)
    assert found.outcome == result.outcome == ("health_metrics",)
    assert found.summary[0].startswith("It is ")
    given = {answer.question: answer.answer for answer in found.answers if answer.given}
    assert given == {model.questions_by_id["work_kind"].text: "Keep something running as it is"}
    assert {answer.answer for answer in found.answers if not answer.given} == {
        "not agreed on",
        "nobody voted on it",
    }


def test_open_questions_are_told_apart_from_those_that_the_workshop_never_asked(
    model: Model, words: Words
) -> None:
    played = play(model, NAMES[:3], [all_of(3, {"work_kind": "change"})], agreed={"work_kind": "change"})
    setup = replace(played.room.setup, questions=("work_kind", "autonomy"))
    found = view(replace(played, room=replace(played.room, setup=setup)), model, words)
    assert dict(found.facts)["Agreed on"] == "1 of 2 questions"
    said = " ".join(found.summary)
    assert "One question of the workshop is still open. 13 more questions were not asked in the workshop." in said
    assert "questions are still open" not in said
    assert "was not asked" not in " ".join(view(played, model, words).summary), "all of them were"


@pytest.mark.parametrize("named", [True, False])
def test_the_reasons_of_those_who_have_moved_or_said_it_differently_are_kept(
    model: Model, words: Words, named: bool
) -> None:
    found = question(view(two_rounds(model, named=named), model, words), "outcome_clarity")
    given = [(said.choice, said.reason, said.name) for said in found.earlier]
    ben, emil = ("Ben", "Emil") if named else ("", "")
    unknown = "Round 1: “Not yet”"
    assert sorted(given) == sorted(
        [(unknown, "Nobody has measured it.\nNobody can.", ben), (unknown, "No baseline.", emil)]
    )
    assert {said.reason for said in (*found.against, *found.reasons)} == {
        "Six teams said so.",
        "Still no baseline.",
    }


def test_what_has_to_be_fixed_first_is_named(model: Model, words: Words) -> None:
    answers = {"work_kind": "change", "outcome_clarity": "number", "people_to_align": "many_teams"}
    agreed = answers | {"measurability": "instrument"}
    found = view(play(model, NAMES[:3], [all_of(3, agreed)], agreed=agreed), model, words)
    assert [each.text for each in found.conditions] == [
        "Measure where the result stands today before you set a target."
    ]


def test_rounds_stand_side_by_side_with_what_each_led_to(model: Model, words: Words) -> None:
    found = view(two_rounds(model, named=False), model, words)
    asked_again = question(found, "outcome_clarity")
    assert asked_again.rounds == ("Round 1", "Round 2")
    counts = {choice.choice: choice.counts for choice in asked_again.choices}
    assert counts["number"] == ("3", "6")
    assert counts["unknown"] == ("3", "1")
    assert counts["unsure"] == ("1", "0")
    said = " ".join(asked_again.said)
    assert "Round 1: No most common of 6 answers" in said
    assert "2 people moved from “Not yet” to “Yes, with a number”." in said
    assert question(found, "work_kind").rounds == ("People",)
    assert [each.title for each in found.rounds] == ["Round 1", "Round 2"]
    one_round = play(model, NAMES[:3], [all_of(3, {"work_kind": "change"})], agreed={"work_kind": "change"})
    assert view(one_round, model, words).rounds == (), "one round is not compared with anything"


def test_what_was_hidden_after_the_first_round_stays_so_beside_the_second(model: Model, words: Words) -> None:
    """Two people answer first, and three when it is asked again: what the first two said is shown nowhere."""
    rounds: list[dict[int, Ballot]] = [
        {1: {"work_kind": "change"}, 2: {"work_kind": "change"}, 3: {"autonomy": "team"}},
        {2: {"work_kind": "change"}, 3: {"work_kind": "change"}, 4: {"work_kind": "learn"}},
    ]
    played = play(model, NAMES[:4], rounds, agreed={"work_kind": "change"})
    found = question(view(played, model, words), "work_kind")
    counts = {choice.choice: choice.counts for choice in found.choices}
    assert counts["change"] == ("not shown", "2")
    assert counts["learn"] == ("not shown", "1")
    assert not any("moved" in sentence for sentence in found.said if "Too few" not in sentence)


def test_dissent_is_who_chose_otherwise_than_was_agreed(model: Model, words: Words) -> None:
    """Counted anew from the votes themselves, over many workshops."""
    dice, seen = random.Random(4), Counter[str]()
    many = (random_workshop(model, dice, named=dice.random() < 0.5) for _ in range(DICE))
    for played in (*every_kind(model).values(), *many):
        for found in view(played, model, words).questions:
            agreed, chosen = played.room.agreed.get(found.id), last_choices(played, found.id)
            first, *rest = found.agreed
            if agreed is None:
                assert (first, rest) == ("No answer was agreed on.", [])
                continue
            unsure = chosen.count(UNSURE) if agreed != UNSURE else 0
            other = sum(choice != agreed for choice in chosen) - unsure
            assert first.startswith("Agreed: “")
            of = len(chosen)
            expected = [
                *(["Everybody who answered chose this."] if not other and not unsure else []),
                *([f"{'One' if other == 1 else other} of {of} chose something else."] if other else []),
                *([f"{'One' if unsure == 1 else unsure} of {of} did not know."] if unsure else []),
            ]
            assert rest == expected
            seen.update(sentence.split(" ")[-2] for sentence in rest)
    assert {"something", "chose", "not"} <= set(seen), "all three were there"


def test_reasons_stand_with_the_side_that_they_speak_for(model: Model, words: Words) -> None:
    found = question(view(two_rounds(model, named=True), model, words), "outcome_clarity")
    assert [(said.reason, said.name, said.choice) for said in found.against] == [
        ("Still no baseline.", "Emil", "“Not yet”")
    ]
    assert [(said.reason, said.name) for said in found.reasons] == [("Six teams said so.", "Ben")]
    anonymous = question(view(two_rounds(model, named=False), model, words), "outcome_clarity")
    assert [(said.reason, said.name) for said in anonymous.against] == [("Still no baseline.", "")]


def test_who_shows_few_fingers_is_heard(model: Model, words: Words) -> None:
    (check,) = view(two_rounds(model, named=True), model, words).checks
    assert [choice.counts for choice in check.choices] == [("0",), ("1",), ("1",), ("1",), ("2",), ("1",)]
    assert [(said.name, said.reason, said.choice) for said in check.against] == [
        ("Emil", "Not before March.", "1 finger"), ("Ben", "I miss a baseline.", "2 fingers"),
    ]  # fmt: skip
    first, second = view(every_kind(model)["two checks"], model, words).checks
    assert first.text != second.text


def test_those_that_decide_come_first(model: Model, words: Words) -> None:
    found = view(two_rounds(model, named=False), model, words)
    decides = [each.matters for each in found.questions]
    assert decides == sorted(decides, reverse=True)
    assert found.questions[0].id == "work_kind"


def test_nothing_is_said_of_a_question_that_too_few_answered(model: Model, words: Words) -> None:
    found = view(every_kind(model)["nothing to show"], model, words)
    said = " ".join(texts(found))
    assert "secret" not in said
    assert found.questions == ()
    assert found.checks[0].choices == ()
    assert found.too_few == ("What is this work mainly for? 2 people voted: too few to show (at least 3).",)
    assert "Nothing is shown of a question on which fewer than 3 people voted." in found.rules


def test_in_an_anonymous_room_who_is_who_changes_nothing(model: Model, words: Words) -> None:
    dice = random.Random(5)
    rooms = [two_rounds(model, named=False), *(random_workshop(model, dice, named=False) for _ in range(DICE))]
    for played in rooms:
        before = view(played, model, words)
        for other in (played.renamed(), played.permuted(dice), played.permuted(dice).renamed()):
            assert view(other, model, words) == before
        assert not {person.name for person in played.people} & set(texts(before))


def test_in_a_named_room_it_does(model: Model, words: Words) -> None:
    """Or the test above would show nothing."""
    played = two_rounds(model, named=True)
    assert view(played.renamed(), model, words) != view(played, model, words)


@pytest.mark.parametrize("named", [True, False])
def test_who_left_between_two_reads_is_in_nothing(named: bool, model: Model, words: Words) -> None:
    """Votes are read first and people a moment later; somebody's votes without their seat are nobody's."""
    played = two_rounds(model, named=named)
    gone = replace(played, people=played.people[1:])
    without = replace(gone, votes=tuple(vote for vote in played.votes if vote.seat != 1))
    assert view(gone, model, words) == view(without, model, words)


@pytest.mark.parametrize("name", ["all agree", "nothing to show", "two checks", "right to left"])
def test_every_text_is_whole(name: str, model: Model, words: Words) -> None:
    for text in texts(view(every_kind(model)[name], model, words)):
        assert "{" not in text
        assert ".." not in text
        assert text == text.strip()
