"""Exports of first drafts: each says everything that is written, nothing in them is markup or a formula."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.drafting.forms import DraftForm
from okr_assistant.drafting.goal_draft import GoalDraft, read_goal_draft
from okr_assistant.export.formats import FORMATS, export
from okr_assistant.export.goal_draft_formats import (
    GOAL_DRAFT_FORMATS,
    GoalDraftExport,
    goal_draft_export,
    goal_draft_file_name,
)
from okr_assistant.export.goal_draft_pdf import goal_draft_data
from okr_assistant.export.markdown import markdown
from okr_assistant.export.pdf import pdf_data
from okr_assistant.export.workbook import Sheet, workbook
from okr_assistant.paths import LOCALES
from okr_assistant.views.artefact import ArtefactView
from okr_assistant.words import Words, read_words
from tests.drafting.drafts import EVERY, NAMES, drafts, full
from tests.export.samples import HOSTILE, SAMPLES
from tests.export.test_table import FORMULAS

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
WORDS = read_words(LOCALES)
STARTS = {"pdf": b"%PDF-", "md": b"# ", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}


def made(draft: GoalDraft) -> GoalDraftExport:
    return goal_draft_export(draft, WORDS, AT)


def hostile(form: DraftForm, variant: str) -> GoalDraft:
    return full(form, variant, lambda place: f"{HOSTILE} {place}"[:120])


def cells(view: ArtefactView) -> list[str]:
    return [cell for part in view.parts for row in part.rows for cell in row if cell]


def csv_rows(data: bytes) -> list[list[str]]:
    return [
        [cell.removeprefix("'") for cell in row]
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    ]


def sheets(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets of a workbook as a spreadsheet reads it; no cell may be anything but text."""
    for page in openpyxl.load_workbook(io.BytesIO(data)):
        for row in page.iter_rows():
            assert all(cell.data_type in {"s", "n"} and not isinstance(cell.value, int | float) for cell in row)
        rows = [[str(value or "").removeprefix("'") for value in row] for row in page.iter_rows(values_only=True)]
        yield page.title, rows


def shown_text(markdown_: str) -> str:
    """The text that Markdown shows."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown_)
    return "\n".join(
        "".join("\n" if child.type == "hardbreak" else child.content for child in token.children or [])
        for token in tokens
        if token.type == "inline"
    )


def test_each_writes_what_it_says() -> None:
    export_ = made(full(*EVERY[0]))
    assert set(GOAL_DRAFT_FORMATS) == set(STARTS)
    for id_, each in GOAL_DRAFT_FORMATS.items():
        assert each.id == id_
        assert WORDS(each.label)
        assert each.write(export_).startswith(STARTS[id_])
        assert goal_draft_file_name(export_, each.ending) == f"Text-of-title-OKR-2026-03-04.{id_}"


def test_another_process_writes_the_same_bytes() -> None:
    """At another second and with another seed; and whoever wants text does not load Typst."""
    code = """
