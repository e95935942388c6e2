"""Adding a table to a portfolio: what it says is taken, what it does not say stays, and no item is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS
from okr_assistant.portfolio.importing import Imported, take
from okr_assistant.portfolio.items import WorkItem
from okr_assistant.portfolio.mapping import proposed
from okr_assistant.portfolio.merging import merge
from okr_assistant.portfolio.reading import read_pasted

PAYROLL = WorkItem(
    "A-1", "Payroll", {"work_kind": "sustain", "autonomy": "team"}, "company", "Finance", "Calm", "okr", True
)


def imported(model: Model, table: str) -> Imported:
    raw = read_pasted(table)
    return take(raw, proposed(raw, model), model)


def test_two_tables_without_ids_are_all_there(model: Model) -> None:
    first = merge((), imported(model, "title\nPayroll\nSearch\n"))
    second = merge(first.items, imported(model, "title\nBilling\nOnboarding\nThird\n"))
    assert [item.title for item in second.items] == ["Payroll", "Search", "Billing", "Onboarding", "Third"]
    assert len({item.id for item in second.items}) == 5
    assert (second.added, second.changed) == (3, 0)


def test_a_row_with_a_known_id_changes_what_it_says_and_nothing_else(model: Model) -> None:
    merged = merge((PAYROLL,), imported(model, "key,title,work_kind\nA-1,Wages,deliver\n"))
    (item,) = merged.items
    assert (item.title, item.answers) == ("Wages", {"work_kind": "deliver", "autonomy": "team"})
    assert (item.level, item.team, item.result_for, item.today, item.out_of_range) == (
        "company", "Finance", "Calm", "okr", True,
    )  # fmt: skip
    assert (merged.added, merged.changed) == (0, 1)


@pytest.mark.parametrize("cells", [",,,,", "nobody,,,,"])
def test_blank_cells_and_values_without_a_meaning_say_nothing(model: Model, cells: str) -> None:
    table = f"key,title,level,today,work_kind,out of range,team\nA-1,Payroll,{cells}\n"
    assert merge((PAYROLL,), imported(model, table)).items == (PAYROLL,)


def test_a_row_can_say_no(model: Model) -> None:
    (item,) = merge((PAYROLL,), imported(model, "key,title,out of range,level\nA-1,Payroll,no,team\n")).items
    assert (item.out_of_range, item.level) == (False, "team")


def test_the_same_table_twice_changes_nothing(model: Model) -> None:
    table = imported(model, "key,title,team\nA-1,Payroll,Finance\nA-2,Search,Web\n")
    once = merge((), table)
    twice = merge(once.items, table)
    assert twice.items == once.items
    assert (twice.added, twice.changed) == (0, 0)


def test_a_row_without_an_id_does_not_push_out_the_one_whose_id_is_its_line(model: Model) -> None:
    found = imported(model, "key,title\n,Without\n2,With\n")
    assert found.problems == ()
    assert [item.title for item in found.items] == ["Without", "With"]
    assert found.items[1].id == "2"
    assert len({item.id for item in found.items}) == 2


_MODEL = Models(MODELS).newest
_ROWS = st.lists(
    st.tuples(st.sampled_from(["", "1", "2", "3", "A"]), st.sampled_from(["x", "y", "z"])), max_size=6
)


def _table(rows: list[tuple[str, str]]) -> Imported:
    return imported(_MODEL, "key,title\n" + "".join(f"{id_},{title}\n" for id_, title in rows))


@given(_ROWS.filter(len), _ROWS.filter(len))
def test_no_item_is_ever_lost_and_no_id_is_there_twice(
    first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    before = merge((), _table(first)).items
    table = _table(second)
    merged = merge(before, table)
    assert len({item.id for item in merged.items}) == len(merged.items) == len(before) + merged.added
    assert [item.id for item in merged.items[: len(before)]] == [item.id for item in before]
    named = [item.id for item, said in zip(table.items, table.said, strict=True) if "id" in said]
    assert merged.added == len(table.items) - sum(id_ in {item.id for item in before} for id_ in named)
