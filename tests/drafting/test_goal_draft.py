"""Drafts: reading and writing them, what is missing, and what the linter says beside which field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from okr_assistant.drafting.beside import findings_beside
from okr_assistant.drafting.forms import DraftForm, form_for, forms
from okr_assistant.drafting.goal_draft import MAX_BYTES, GoalDraft, read_goal_draft
from okr_assistant.drafting.open_parts import open_parts
from okr_assistant.errors import OkrAssistantError
from okr_assistant.words import Words
from tests.drafting.drafts import EVERY, NAMES, drafts, full

GOOD_ROWS = (
    {"metric": "Tables booked without a call", "baseline": "35%", "target": "60%", "date": "2027-06-30"},
    {"metric": "Guests who come again within a year", "baseline": "20%", "target": "30%", "date": "2027-06-30"},
)
OKR: dict[str, Any] = {"objective": "Guests book a table without having to call us", "key_results": GOOD_ROWS}


def okr(**values: Any) -> GoalDraft:
    return GoalDraft("okr", values=OKR | values)


def found(draft: GoalDraft) -> list[tuple[str, int, str, str]]:
    return [(each.field, each.row, each.column, each.finding.rule.id) for each in findings_beside(draft)]


def missing(draft: GoalDraft, **answers: str) -> list[str]:
    return [
        f"{part.field.id} {part.row} {part.column.id}" if part.column else part.field.id
        for part in open_parts(draft, answers)
    ]


# reading and writing


@given(drafts())
def test_a_draft_comes_back_from_json_as_it_was(draft: GoalDraft) -> None:
    assert read_goal_draft(json.dumps(draft.to_json()).encode()) == draft


@given(drafts())
def test_whatever_is_written_can_be_linted_and_asked_what_is_missing(draft: GoalDraft) -> None:
    fields = {field.id: field for field in draft.fields}
    for each in findings_beside(draft):
        assert each.field in draft.values
        assert not each.row or each.column in draft.rows(each.field)[each.row - 1]
    for part in open_parts(draft, {}):
        assert part.field == fields[part.field.id]


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_in_a_full_draft_nothing_is_missing_and_in_an_empty_one_all_that_is_needed(
    form: DraftForm, variant: str
) -> None:
    assert open_parts(full(form, variant), {}) == ()
    empty = GoalDraft(form.approach, variant)
    needed = [field for field in form.fields(variant) if field.needed and not field.ask_if]
    assert list(dict.fromkeys(part.field.id for part in open_parts(empty, {}))) == [field.id for field in needed]


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_what_is_missing_never_grows_while_the_rows_that_are_needed_are_written(
    form: DraftForm, variant: str
) -> None:
    whole = full(form, variant)
    for field in (each for each in form.fields(variant) if each.kind == "rows" and each.needed):
        known: list[dict[str, Any]] = []
        left = [len(open_parts(GoalDraft(form.approach, variant), {}))]
        for row in whole.rows(field.id)[: max(field.least, 1)]:
            known.append({})
            for column in field.columns:
                known[-1][column.id] = row[column.id]
                draft = GoalDraft(form.approach, variant, values={field.id: tuple(map(dict, known))})
                left.append(len(open_parts(draft, {})))
        assert left == sorted(left, reverse=True)
        assert left[-1] < left[0]


def sent(**changes: Any) -> dict[str, Any]:
    return {"format": 1, "approach": "flow", "variant": "", "title": "", "model": "2026.1", "values": {}} | changes


WRONG = {
    "a list": ([], "draft", "a table"),
    "no format": ({"approach": "okr"}, "format", "1"),
    "a newer format": (sent(format=2), "format", "1"),
    "true as format": (sent(format=True), "format", "1"),
    "an unknown key": (sent(owner="x"), "draft", "values"),
    "an unknown approach": (sent(approach="kpi"), "approach", "okr, okr okr_light"),
    "a variant of another": (sent(variant="okr_light"), "approach", "flow stabilise_first"),
    "a model that is a path": (sent(model="../2026.1"), "model", "2026.1"),
    "an unknown field": (sent(values={"objective": "x"}), "values", "columns, classes"),
    "a field of another variant": (sent(values={"incidents": "x"}), "values", "columns, classes"),
    "a number as text": (sent(values={"columns": [{"limit": "3"}]}), "columns 1: limit", "whole number"),
    "a number that is true": (sent(values={"columns": [{"limit": True}]}), "columns 1: limit", "whole number"),
    "a number below nothing": (sent(values={"columns": [{"limit": -1}]}), "columns 1: limit", "whole number"),
    "a number with a point": (sent(values={"columns": [{"limit": 1.5}]}), "columns 1: limit", "whole number"),
    "text as a number": (sent(values={"pull": 3}), "pull", "text"),
    "text that is null": (sent(values={"pull": None}), "pull", "text"),
    "lines that are text": (sent(values={"watched": "x"}), "watched", "a list"),
    "rows that are text": (sent(values={"columns": ["x"]}), "columns 1", "a table"),
    "an unknown column": (sent(values={"columns": [{"most": 1}]}), "columns 1", "column, limit"),
    "too many rows": (sent(values={"columns": [{"limit": 1}] * 9}), "columns", "at most 8"),
    "too many lines": (sent(values={"watched": ["x"] * 5}), "watched", "at most 4"),
    "a line of 301 letters": (sent(values={"pull": "x" * 301}), "pull", "300 characters"),
    "a line of two lines": (sent(values={"pull": "a\nb"}), "pull", "letters"),
    "text that turns round": (sent(values={"pull": "a\u202eb"}), "pull", "letters"),
    "a title that turns round": (sent(title="a\u202eb"), "title", "letters"),
    "half a letter": (sent(values={"pull": "\ud800"}), "pull", "letters"),
    "a day that is none": (sent(approach="bets", values={"ends": "2027-02-30"}), "ends", "2026-12-31"),
    "another writing of a day": (sent(approach="bets", values={"ends": "20270228"}), "ends", "2026-12-31"),
    "a day of long ago": (sent(approach="bets", values={"ends": "1900-01-01"}), "ends", "2026-12-31"),
    "an unknown choice": (sent(approach="okr", values={"confidence": "sure"}), "confidence", "low, even, high"),
    "a choice that is a list": (sent(approach="okr", values={"confidence": []}), "confidence", "low, even, high"),
}


@pytest.mark.robustness(40)
@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_named_with_its_place_and_what_is_allowed(name: str, words: Words) -> None:
    raw, place, allowed = WRONG[name]
    with pytest.raises(OkrAssistantError) as caught:
        read_goal_draft(json.dumps(raw).encode())
    assert place in caught.value.place
    assert allowed in words.error_line(caught.value)
    assert "\n" not in words.error_line(caught.value)
    assert "\u202e" not in words.error_line(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"format": NaN}',
        b'{"format": 1, "format": 1}',
        b"[" * 100,
        b"9" * 9000,
    ],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(OkrAssistantError):
        read_goal_draft(data)


def test_a_file_that_is_too_large_is_refused_and_the_largest_draft_is_not() -> None:
    with pytest.raises(OkrAssistantError, match="too_large"):
        read_goal_draft(b" " * (MAX_BYTES + 1))
    for form, variant in EVERY:
        largest = full(form, variant, lambda place: "\N{CJK UNIFIED IDEOGRAPH-4E2D}" * 120)
        assert len(json.dumps(largest.to_json(), ensure_ascii=False).encode()) < MAX_BYTES


def test_what_is_empty_is_no_value() -> None:
    raw = sent(values={"pull": "  ", "watched": ["", " "], "columns": [{}, {"column": ""}, {"limit": 0}]})
    assert read_goal_draft(json.dumps(raw).encode()).values == {"columns": ({"limit": 0},)}


# what is missing


def test_missing_columns_are_told_by_row() -> None:
    assert missing(okr()) == [
        "key_results 1 owner", "key_results 2 owner", "guard", "confidence", "ambition", "look",
    ]  # fmt: skip


def test_one_key_result_is_not_enough() -> None:
    assert missing(okr(key_results=GOOD_ROWS[:1]))[1] == "key_results 2 metric"


def test_a_key_result_in_one_sentence_has_its_parts() -> None:
    sentence = {"metric": "Tables booked without a call from 35% to 60% by 30 June 2027"}
    parts = missing(okr(key_results=(sentence, GOOD_ROWS[1])))
    assert [part for part in parts if part.startswith("key_results 1")] == ["key_results 1 owner"]


def test_the_answers_decide_what_is_asked_first() -> None:
    assert missing(okr(), measurability="instrument")[0] == "first_measure"
    assert "first_measure" not in missing(okr(first_measure="A survey in May"), measurability="instrument")
    assert "early_sign" in missing(okr(), measurability="too_late")


# what the linter says


def test_a_good_okr_gets_no_remark() -> None:
    assert found(okr()) == []


def test_a_remark_stands_beside_its_column() -> None:
    rows = ({"metric": "Launch the app"}, {**GOOD_ROWS[0], "baseline": "not known"}, GOOD_ROWS[1])
    assert ("key_results", 1, "metric", "output_not_outcome") in found(okr(key_results=rows))
    assert ("key_results", 2, "baseline", "no_baseline") in found(okr(key_results=rows))
    assert found(okr(objective="Implement the new electronic patient record")) == [
        ("objective", 0, "", "output_as_objective")
    ]


@pytest.mark.parametrize(
    ("metric", "baseline", "target"),
    [
        ("NPS", "31", "45"),
        ("Time to first response", "9 hours", "under 2 hours"),
        ("New customers", "none", "50"),
        ("Time until a new colleague has all access", "two weeks", "one day"),
        ("Customers who would recommend us", "4 of 10", "7 of 10"),
        ("Revenue from new customers", "€1.2m", "€2m"),
        ("Patients who wait longer than 30 minutes", "every third", "one in ten"),
        ("Energy per delivered parcel", "1.8 kWh", "1.4 kWh"),
        ("Share of invoices paid on time", "70 %", "90 %"),
        ("Branches that order online", "0", "40"),
    ],
)
def test_values_as_people_write_them_into_fields_get_no_remark(metric: str, baseline: str, target: str) -> None:
    row = {"metric": metric, "baseline": baseline, "target": target, "date": "2027-06-30"}
    assert found(okr(key_results=(row, GOOD_ROWS[1]))) == []


def test_an_empty_column_is_missing_and_not_a_remark() -> None:
    rows = ({"metric": "Complaints about waiting", "target": "60 a month"}, *GOOD_ROWS)
    assert not [each for each in found(okr(key_results=rows)) if each[2] in {"baseline", "date"}]


def test_a_health_metric_beside_it_is_the_counter_metric() -> None:
    rows = (
        {"metric": "Orders per week", "baseline": "100", "target": "150", "date": "2027-06-30"},
        {"metric": "Visitors per week", "baseline": "1000", "target": "1500", "date": "2027-06-30"},
    )
    assert [each[3] for each in found(okr(key_results=rows)) if not each[1]] == ["no_counter_metric"]
    assert found(okr(key_results=rows, guard="Returned orders stay under 5%")) == []


@pytest.mark.parametrize(
    ("range_", "then", "expected"),
    [
        ("0 to 2 a month", "Ida calls the bank the same day", []),
        ("under 2%", "Kim rings the provider", []),
        ("none", "Ida calls the bank", []),
        ("20–40", "two people leave their project", []),
        ("as good as possible", "Ida calls the bank", [("metrics", 1, "range", "no_range")]),
        ("under 2%", "nothing", [("metrics", 1, "then", "no_action")]),
    ],
)
def test_a_metric_needs_a_range_and_an_action(range_: str, then: str, expected: list[Any]) -> None:
    row = {"metric": "Wages paid late", "range": range_, "then": then}
    assert found(GoalDraft("health_metrics", values={"metrics": (row,)})) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"target": "99.5%", "spent": "Ada stops all launches"}, []),
        ({"target": "As high as possible", "spent": "Ada stops all launches"}, ["no_range"]),
        ({"target": "99.5%", "spent": "We will see"}, ["no_action"]),
    ],
)
def test_a_service_level_needs_a_target_and_a_consequence(values: dict[str, str], expected: list[str]) -> None:
    draft = GoalDraft("health_metrics", "service_level", values=values)
    assert [rule for *_, rule in found(draft)] == expected


@pytest.mark.parametrize(
    ("known", "stop", "expected"),
    [
        ("", "Fewer than 10 of 50 families order twice within four weeks", []),
        ("30 of 50 families order twice", "three weeks are over", []),
        ("", "churn rises above 6%", []),
        ("", "two of three pilots drop out", []),
        ("", "5 of 20 say no", []),
        ("", "When we feel that it does not work", ["no_falsifier"]),
        ("", "never", ["no_falsifier"]),
    ],
)
def test_a_hypothesis_needs_a_result_that_would_end_it(known: str, stop: str, expected: list[str]) -> None:
    values = {"believe": "Young parents want to order groceries by voice", "stop_when": stop}
    values |= {"know_when": known} if known else {}
    draft = GoalDraft("discovery", values=values)
    assert found(draft) == [("stop_when", 0, "", rule) for rule in expected]


def test_one_goal_may_have_a_number_and_may_not_be_vague() -> None:
    numbered = "200 flats are inspected before the tenant moves in"
    assert found(GoalDraft("one_goal", values={"goal": numbered})) == []
    vague = GoalDraft("one_goal", values={"goal": "Achieve operational excellence"})
    assert found(vague) == [("goal", 0, "", "vague")]


def examples(side: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The examples beside fields that the linter reads as they stand."""
    return [
        (form.approach, variant, {field.id: getattr(field, side)})
        for form in forms()
        for variant in form.variants[:1]
        for field in form.every_field
        if field.lint in {"objective", "goal", "service_level"}
    ]


@pytest.mark.parametrize(("approach", "variant", "values"), examples("weak"))
def test_the_linter_finds_the_weak_examples(approach: str, variant: str, values: dict[str, Any]) -> None:
    assert found(GoalDraft(approach, variant, values=values))


@pytest.mark.parametrize(("approach", "variant", "values"), examples("strong"))
def test_it_finds_nothing_in_the_strong_ones(approach: str, variant: str, values: dict[str, Any]) -> None:
    assert found(GoalDraft(approach, variant, values=values)) == []


def test_the_form_of_a_draft_is_its_own() -> None:
    assert GoalDraft("flow", "stabilise_first").form == form_for("flow", "stabilise_first")
