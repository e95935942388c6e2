"""What a recommendation says besides points: each rule that holds, in its own words and in order."""

from __future__ import annotations

from typing import Any

import pytest

from okr_assistant.decision.assess import assess, says_anything
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import (
    Block,
    ConditionToFix,
    ContestedTopic,
    ContradictionFound,
    Contribution,
)
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from tests.decision.test_assess import small_model


def rule(id_: str, kind: str, **more: Any) -> dict[str, Any]:
    """A rule that holds while ``a`` is ``yes``, with words of its own."""
    when = {"question": "a", "in": ("yes",)}
    return {"id": id_, "kind": kind, "when": when, "because": f"why {id_}", "sources": (f"by-{id_}",)} | more


def with_rules(*rules: dict[str, Any]) -> Model:
    return small_model(rules=rules)


YES = AnswerSheet({"a": "yes"})


def test_a_condition_is_told_whole() -> None:
    found = assess(with_rules(rule("c", "condition", approach="okr", fix="mend c")), YES)
    assert found.conditions == (ConditionToFix("c", "okr", "mend c", "why c", ("by-c",)),)


def test_a_contested_topic_is_told_with_both_sides_and_each_source_once() -> None:
    sides = {"for": {"text": "pro", "sources": ("x", "y")}, "against": {"text": "con", "sources": ("y", "z")}}
    found = assess(with_rules(rule("t", "contested", topic="Topic", **sides)), YES)
    assert found.contested == (ContestedTopic("t", "Topic", "pro", "con", ("x", "y", "z")),)


def test_a_contradiction_is_told_whole() -> None:
    found = assess(with_rules(rule("k", "contradiction", questions=("a", "b"), text="both")), YES)
    assert found.contradictions == (ContradictionFound("k", ("a", "b"), "both", ("by-k",)),)


def test_every_blocker_that_holds_is_told_in_the_order_of_the_file() -> None:
    rules = [rule(id_, "blocker", approach="okr") for id_ in ("one", "two")]
    other = rule("three", "blocker", approach="okr") | {"when": {"question": "a", "in": ("no",)}}
    found = assess(with_rules(*rules, other), YES)
    assert found.ranked("okr").blocked_by == (
        Block("one", "why one", ("by-one",)),
        Block("two", "why two", ("by-two",)),
    )
    assert found.ranked("flow").blocked_by == ()


def test_an_answer_is_told_with_its_points_and_its_reason() -> None:
    found = assess(small_model(), YES)
    assert found.ranked("okr").contributions == (Contribution("a", "yes", 2, "because okr", ("s",)),)


def test_a_rule_for_another_approach_stays_unsaid() -> None:
    found = assess(
        with_rules(
            rule("v", "variant", approach="flow", name="another form"),
            rule("c", "condition", approach="flow", fix="mend c"),
        ),
        YES,
    )
    assert (found.approach, found.variant, found.conditions) == ("okr", None, ())


def test_a_rule_stays_unsaid_while_it_does_not_hold() -> None:
    side = {"text": "t", "sources": ("s",)}
    model = with_rules(
        rule("v", "variant", approach="flow", name="another form"),
        rule("c", "condition", approach="flow", fix="mend c"),
        rule("t", "contested", topic="Topic", **{"for": side, "against": side}),
        rule("k", "contradiction", questions=("a", "b"), text="both"),
    )
    found = assess(model, AnswerSheet({"a": "no"}))
    assert found.approach == "flow"
    assert (found.variant, found.conditions, found.contested, found.contradictions) == (None, (), (), ())


def test_answers_are_told_in_the_order_of_the_questionnaire() -> None:
    found = assess(small_model(), AnswerSheet({"b": "unsure", "a": "unsure"}))
    assert list(found.answers) == ["a", "b"]
    assert (found.unsure, found.open, found.model) == (("a", "b"), (), "2026.1+small")


def test_a_mixed_kind_of_work_is_to_be_split(model: Model) -> None:
    assert assess(model, AnswerSheet({"work_kind": "mixed"})).split
    assert not assess(model, AnswerSheet({"work_kind": "change"})).split
    assert not assess(model, AnswerSheet({})).split


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, False),
        ({"b": "unsure"}, False),  # though it has points of its own
        ({"a": "unsure"}, False),
        ({"a": "yes"}, True),
        ({"a": "yes", "b": "unsure"}, True),
        ({"a": "no", "b": "unsure"}, True),
    ],
)
def test_only_an_answer_that_is_more_than_i_do_not_know_says_anything(
    answers: dict[str, str], expected: bool
) -> None:
    assert says_anything(assess(small_model(), AnswerSheet(answers))) is expected


def test_a_sheet_for_another_model_is_refused_with_both_versions() -> None:
    assert assess(small_model(), AnswerSheet({"a": "yes"}, model="2026.1+small")).approach == "okr"
    with pytest.raises(SheetError) as caught:
        assess(small_model(), AnswerSheet({}, model="2027.1"))
    facts = caught.value
    assert (facts.problem, facts.place, facts.found, facts.allowed) == (
        "other_model",
        "model",
        "2027.1",
        "2026.1+small",
    )
