"""From tables to items: what is taken, what is reported, and that nothing else is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import PortfolioError
from okr_assistant.export.table import csv_file
from okr_assistant.free_text import clean_title
from okr_assistant.portfolio.importing import STEP, Imported, take
from okr_assistant.portfolio.items import LEVELS, Portfolio, WorkItem, check_portfolio
from okr_assistant.portfolio.mapping import Column, Mapping, Unmapped, proposed
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.portfolio.reading import read_pasted, read_table
from okr_assistant.words import Words
from tests.bench.tables import as_csv, as_xlsx, mixed_rows
from tests.portfolio.tables import exported, pasted


def taken(table: RawTable, model: Model) -> Imported:
    return take(table, proposed(table, model), model)


def one_title(text: str, model: Model) -> Imported:
    return taken(RawTable(("Title",), ((text,),), (2,)), model)


def test_every_column_with_a_meaning_comes_into_the_item(model: Model) -> None:
    table = pasted(
        "Key|Summary|Team|Level|Result for|Today|Out of range|work_kind|measurability|Sprint",
        "OPS-1|Faster checkout|Payments|company|More orders|OKRs|yes|Change how something performs|unsure|7",
        "OPS-2|Pay the wages||||||||",
    )
    first, second = taken(table, model).items
    assert first == WorkItem(
        id="OPS-1",
        title="Faster checkout",
        answers={"work_kind": "change", "measurability": "unsure"},
        level="company",
        team="Payments",
        result_for="More orders",
        today="okr",
        out_of_range=True,
    )
    assert second == WorkItem("OPS-2", "Pay the wages")


@pytest.mark.robustness(40)
def test_bad_rows_are_named_by_line_and_column_and_lose_nothing_else(model: Model, words: Words) -> None:
    table = read_pasted(
        "Key\tSummary\tTeam\n"
        "A-1\tFine\tx\n"
        "A-2\t\tx\n"
        "A-1\tAgain\tx\n"
        '"A-3"\t"Two\nlines"\tx\n'
        "A-4\tFine\n"
        f"A-5\t{'x' * 121}\tx\n"
        "A-6\tFine\ta\u202eb\n"
        "A-7\tFine\tx\n"
    )
    found = taken(table, model)
    assert [item.id for item in found.items] == ["A-1", "A-3", "A-7"]
    assert (len(found.items), found.skipped) == (3, 5)
    assert sorted(words.error_line(problem) for problem in found.problems) == [
        "line 3, column Summary: allowed: a title; each piece of work needs one",
        "line 4, column Key: A-1 is there twice; allowed: once",
        "line 7: cells found: 2; allowed: 3, one for each heading",
        "line 8, column Summary: 121 characters; allowed: at most 120 characters",
        f"line 9, column Team: {words('error.bad_character', found='U+202E')}",
    ]


def test_an_item_without_an_id_has_the_number_of_its_row_which_stays_when_others_are_mended(model: Model) -> None:
    before = taken(pasted("Title", "a", "\u202e", "c"), model)
    after = taken(pasted("Title", "a", "b", "c"), model)
    assert [item.id for item in before.items] == ["2", "4"]
    assert [item.id for item in after.items] == ["2", "3", "4"]


def test_values_without_a_meaning_stay_open_and_are_listed_with_their_count(model: Model) -> None:
    table = pasted("Title|work_kind|Today|Level", "a|Bug|Jira|team", "b|Bug||", "c|change||")
    found = taken(table, model)
    assert [dict(item.answers) for item in found.items] == [{}, {}, {"work_kind": "change"}]
    assert found.unmapped == (Unmapped("work_kind", "Bug", 2), Unmapped("Today", "Jira", 1))
    assert found.problems == ()


def test_values_are_mapped_one_by_one(model: Model) -> None:
    kind = {"Bug": "sustain", "Spike": "learn", "Chore": ""}
    mapping = Mapping(
        (
            Column("Title", "title"),
            Column("Type", question="work_kind", values=kind),
            Column("Tracked", "today", values={"KPI": "health_metrics"}),
        )
    )
    found = take(pasted("Title|Type|Tracked", "a|Bug|KPI", "b| Spike |", "c|Chore|"), mapping, model)
    assert [item.answers.get("work_kind") for item in found.items] == ["sustain", "learn", None]
    assert [item.today for item in found.items] == ["health_metrics", "", ""]
    assert found.unmapped == ()


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ([Column("Team", "team")], "no_title_column"),
        ([Column("Title", "title"), Column("Squad", "team")], "no_column"),
        ([Column("Title", "title"), Column("Team", "title")], "mapped_twice"),
        ([Column("Title", "title"), Column("Team", question="x")], "unknown_question"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mapping_that_does_not_fit_is_refused(columns: list[Column], problem: str, model: Model) -> None:
    with pytest.raises(PortfolioError) as refused:
        take(pasted("Title|Team", "a|b"), Mapping(tuple(columns)), model)
    assert refused.value.problem == problem


# hostile text


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>", "**bold** :red[x] $x$ ![y](//z)", "Аnna", "👨‍👩‍👧‍👦 family", "می‌خواهم",
        "a:Q", "a.b", "x[0]", "\"'\\", "=1+1", "{0}", "NaN", "1e999", "true",
    ],
)  # fmt: skip
def test_text_is_taken_as_it_is(text: str, model: Model) -> None:
    (item,) = one_title(text, model).items
    assert item.title == text


@pytest.mark.robustness(35)
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\u202eb", "bad_character"),
        ("a\u200bb", "bad_character"),
        ("\u2800", "bad_character"),
        ("e" + "\u0301" * 50, "too_many_marks"),
        ("x" * 30_000, "too_long"),
        ("9" * 5_000, "too_long"),
        ("a\0b", "bad_character"),
        ("   ", "untitled"),
    ],
)
def test_text_that_hides_or_is_too_long_is_refused(text: str, problem: str, model: Model) -> None:
    found = one_title(text, model)
    assert found.items == ()
    assert [error.problem for error in found.problems] == [problem]
    assert len(str(found.problems[0])) < 300


@pytest.mark.robustness(36)
def test_letters_that_look_alike_are_told_apart(model: Model) -> None:
    found = taken(pasted("Key|Title", "Anna|a", "Аnna|b"), model)
    assert len(found.items) == 2


@pytest.mark.robustness(41)
def test_hostile_headings_and_ids_are_escaped_and_cut_in_errors(model: Model, words: Words) -> None:
    hostile = "<script>\u001b[31m\u202e" * 20
    table = RawTable(("Title", hostile[:500]), (("a", "x"), ("b", "x")), (2, 3))
    mapping = Mapping((Column("Title", "title"), Column(hostile[:500], "id")))
    lines = [words.error_line(problem) for problem in take(table, mapping, model).problems]
    assert lines
    assert all(line.isprintable() and len(line) < 300 for line in lines)


# all of it


def test_ten_thousand_mixed_rows(model: Model) -> None:
    """One in a hundred has no title and one in two hundred a title that is too long."""
    heard: list[tuple[int, int]] = []
    table = read_table(as_csv(mixed_rows(model, 10_000)), "work.csv")
    found = take(table, proposed(table, model), model, lambda done, of: heard.append((done, of)))
    assert (len(found.items), found.skipped) == (9_850, 150)
    assert all(re.fullmatch(r"line \d+, column Summary", problem.place) for problem in found.problems)
    assert {row.header for row in found.unmapped} == set()
    assert heard == [(done, 10_000) for done in range(0, 10_000, STEP)]
    check_portfolio(model, Portfolio("Everything", model.version, found.items))


def test_a_spreadsheet_gives_the_same_items_as_text(model: Model) -> None:
    rows = list(mixed_rows(model, 300))
    text = taken(read_table(as_csv(iter(rows)), "work.csv"), model)
    sheet = taken(read_table(as_xlsx(iter(rows)), "work.xlsx"), model)
    assert sheet.items == text.items
    assert [problem.problem for problem in sheet.problems] == [problem.problem for problem in text.problems]
    assert sheet.problems[0].place.startswith("row ")


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Mn", "Me"]), max_size=30)


@st.composite
def work_items(draw: st.DrawFn, model: Model) -> WorkItem:
    answered = draw(st.lists(st.sampled_from(model.questions), max_size=4, unique_by=lambda question: question.id))
    title, team, result_for = (draw(st.sampled_from("=+-@'a ")) + draw(NAMES) for _ in range(3))
    return WorkItem(
        id="",
        title=clean_title(f"{title}x"),
        answers={question.id: draw(st.sampled_from(question.choices)) for question in answered},
        level=draw(st.sampled_from(LEVELS)),
        team=clean_title(f"{team}x"),
        result_for=clean_title(f"{result_for}x"),
        today=draw(st.sampled_from(["", *model.approaches_by_id])),
        out_of_range=draw(st.booleans()),
    )


@given(data=st.data())
def test_our_own_tables_come_back_as_they_were(data: st.DataObject, model: Model) -> None:
    drawn = data.draw(st.lists(work_items(model), min_size=1, max_size=5))
    items = [WorkItem(f"={number}", **_rest(item)) for number, item in enumerate(drawn)]
    table = read_table(csv_file(list(map(list, exported(model, items)))), "ours.csv")
    found = taken(table, model)
    assert found.items == tuple(items)
    assert found.problems == ()
    assert found.unmapped == ()


def _rest(item: WorkItem) -> dict[str, object]:
    return {name: getattr(item, name) for name in WorkItem.__slots__ if name != "id"}
