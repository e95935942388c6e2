"""The files of a goal map: each says what the view says, and none can be made to run anything."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from okr_assistant.decision.model import Model
from okr_assistant.export.map_formats import MAP_FORMATS, MapExport, map_export, map_file_name
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.portfolio.importing import Imported, take
from okr_assistant.portfolio.items import Portfolio, WorkItem
from okr_assistant.portfolio.mapping import proposed
from okr_assistant.portfolio.reading import read_table
from okr_assistant.views.portfolio.items import next_questions
from okr_assistant.words import Words
from tests.export.samples import HOSTILE
from tests.portfolio.samples import SUSTAIN, many, portfolio

MADE_AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
STARTS = {
    "pdf": b"%PDF-", "md": b"# ", "xlsx": b"PK", "csv": b"\xef\xbb\xbfid,title,", "json": b"{", "png": b"\x89PNG",
    "svg": b"<svg", "plot-png": b"\x89PNG", "plot-svg": b"<svg",
}  # fmt: skip
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠x", "'=1", '=HYPERLINK("x")']


def made(model: Model, words: Words, shown: Portfolio, before: Portfolio | None = None) -> MapExport:
    earlier = goal_map(model, before) if before else None
    return map_export(goal_map(model, shown), shown.name, words, MADE_AT, earlier)


def two_quarters(model: Model, words: Words) -> MapExport:
    now = portfolio(model)
    first, *rest = now.items[:-2]
    then = replace(first, answers={**first.answers, "work_kind": "deliver"})
    return made(model, words, now, replace(now, items=(then, *rest, WorkItem("old", "Gone since"))))


def hostile(model: Model) -> Portfolio:
    texts = [
        *FORMULAS,
        HOSTILE,
        "x" * 120,
        "Donau" * 24,
        "שיפור תהליך (גרסה 2)",
        "中文标题 🎉",
        "- list",
        "1. one",
        "{count}",
        "# h",
    ]
    items = [
        WorkItem(
            f"{text[:30]}{number}",
            text,
            SUSTAIN,
            team=text,
            result_for=text,
            today="okr",
            out_of_range=number % 3 == 0,
        )
        for number, text in enumerate(texts)
    ]
    return Portfolio(HOSTILE, model.version, tuple(items))


def imported(model: Model, data: bytes, name: str, sheet: str = "") -> Imported:
    table = read_table(data, name, sheet)
    return take(table, proposed(table, model), model)


def test_each_writes_what_it_says_and_the_same_bytes_again(model: Model, words: Words) -> None:
    export = two_quarters(model, words)
    assert set(MAP_FORMATS) == set(STARTS)
    for id_, each in MAP_FORMATS.items():
        written = each.write(export)
        assert (each.id, written[: len(STARTS[id_])]) == (id_, STARTS[id_])
        assert words(each.label)
        assert each.write(two_quarters(model, words)) == written, id_
        assert (
            map_file_name(export.name, MADE_AT.date(), each.ending, words)
            == f"Shoes-first-quarter-2026-03-04.{each.ending}"
        )


def test_another_process_writes_the_same_bytes(model: Model, words: Words) -> None:
    """At another time, too. And whoever wants text or tables loads neither Typst nor Altair."""
    code = """