import hashlib, json, sys
from okr_assistant.export.goal_draft_formats import GOAL_DRAFT_FORMATS
print(json.dumps(sorted({'altair', 'pandas', 'typst'} & set(sys.modules))))
from tests.export.test_goal_draft import EVERY, full, made
export = made(full(*EVERY[0]))
print(json.dumps({id_: hashlib.sha256(e.write(export)).hexdigest() for id_, e in GOAL_DRAFT_FORMATS.items()}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    loaded, elsewhere = map(json.loads, done.stdout.splitlines())
    export_ = made(full(*EVERY[0]))
    here = {id_: hashlib.sha256(each.write(export_)).hexdigest() for id_, each in GOAL_DRAFT_FORMATS.items()}
    assert (loaded, elsewhere) == ([], here)


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
@pytest.mark.parametrize("make", [full, hostile])
def test_everything_that_is_written_is_in_every_export(form: DraftForm, variant: str, make: Any) -> None:
    draft = make(form, variant)
    export_ = made(draft)
    view = export_.view
    files = {id_: each.write(export_) for id_, each in GOAL_DRAFT_FORMATS.items()}
    assert [part.id for part in view.parts] == [field.id for field in form.fields(variant)]
    assert read_goal_draft(files["json"]) == draft
    texts = {row[-1] for row in csv_rows(files["csv"])}
    assert set(cells(view)) <= texts
    in_book = {cell for _, rows in sheets(files["xlsx"]) for row in rows for cell in row}
    assert set(cells(view)) <= in_book
    shown = shown_text(files["md"].decode())
    printed = json.dumps(goal_draft_data(view, AT.date(), WORDS), ensure_ascii=False)
    for part in view.parts:
        for sentence in part.sentences:
            assert sentence in shown
            assert json.dumps(sentence, ensure_ascii=False) in printed
    assert draft.title in shown


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_a_row_is_one_finished_sentence_with_all_its_columns(form: DraftForm, variant: str) -> None:
    view = made(full(form, variant)).view
    for part in view.parts:
        for sentence, row in zip(part.sentences, part.rows, strict=True):
            for cell in row:
                assert cell in sentence or cell.startswith("2027-03-"), "days are written out"


def test_a_row_with_holes_has_no_joint_that_stands_alone() -> None:
    rows = ({"target": "60%"}, {"metric": "Calls.", "owner": "Ada"}, {"baseline": "35%", "date": "2027-06-30"})
    (part,) = made(GoalDraft("okr", values={"key_results": rows})).view.parts
    assert part.sentences == ("60%", "Calls. Owner: Ada", "35% by 30 June 2027")


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_each_form_is_printed_with_hostile_text(form: DraftForm, variant: str) -> None:
    assert GOAL_DRAFT_FORMATS["pdf"].write(made(hostile(form, variant))).startswith(b"%PDF-")


@pytest.mark.parametrize("title", ["שיפור תהליך (גרסה 2)", "中文标题 🎉", "W" * 120, ""])
def test_any_script_is_printed(title: str) -> None:
    draft = full(*EVERY[0], lambda _: title or "x")
    assert GOAL_DRAFT_FORMATS["pdf"].write(made(draft)).startswith(b"%PDF-")


@settings(max_examples=40)
@given(drafts())
def test_the_tables_have_every_cell_in_its_place(draft: GoalDraft) -> None:
    export_ = made(draft)
    rows = csv_rows(GOAL_DRAFT_FORMATS["csv"].write(export_))
    assert {len(row) for row in rows} == {5}
    found = {(id_, int(number)): text for id_, _, number, _, text in rows if number.isdecimal()}
    expected = {
        (f"{part.id}.{column}" if column else part.id, number): cell
        for part in export_.view.parts
        for number, row in enumerate(part.rows, start=1)
        for (column, _), cell in zip(part.columns or (("", ""),), row, strict=True)
        if cell
    }
    assert found == expected
    book = dict(sheets(GOAL_DRAFT_FORMATS["xlsx"].write(export_)))
    for part in export_.view.parts:
        if part.columns:
            assert book[part.name] == [[name for _, name in part.columns], *map(list, part.rows)]


@pytest.mark.robustness(38)
@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_is_a_formula(formula: str) -> None:
    text = formula.strip() or "x"
    draft = full(*EVERY[0], lambda _: text)
    for row in csv.reader(
        io.StringIO(GOAL_DRAFT_FORMATS["csv"].write(made(draft)).decode("utf-8-sig"), newline="")
    ):
        assert not [cell for cell in row if cell[:1] in set("=+-@＝＋－＠")]
    data = GOAL_DRAFT_FORMATS["xlsx"].write(made(draft))
    for page in openpyxl.load_workbook(io.BytesIO(data)):
        for row_ in page.iter_rows():
            for cell in row_:
                assert cell.data_type != "f"
                assert str(cell.value or "")[:1] not in set("=+-@＝＋－＠") or not cell.value
    assert text in {cell for _, rows in sheets(data) for row_ in rows for cell in row_}


@given(st.lists(st.sampled_from([*FORMULAS, "#N/A", "1e5", "TRUE", "2027-01-01", "x"]), min_size=1))
def test_whatever_a_cell_looks_like_it_is_text(texts: list[str]) -> None:
    printable = tuple(text.replace("\r", "") for text in texts)
    data = workbook([Sheet("A", [["Heading"], *([text] for text in printable)])], AT)
    page = openpyxl.load_workbook(io.BytesIO(data))["A"]
    assert {cell.data_type for cell in page["A"]} == {"s"}


# the decision record


def test_the_record_has_a_section_with_the_draft(model: Model, words: Words) -> None:
    record = SAMPLES["good"]
    found = assessment(model, record.sheet)
    draft = hostile(*EVERY[0])
    with_it = export(found, record, words, AT, goal=draft).view
    without = export(found, record, words, AT).view
    assert with_it.goal == made(draft).view
    shown = shown_text(markdown(with_it, words))
    assert words("goal_draft.heading", name="OKR") in shown
    printed = json.dumps(pdf_data(with_it, words), ensure_ascii=False)
    assert with_it.goal is not None
    for part in with_it.goal.parts:
        for sentence in part.sentences:
            assert sentence in shown
            assert json.dumps(sentence, ensure_ascii=False) in printed
    assert FORMATS["pdf"].write(export(found, record, words, AT, goal=draft)).startswith(b"%PDF-")
    assert words("goal_draft.heading", name="OKR") not in markdown(without, words)


def test_the_record_asks_for_what_the_answers_ask_for(model: Model, words: Words) -> None:
    record = SAMPLES["contradicting"]
    view = export(assessment(model, record.sheet), record, words, AT, goal=GoalDraft("okr", title="x")).view
    assert view.goal is not None
    assert "How will you find out where it stands today, and by when?" in view.goal.missing
