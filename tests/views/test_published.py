"""The page of published cases as data: what each side says, in words, and how the cases are put together."""

from __future__ import annotations

from typing import Any

import pytest

from okr_assistant.decision.agreement import evaluate
from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import Model
from okr_assistant.views.published import PublishedView, published_view
from okr_assistant.words import Words


def case(id_: str, answers: dict[str, str], **changes: Any) -> Case:
    given = {"verdict": "okr", "author": "Ada", "title": "On goals", "year": 2026, "url": "https://example.org/"}
    return Case.model_validate({"id": id_, "situation": "A team.", "answers": answers} | given | changes)


def view(model: Model, words: Words, *cases: Case, **kept: str) -> PublishedView:
    return published_view(model, evaluate(model, cases), kept, words)


@pytest.mark.parametrize(
    ("answers", "ours", "firmness"),
    [
        ({"work_kind": "change"}, "We would use OKRs.", "The margin is clear."),
        (
            {"work_kind": "change", "measurability": "instrument"},
            "We would use OKRs under conditions.",
            "The margin is clear.",
        ),
        ({"work_kind": "deliver"}, "We would not use OKRs. Instead: milestones.", "The margin is clear."),
        (
            {"work_kind": "learn"},
            "We would not use OKRs. Instead: hypotheses.",
            "The margin is clear. We add that experts disagree.",
        ),
        (
            {"work_kind": "mixed", "people_to_align": "one_team"},
            "We would not use OKRs. Instead: one shared goal.",
            "The margin is narrow.",
        ),
        (
            {"work_kind": "learn", "reactive_load": "nearly_all"},
            "We would not use OKRs. Instead: hypotheses or flow.",
            "It is a tie. We add that experts disagree.",
        ),
        (
            {"work_kind": "mixed", "stakeholder_involvement": "handed_down"},
            "We are undecided between OKRs, milestones, flow and one shared goal.",
            "It is a tie.",
        ),
        ({}, "We cannot say: no answer is known.", ""),
    ],
)
def test_our_side_is_said_like_the_author_s(
    model: Model, words: Words, answers: dict[str, str], ours: str, firmness: str
) -> None:
    (source,) = view(model, words, case("one", answers)).sources
    (found,) = source.cases
    assert (found.ours, found.firmness) == (ours, firmness)
    assert found.author == "Ada would use OKRs."


def test_uncontested_disagreements_come_first_each_with_its_reason(model: Model, words: Words) -> None:
    found = view(
        model,
        words,
        case("disputed", {"work_kind": "learn"}, contested=True),
        case("lonely", {"work_kind": "deliver"}),
        case("agreed", {"work_kind": "change"}),
        case("instead", {"work_kind": "learn"}, verdict="not_okr", instead="flow"),
        lonely="Because it is ordered.",
    )
    assert [(group.title, [one.id for one in group.cases]) for group in found.disagreements] == [
        ("2 uncontested cases", ["lonely", "instead"]),
        ("One contested case", ["disputed"]),
    ]
    assert [one.kept for one in found.disagreements[0].cases] == ["Because it is ordered.", ""]
    assert "3 cases: on 2 about OKRs or not, on 1 only" in found.differ


def test_cases_of_one_publication_stand_together(model: Model, words: Words) -> None:
    found = view(
        model,
        words,
        case("b", {}, author="bob", year=None),
        case("a1", {}),
        case("a2", {}),
    )
    assert [(source.title, [one.id for one in source.cases]) for source in found.sources] == [
        ("Ada 2026, “On goals” (2 cases)", ["a1", "a2"]),
        ("bob, “On goals”", ["b"]),
    ]


def test_without_cases_there_are_no_shares_and_no_groups(model: Model, words: Words) -> None:
    found = view(model, words)
    assert {row.share for table in found.tables for row in table.rows} == {"-"}
    assert (found.disagreements, found.sources) == ((), ())
