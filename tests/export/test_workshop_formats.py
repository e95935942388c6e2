"""The files of a workshop record: what each holds, what may not be in any, and that they can be read again."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.export import typeset
from okr_assistant.export.workshop_formats import WORKSHOP_FORMATS, WorkshopExport, workshop_file_name
from okr_assistant.paths import ROOT
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import reveal
from tests.export.played import every_kind, exported, play, random_workshop, two_rounds
from tests.export.reading import read_document
from tests.export.test_votes import may_be_shown

DICE = 8
STARTS = {"pdf": b"%PDF-", "md": b"# ", "json": b"{", "ics": b"BEGIN:VCALENDAR\r\n"}
KEY = re.compile(r"^[a-z_]+$")


def read(made: WorkshopExport) -> dict[str, Any]:
    found = json.loads(WORKSHOP_FORMATS["json"].write(made))
    assert isinstance(found, dict)
    return found


def test_each_writes_what_it_says_the_same_every_time(model: Model, words: Words) -> None:
    made = exported(two_rounds(model, named=True), model, words)
    assert set(WORKSHOP_FORMATS) == set(STARTS)
    for id_, each in WORKSHOP_FORMATS.items():
        assert each.id == id_
        assert words(each.label)
        assert each.write(made).startswith(STARTS[id_])
        assert each.write(made) == each.write(made)
        assert workshop_file_name(made.room, each.ending, words) == f"Workshop-Faster-checkout-2026-03-04.{id_}"


# anonymity


@pytest.mark.parametrize("ending", ["md", "json", "ics"])
def test_who_is_who_changes_no_byte_in_an_anonymous_room(ending: str, model: Model, words: Words) -> None:
    dice, write = random.Random(7), WORKSHOP_FORMATS[ending].write
    rooms = [two_rounds(model, named=False), *(random_workshop(model, dice, named=False) for _ in range(DICE))]
    for played in rooms:
        before = write(exported(played, model, words))
        for other in (played.renamed(), played.permuted(dice).renamed()):
            assert write(exported(other, model, words)) == before
        names = {person.name for person in played.people} - {vote.reason for vote in played.votes}
        assert [name for name in names if name.encode() in before] == []


def test_nor_in_the_pdf(model: Model, words: Words) -> None:
    played = two_rounds(model, named=False)
    write = WORKSHOP_FORMATS["pdf"].write
    before = write(exported(played, model, words))
    assert write(exported(played.permuted(random.Random(8)).renamed(), model, words)) == before
    named = two_rounds(model, named=True)
    assert write(exported(named.renamed(), model, words)) != write(exported(named, model, words))


@pytest.mark.parametrize("ending", WORKSHOP_FORMATS)
def test_nothing_of_a_question_that_too_few_answered_is_in_any_file(
    ending: str, model: Model, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    compiled = typeset._compiled

    def watched(template: Any, data: Any, *more: Any) -> bytes:
        given.append(data)
        return compiled(template, data, *more)

    monkeypatch.setattr(typeset, "_compiled", watched)
    made = exported(every_kind(model)["nothing to show"], model, words)
    written = WORKSHOP_FORMATS[ending].write(made)
    said = json.dumps(given) if ending == "pdf" else written.decode()
    assert "secret" not in said
    assert "Wait" in said, "what was decided is there, so the search would find something"


# JSON


def test_the_json_has_every_vote_that_may_be_shown(model: Model, words: Words) -> None:
    """In a named room each with its person, in an anonymous one as counts and reasons."""
    dice = random.Random(9)
    for _ in range(DICE):
        played = random_workshop(model, dice, named=dice.random() < 0.5)
        shown = may_be_shown(played)
        found = read(exported(played, model, words))
        cast = [(each["number"], vote) for each in found["rounds"] for vote in each["votes"]]
        counts = Counter({(n, v["question"], c): k for n, v in cast for c, k in v["counts"].items()})
        assert +counts == Counter((vote.round, vote.question, vote.choice) for vote in shown)
        if played.room.setup.named:
            people = [
                (n, v["question"], p["seat"], p["choice"], p["reason"]) for n, v in cast for p in v["people"]
            ]
            assert sorted(people) == sorted((v.round, v.question, v.seat, v.choice, v.reason) for v in shown)
        else:
            reasons = [(n, v["question"], r["choice"], r["reason"]) for n, v in cast for r in v["reasons"]]
            expected = [(v.round, v.question, v.choice, v.reason) for v in shown if v.reason]
            assert sorted(reasons) == sorted(expected)
            assert not any("people" in v for _, v in cast)


def test_the_json_says_what_the_votes_say(model: Model, words: Words) -> None:
    for played in every_kind(model).values():
        found, said = read(exported(played, model, words)), reveal(played.room, played.votes, model)
        assert [each["question"] for each in found["questions"]] == [each.question for each in said.questions]
        for each, of in zip(found["questions"], said.questions, strict=True):
            for key in (
                "statistic",
                "proposal",
                "agreed",
                "lowest",
                "highest",
                "span",
                "matters",
                "voted",
                "again",
            ):
                assert each[key] == getattr(of, key), key
            assert each["counts"] == {choice: len(seats) for choice, seats in of.seats.items()}
            assert [(c["option"], c["people"], tuple(c["outcome"])) for c in each["camps"]] == [
                (camp.option, len(camp.seats), camp.outcome) for camp in of.camps
            ]
            assert [(m["from"], m["to"], m["people"]) for m in each["moves"]] == [
                (move.from_, move.to, move.people) for move in of.moves
            ]
            shift = of.shift and {
                "option": of.shift.option, "people": of.shift.people, "outcome": list(of.shift.outcome)
            }  # fmt: skip
            assert each["shift"] == shift
        assert found["too_few"] == list(said.too_few)
        assert [(tuple(each["outcome"]), each["people"]) for each in found["by_person"]] == list(said.by_person)
        assert found["possible"] == list(said.possible)


@pytest.mark.parametrize("name", ["named", "hostile", "no shapes", "right to left"])
def test_what_people_typed_comes_back_as_it_was(name: str, model: Model, words: Words) -> None:
    played = every_kind(model)[name]
    found = read(exported(played, model, words))
    setup = played.room.setup
    workshop = found["workshop"]
    assert (workshop["title"], workshop["about"], workshop["decider"]) == (setup.title, setup.about, setup.decider)
    assert [p["name"] for p in workshop["people"]] == [person.name for person in played.people]
    reasons = {p["reason"] for each in found["rounds"] for vote in each["votes"] for p in vote["people"]}
    assert reasons == {vote.reason for vote in may_be_shown(played)}


def test_the_result_in_it_opens_again_like_every_other(models: Models, model: Model, words: Words) -> None:
    for played in every_kind(model).values():
        made = exported(played, model, words)
        record, found, differences = read_document(json.dumps(read(made)["record"]).encode(), models)
        assert record == made.record
        assert record.sheet.answers == played.room.agreed
        assert record.decision.review_on == (played.room.outcome and played.room.outcome.review_on)
        assert differences == ()
        assert found.result == made.found.result


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def test_every_key_is_in_the_docs(model: Model, words: Words) -> None:
    docs = (ROOT / "docs" / "workshop-record.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", docs))
    for played in every_kind(model).values():
        found = read(exported(played, model, words))
        del found["record"]  # is what docs/decision.md says
        ids = {choice for question in model.questions for choice in (question.id, *question.choices)}
        assert {key for key in keys(found) if KEY.fullmatch(key)} - ids - told == set()
        assert set(found) <= told


# the calendar


def test_the_calendar_has_the_day_on_which_the_group_looks_again(model: Model, words: Words) -> None:
    played = two_rounds(model, named=True)
    entry = WORKSHOP_FORMATS["ics"].write(exported(played, model, words)).decode()
    assert "DTSTART;VALUE=DATE:20260602\r\n" in entry
    assert "SUMMARY:Look again: Faster checkout\r\n" in entry
    assert "DTSTAMP:20260304T" in entry
    outcome = replace(played.room.outcome, review_on=date(2027, 1, 31)) if played.room.outcome else None
    other = replace(played, room=replace(played.room, outcome=outcome))
    assert "DTSTART;VALUE=DATE:20270131" in WORKSHOP_FORMATS["ics"].write(exported(other, model, words)).decode()


def test_the_files_of_the_largest_workshop_can_still_be_sent(model: Model, words: Words) -> None:
    """200 people with a reason for every answer to 15 questions, three times."""
    dice = random.Random(10)
    ballot = {q.id: list(q.choices) for q in model.questions}
    rounds = [
        {
            seat: {id_: (dice.choice(choices), "A reason of some length.") for id_, choices in ballot.items()}
            for seat in range(1, 201)
        }
        for _ in range(3)
    ]
    played = play(
        model, [f"Person {n}" for n in range(1, 201)], rounds, agreed={"work_kind": "change"}, named=True
    )
    made = exported(played, model, words)
    assert len(WORKSHOP_FORMATS["md"].write(made)) < 1_000_000
    assert len(WORKSHOP_FORMATS["json"].write(made)) < 5_000_000
