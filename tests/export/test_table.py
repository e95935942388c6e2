"""The table has the view's numbers as numbers, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.table import safe, table
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.words import Words
from tests.export.samples import GOOD, SAMPLES, every_record, made

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "'=1",
    '=HYPERLINK("x")',
]


def read(data: bytes) -> list[list[str]]:
    """What a reader who knows our apostrophe sees."""
    assert data.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return [[cell.removeprefix("'") for cell in row] for row in rows]


def test_it_says_what_the_view_says(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = made(model, record, words).view
        header, *rows = read(table(view, words))
        assert header == [
            "Id",
            "Question",
            "Answer",
            "State",
            *(model.approaches_by_id[a].name for a in model.approaches_by_id),
        ]
        assert all(len(row) == len(header) for row in rows)
        questions = [row for row in rows if row[0]]
        assert [row[:3] for row in questions] == [
            [e.row.question_id, e.row.question, e.row.answer] for e in view.answers
        ]
        numbers = [[int(cell) if cell else None for cell in row[4:]] for row in questions]
        assert numbers == [list(entry.points) for entry in view.answers]
        total, standing, *facts = [row for row in rows if not row[0]]
        assert [int(cell) for cell in total[4:]] == [
            sum(p or 0 for p in column) for column in zip(*numbers, strict=True)
        ]
        assert standing[4:] == [entry.standing_text for entry in view.approaches]
        said = {row[1]: row[2] for row in facts}
        assert said["Verdict"] == view.result.sentence
        assert said.get("Title", "") == view.title
        assert said.get("Notes", "") == view.notes
        assert said.get("Margin", "") == (view.outlook.margin if view.outlook else "")
        decision = view.decision
        assert said.get("What we decided", "") == (decision.decided if decision else "")
        assert said.get("Because", "") == (decision.because if decision else "")
        assert said.get("Owner", "") == (decision.owner if decision else "")
        assert ("Review on" in said) == (record.decision.review_on is not None)


def test_the_state_is_said_in_a_word(model: Model, words: Words) -> None:
    answers = {"outcome_clarity": "unknown", "measurability": "baseline", "autonomy": "unsure"}
    view = made(model, Record(AnswerSheet(answers)), words).view
    states = {row[0]: row[3] for row in read(table(view, words))}
    assert states["outcome_clarity"] == "answered"
    assert states["measurability"] == "does not count"
    assert states["autonomy"] == "to find out"
    assert states["work_kind"] == "open"


@pytest.mark.robustness(38)
@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text_wherever_it_stands(formula: str, model: Model, words: Words) -> None:
    """A title, a note and the names of somebody else's model can all start like one."""
    assert safe([formula, 3, -3]) == [f"'{formula}", 3, -3]
    typed = formula.strip()
    record = Record(AnswerSheet(GOOD, typed), typed, Decision(typed, typed, typed))
    cells = [
        cell
        for row in csv.reader(io.StringIO(table(made(model, record, words).view, words).decode()))
        for cell in row
    ]
    assert typed not in cells or typed == "-1", "which is a number of points as well"
    assert cells.count(f"'{typed}") == 5


@pytest.mark.robustness(38)
@given(st.lists(st.one_of(st.text(), st.sampled_from(FORMULAS), st.integers()), min_size=2))
def test_any_row_can_be_read_back(row: list[str | int]) -> None:
    kept = safe(row)
    assert [each if isinstance(each, int) else each.removeprefix("'") for each in kept] == row
    for before, after in zip(row, kept, strict=True):
        if isinstance(before, str):
            assert str(after).lstrip()[:1] not in set("=+-@＝＋－＠")


def test_text_without_a_formula_is_left_alone() -> None:
    plain = ["a=b", "Größe", "1-2", "", "x'y", "中文"]
    assert safe(list(plain)) == plain


def test_lines_end_as_in_the_rfc(model: Model, words: Words) -> None:
    data = table(made(model, SAMPLES["nothing"], words).view, words)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"\r\n")


def test_totals_are_numbers_for_a_spreadsheet_too(model: Model, words: Words) -> None:
    data = table(made(model, SAMPLES["blocked"], words).view, words).decode()
    (total,) = [line for line in data.splitlines() if line.startswith(",Total,")]
    assert "'" not in total
    assert '"' not in total
