"""What columns mean: recognised by name or said by people, never inferred; and the mapping as a file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.portfolio.mapping import (
    FIELDS,
    HEADINGS,
    MOST_SHOWN,
    Column,
    Distinct,
    Mapping,
    Unmapped,
    distinct,
    for_table,
    problems,
    proposed,
    unmapped,
)
from okr_assistant.portfolio.mapping_file import FORMAT, MAX_BYTES, read_mapping, write_mapping
from okr_assistant.words import Words
from tests.portfolio.tables import pasted


def meanings(*headings: str, model: Model) -> list[str]:
    table = pasted("|".join(headings), "|".join("x" for _ in headings))
    return [column.meaning for column in proposed(table, model).columns]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_recognised_by_its_headings_whatever_their_case(field: str, model: Model) -> None:
    for heading in (*HEADINGS[field], field):
        assert meanings("other", f" {heading.upper()} ", model=model) == ["", field]


def test_a_question_is_recognised_by_its_id_or_its_text(model: Model) -> None:
    for question in model.questions:
        assert meanings(question.id, "other", model=model) == [question.id, ""]
        assert meanings(question.text.upper(), "other", model=model) == [question.id, ""]


@pytest.mark.parametrize(
    "heading",
    ["Titles", "Title of work", "kind", "work kind", "What is this work mainly for", "Issue", "Teams", "Status"],
)
def test_nothing_is_recognised_by_similarity(heading: str, model: Model) -> None:
    assert meanings(heading, "other", model=model) == ["", ""]


def test_values_are_recognised_when_they_are_an_id_or_a_label(model: Model) -> None:
    table = pasted(
        "work_kind|Level|Today|Out of range",
        "change|Company|OKRs|yes",
        "DELIVER A SPECIFIC THING|team|health_metrics|FALSE",
        "unsure|teams|KPIs|1",
        "I don't know||okr|maybe",
        "Change something|||",
    )
    kind, level, today, out_of_range = proposed(table, model).columns
    assert kind.values == {
        "change": "change",
        "DELIVER A SPECIFIC THING": "deliver",
        "unsure": "unsure",
        "I don't know": "unsure",
    }
    assert level.values == {"Company": "company", "team": "team"}
    assert today.values.items() >= {("health_metrics", "health_metrics"), ("okr", "okr")}
    assert "KPIs" not in today.values
    assert out_of_range.values == {"yes": "yes", "FALSE": "no", "1": "yes"}


def test_a_recognised_column_with_other_values_stays_and_they_are_listed_with_counts(model: Model) -> None:
    table = pasted("Title|work_kind", "a|Bug", "b|Epic", "c|Bug", "d|change", "e|", "f|Bug")
    mapping = proposed(table, model)
    assert mapping.columns[1] == Column("work_kind", question="work_kind", values={"change": "change"})
    assert unmapped(table, mapping, model) == (Unmapped("work_kind", "Bug", 3), Unmapped("work_kind", "Epic", 1))


def test_distinct_values_are_counted_the_most_frequent_first_and_cut() -> None:
    table = pasted("Title|Type", "a|Bug", "b|Epic ", "c|", "d|Epic")
    assert distinct(table, "Type") == Distinct((("Epic", 2), ("Bug", 1)), 0)
    many = pasted("Title", *(f"t{number}" for number in range(MOST_SHOWN + 7)))
    assert len(distinct(many, "Title").values) == MOST_SHOWN
    assert distinct(many, "Title").more == 7


def test_two_columns_for_one_meaning_are_a_clear_problem_and_none_is_chosen(model: Model, words: Words) -> None:
    table = pasted("Summary|Title|Team|Team|work_kind|What is this work mainly for?", "a|b|c|d|change|learn")
    said = "mapping: {}: these columns all mean it: {}; allowed: one column"
    assert [words.error_line(problem) for problem in problems(proposed(table, model), model)] == [
        said.format("title", "Summary, Title"),
        said.format("team", "Team, Team (2)"),
        said.format("work_kind", "work_kind, What is this work mainly for?"),
    ]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ([], "no_title_column"),
        ([Column("a", "title"), Column("b", question="kind")], "unknown_question"),
        ([Column("a", "title"), Column("b", question="work_kind", values={"x": "team"})], "unknown_option"),
        ([Column("a", "title"), Column("b", "level", values={"x": "world"})], "unknown_option"),
        ([Column("a", "title"), Column("b", "today", values={"x": "kpi"})], "unknown_option"),
        ([Column("a", "title", values={"x": "y"})], "unknown_option"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_mapping(columns: list[Column], problem: str, model: Model, words: Words) -> None:
    (found,) = problems(Mapping(tuple(columns)), model)
    assert found.problem == problem
    assert "None" not in words.error_line(found)


def test_a_value_can_be_said_to_mean_nothing(model: Model) -> None:
    mapping = Mapping((Column("a", "title"), Column("b", question="work_kind", values={"x": ""})))
    assert list(problems(mapping, model)) == []
    assert unmapped(pasted("a|b", "t|x"), mapping, model) == ()


def test_a_mapping_is_used_for_another_table_column_by_column() -> None:
    kind = Column("Type", question="work_kind", values={"Bug": "sustain"})
    mapping = Mapping((Column("Summary", "title"), kind, Column("Squad", "team"), Column("Old")))
    found, missing = for_table(mapping, pasted("New|Type|Summary", "a|Bug|c"))
    assert found == Mapping((Column("New"), kind, Column("Summary", "title")))
    assert missing == ("Squad",)


# as a file

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
COLUMNS = st.lists(
    st.builds(Column, TEXTS, st.sampled_from(FIELDS), values=st.dictionaries(TEXTS, TEXTS, max_size=3))
    | st.builds(Column, TEXTS, question=TEXTS, values=st.dictionaries(TEXTS, TEXTS, max_size=3)),
    max_size=6,
    unique_by=lambda column: column.header,
)


@given(COLUMNS)
def test_every_mapping_comes_back_from_its_file(columns: list[Column]) -> None:
    mapping = Mapping(tuple(columns))
    assert read_mapping(write_mapping(mapping)) == mapping


def document(columns: str) -> bytes:
    return f'{{"format": "{FORMAT}", "columns": {columns}}}'.encode()


GOOD_COLUMN = '{"header": "a", "field": "title"}'


@pytest.mark.robustness(40)
@pytest.mark.parametrize(
    ("sent", "place", "problem"),
    [
        (b"[]", "m.json", "wrong_type"),
        (b"{}", "m.json: format", "missing_key"),
        (b'{"format": "okr-assistant mapping 2", "columns": []}', "m.json: format", "not_allowed"),
        (b'{"format": true, "columns": []}', "m.json: format", "not_allowed"),
        (b'{"format": NaN, "columns": []}', "m.json", "not_a_number"),
        (document("3"), "m.json: columns", "wrong_type"),
        (document("[1e999]"), "m.json: column 1", "wrong_type"),
        (document('[{"field": "title"}]'), "m.json: column 1: header", "missing_key"),
        (document('[{"header": true}]'), "m.json: column 1: header", "wrong_type"),
        (document('[{"header": "a", "kind": 1}]'), "m.json: column 1", "unknown_key"),
        (document('[{"header": "a", "header": "b"}]'), "m.json", "duplicate_key"),
        (document('[{"header": "a", "field": "owner"}]'), "m.json: column 1: field", "not_allowed"),
        (document('[{"header": "a", "field": null}]'), "m.json: column 1: field", "wrong_type"),
        (document('[{"header": "a", "field": "id", "question": "b"}]'), "m.json: column 1", "not_allowed"),
        (document('[{"header": "a", "values": []}]'), "m.json: column 1: values", "wrong_type"),
        (document('[{"header": "a", "values": {"x": 1}}]'), "m.json: column 1: values", "wrong_type"),
        (document('[{"header": "a", "values": {"\\ud800": ""}}]'), "m.json: column 1: values", "bad_character"),
        (document(f"[{GOOD_COLUMN}, {GOOD_COLUMN}]"), "m.json: column 2", "repeated_id"),
        (document(f'[{{"header": {"9" * 5000}}}]'), "m.json", "not_a_number"),
        (document("[" * 100_000), "m.json", "too_deep"),
        (document("[" + GOOD_COLUMN), "m.json, column 84", "not_json"),
        (b"\xef\xbb\xbf" + document("[]"), "m.json", "byte_order_mark"),
        (document('["\xff"]').decode().encode("latin-1"), "m.json", "not_utf8"),
        (b" " * (MAX_BYTES + 1), "m.json", "too_large"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_file_that_is_none_is_one_line_that_names_the_place(
    sent: bytes, place: str, problem: str, words: Words
) -> None:
    with pytest.raises(OkrAssistantError) as refused:
        read_mapping(sent, "m.json")
    assert (refused.value.place, refused.value.problem) == (place, problem)
    line = words.error_line(refused.value)
    assert line.isprintable()
    assert len(line) < 500


@pytest.mark.robustness(41)
def test_hostile_text_in_a_file_is_escaped_and_cut() -> None:
    hostile = "<img src=x onerror=alert(1)>\u001b[31m\u202e" * 50
    with pytest.raises(OkrAssistantError) as refused:
        read_mapping(json.dumps({"format": FORMAT, hostile: 1}).encode(), "m.json")
    assert refused.value.found is not None
    assert len(refused.value.found) <= 60
    assert refused.value.found.isprintable()


@given(st.binary(max_size=200) | st.text(st.sampled_from('{}[]":,ae1\\ '), max_size=60).map(str.encode))
def test_any_bytes_are_refused_with_our_own_error(data: bytes) -> None:
    with pytest.raises(OkrAssistantError):
        read_mapping(data)
