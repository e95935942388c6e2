"""The table of votes: all that may be shown, and in anonymous rooms nothing that tells who is who."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.export.votes import votes_csv
from okr_assistant.words import Words
from okr_assistant.workshop.room import Vote
from tests.export.played import NAMES, Played, all_of, play, random_workshop, two_rounds

DICE = 25


def table(played: Played, model: Model, words: Words) -> list[dict[str, str]]:
    """The rows by heading, as a reader sees them who takes one apostrophe off."""
    data = votes_csv(played.room, played.people, played.votes, model, words)
    assert data.startswith("\ufeff".encode())
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows]


def may_be_shown(played: Played) -> list[Vote]:
    """The votes on questions that enough people answered in that round, counted anew and plainly."""
    people = {person.seat for person in played.people}
    votes = [vote for vote in played.votes if vote.seat in people]
    voted = Counter((vote.round, vote.question) for vote in votes)
    return [v for v in votes if voted[v.round, v.question] >= played.room.setup.smallest_group]


def test_in_a_named_room_every_vote_that_may_be_shown_is_a_row(model: Model, words: Words) -> None:
    dice = random.Random(1)
    for _ in range(DICE):
        played = random_workshop(model, dice, named=True)
        names = {person.seat: person.name for person in played.people}
        rows = [
            (row["Round"], row["Id"], row["Seat"], row["Name"], row["Choice id"], row["Reason"])
            for row in table(played, model, words)
        ]
        assert sorted(rows) == sorted(
            (str(v.round), v.question, str(v.seat), names[v.seat], v.choice, v.reason)
            for v in may_be_shown(played)
        )


def test_in_an_anonymous_room_rows_are_counts_and_reasons(model: Model, words: Words) -> None:
    dice = random.Random(2)
    for _ in range(DICE):
        played = random_workshop(model, dice, named=False)
        shown = may_be_shown(played)
        counts, reasons = Counter[tuple[str, ...]](), defaultdict[tuple[str, ...], list[str]](list)
        for row in table(played, model, words):
            assert set(row) == {"Round", "Id", "Question", "Choice id", "Choice", "People", "Reason"}
            key = (row["Round"], row["Id"], row["Choice id"])
            if row["People"]:
                assert key not in counts
                assert row["Reason"] == ""
                counts[key] = int(row["People"])
            else:
                reasons[key].append(row["Reason"])
        assert +counts == Counter((str(v.round), v.question, v.choice) for v in shown)
        for key, found in reasons.items():
            assert found == sorted(
                v.reason for v in shown if (str(v.round), v.question, v.choice) == key and v.reason
            )
        assert sum(map(len, reasons.values())) == sum(1 for v in shown if v.reason)


def test_every_choice_of_a_question_has_its_count_also_when_nobody_took_it(model: Model, words: Words) -> None:
    rows = table(two_rounds(model, named=False), model, words)
    first = [
        row["Choice id"] for row in rows if (row["Round"], row["Id"]) == ("1", "outcome_clarity") and row["People"]
    ]
    assert tuple(first) == model.questions_by_id["outcome_clarity"].choices
    check = [(row["Choice"], row["People"]) for row in rows if row["Id"] == "fist_of_five" and row["People"]]
    assert check == [("0 fingers", "0"), ("1 finger", "1"), ("2 fingers", "1"), ("3 fingers", "1"),
                     ("4 fingers", "2"), ("5 fingers", "1")]  # fmt: skip


def test_who_is_who_changes_no_byte_in_an_anonymous_room(model: Model, words: Words) -> None:
    dice = random.Random(3)
    for played in [
        two_rounds(model, named=False),
        *(random_workshop(model, dice, named=False) for _ in range(DICE)),
    ]:
        before = votes_csv(played.room, played.people, played.votes, model, words)
        for other in (played.renamed(), played.permuted(dice), played.permuted(dice).renamed()):
            assert votes_csv(other.room, other.people, other.votes, model, words) == before
        for person in NAMES:
            assert person.encode() not in before


def test_in_a_named_room_who_is_who_is_told(model: Model, words: Words) -> None:
    """Or the test above would show nothing; and two people of one look are told apart."""
    played = two_rounds(model, named=True)
    before = votes_csv(played.room, played.people, played.votes, model, words)
    assert votes_csv(played.room, played.renamed().people, played.votes, model, words) != before
    seats = {row["Name"]: row["Seat"] for row in table(played, model, words)}
    assert seats["Anna"] != seats["Аnna"]


@pytest.mark.parametrize("named", [True, False])
def test_nothing_is_there_of_a_question_that_too_few_answered_in_a_round(
    named: bool, model: Model, words: Words
) -> None:
    """Two people are asked again and answer: their standing votes are shown to all, what they did now is not."""
    votes = {"work_kind": ("change", "A reason of the first round.")}
    again = {"work_kind": ("sustain", "A reason of two.")}
    played = play(
        model, NAMES[:4], [all_of(4, votes), {1: again, 2: again}],
        agreed={"work_kind": "change"}, named=named, questions=["work_kind"],
    )  # fmt: skip
    rows = table(played, model, words)
    assert {row["Round"] for row in rows} == {"1"}
    assert "A reason of two." not in str(rows)
    three = replace(played.room, setup=replace(played.room.setup, smallest_group=2))
    assert {row["Round"] for row in table(replace(played, room=three), model, words)} == {"1", "2"}


@pytest.mark.parametrize("named", [True, False])
def test_who_left_meanwhile_has_no_rows(named: bool, model: Model, words: Words) -> None:
    played = two_rounds(model, named=named)
    gone = replace(played, people=played.people[1:])
    rows = table(gone, model, words)
    assert "We counted it last week." not in str(rows)
    assert len(rows) < len(table(played, model, words))


@pytest.mark.robustness(38)
@pytest.mark.parametrize("named", [True, False])
def test_no_cell_is_a_formula(named: bool, model: Model, words: Words) -> None:
    """Names and reasons that start like one, and those behind blanks; robustness 38."""
    played = two_rounds(model, named=named, hostile=True)
    data = votes_csv(played.room, played.people, played.votes, model, words).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data, newline="")) for cell in row]
    assert [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝＋－＠")] == []
    assert "'=1+1" in cells
    assert ("'@SUM(A1)" in cells) == named
    assert "" not in {row["Round"] for row in table(played, model, words)}


def test_votes_of_a_round_that_was_not_revealed_are_not_there(model: Model, words: Words) -> None:
    """The store is never asked for them; and if it were, they are not shown."""
    played = two_rounds(model, named=True)
    rounds = (*played.room.rounds[:1], replace(played.room.rounds[1], revealed_at=None))
    hidden = replace(played, room=replace(played.room, rounds=rounds))
    assert {row["Round"] for row in table(hidden, model, words)} == {"1"}