import hashlib, json, sys
from okr_assistant import load_model
from okr_assistant.export.map_formats import MAP_FORMATS
print(json.dumps(sorted({'altair', 'pandas', 'typst'} & set(sys.modules))))
from okr_assistant.paths import LOCALES
from okr_assistant.words import read_words
from tests.export.test_map_formats import two_quarters
export = two_quarters(load_model(), read_words(LOCALES))
print(json.dumps({id_: hashlib.sha256(each.write(export)).hexdigest() for id_, each in MAP_FORMATS.items()}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    loaded, elsewhere = map(json.loads, done.stdout.splitlines())
    export = two_quarters(model, words)
    assert elsewhere == {id_: hashlib.sha256(each.write(export)).hexdigest() for id_, each in MAP_FORMATS.items()}
    assert loaded == []


def test_a_map_without_items_can_be_written(model: Model, words: Words) -> None:
    empty = made(model, words, Portfolio("", model.version))
    for id_, each in MAP_FORMATS.items():
        assert each.write(empty).startswith(STARTS[id_]), id_
    assert map_file_name("", MADE_AT.date(), "csv", words) == "Goal-map-2026-03-04.csv"


@pytest.mark.robustness(38)
@pytest.mark.parametrize("shown", [portfolio, hostile, lambda model: many(model, 300)])
def test_the_csv_is_read_back_as_the_same_items(shown, model: Model, words: Words) -> None:  # type: ignore[no-untyped-def]
    """Robustness 38: what was neutralised comes back as it was; what follows from the answers is left out."""
    items = shown(model).items
    found = imported(model, MAP_FORMATS["csv"].write(made(model, words, shown(model))), "map.csv")
    assert (found.problems, found.unmapped) == ((), ())
    assert found.items == items


@pytest.mark.robustness(38)
@pytest.mark.parametrize("shown", [portfolio, hostile])
def test_the_spreadsheet_is_read_back_as_the_same_items(shown, model: Model, words: Words) -> None:  # type: ignore[no-untyped-def]
    data = MAP_FORMATS["xlsx"].write(made(model, words, shown(model)))
    found = imported(model, data, "map.xlsx", "Items")
    assert (found.items, found.problems, found.unmapped) == (shown(model).items, (), ())


@pytest.mark.robustness(38)
def test_nothing_in_a_table_is_a_formula(model: Model, words: Words) -> None:
    """Robustness 38, for the cells of both kinds of tables; headings are words of ours and ids of the model."""
    export = made(model, words, hostile(model), portfolio(model))
    rows = list(csv.reader(io.StringIO(MAP_FORMATS["csv"].write(export).decode("utf-8-sig"), newline="")))
    book = load_workbook(io.BytesIO(MAP_FORMATS["xlsx"].write(export)))
    cells = [cell for row in rows for cell in row]
    for sheet in book:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}, "text and numbers"
            cells += [cell.value for cell in row if isinstance(cell.value, str)]
    assert any(cell.startswith("'=") for cell in cells)
    for cell in cells:
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠") or cell in {"-1", "+1"}, cell
    assert "'-1" in cells


def test_the_spreadsheet_has_a_sheet_for_each_table(model: Model, words: Words) -> None:
    export = two_quarters(model, words)
    book = load_workbook(io.BytesIO(MAP_FORMATS["xlsx"].write(export)))
    assert book.sheetnames == ["Map", "Items", "Advice", "By team", "Changes"]
    for sheet in book:
        assert sheet.freeze_panes in {"A2", "C2"}
        assert all(9 <= column.width <= 60 for column in sheet.column_dimensions.values())
        assert all(cell.font.b for cell in sheet[1])
    counts = {row[1].value: row[2].value for row in book["Map"].iter_rows(min_row=2)}
    assert {place.name: place.count for place in export.view.places}.items() <= counts.items()
    assert book["Items"].max_row == 31
    assert book["Advice"].max_row == 1 + sum(len(advised.items) for advised in export.view.advice)
    assert book["By team"].cell(book["By team"].max_row, 1).value == "All teams"
    assert [row[0].value for row in book["Changes"].iter_rows(min_row=2)] == ["moved", "new", "new", "gone"]


def test_no_time_but_the_one_that_is_given_is_in_the_spreadsheet(model: Model, words: Words) -> None:
    with zipfile.ZipFile(io.BytesIO(MAP_FORMATS["xlsx"].write(two_quarters(model, words)))) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert b"2026-03-04T05:06:07" in parts.read("docProps/core.xml")
        assert str(datetime.now(UTC).year).encode() not in parts.read("docProps/core.xml").replace(
            b"2026-03-04", b""
        )


def test_the_json_has_every_item_with_what_follows_from_it(model: Model, words: Words) -> None:
    export = two_quarters(model, words)
    whole = json.loads(MAP_FORMATS["json"].write(export))
    assert (whole["format"], whole["name"], whole["model"]) == (
        "okr-assistant goal map 1",
        "Shoes, first quarter",
        "2026.1",
    )
    assert whole["counts"] == export.map_.counts
    ahead = next_questions(export.map_)
    for item, placed in zip(whole["items"], export.map_.items, strict=True):
        assert (item["id"], item["answers"], item["place"]) == (placed.item.id, placed.item.answers, placed.place)
        assert item["next_question"] == ahead.get(placed.item.id)
        if placed.item.answers:
            assert placed.found
            assert (item["verdict"], item["share"]) == (
                placed.found.verdict,
                pytest.approx(placed.found.share, abs=1e-4),
            )
        else:
            assert (item["verdict"], item["share"]) == (None, None)
    assert len(whole["advice"]["stop"]) == 8
    assert whole["advice"]["together"] == [{"result_for": "Orders people keep", "items": ["SHOE-1", "SHOE-3"]}]
    assert [moved["from"] for moved in whole["difference"]["moved"]] == ["milestones"]
    assert json.loads(MAP_FORMATS["json"].write(made(model, words, portfolio(model))))["difference"] is None


def test_a_picture_for_a_slide_is_large_and_wide(model: Model, words: Words) -> None:
    for id_ in ("png", "plot-png"):
        width, height = struct.unpack(">II", MAP_FORMATS[id_].write(two_quarters(model, words))[16:24])
        assert 1_700 < width < 2_200
        assert width / height > 1.25
