"""Answers and points as CSV: one table, one line of headings, as a spreadsheet wants it.

A row for each question, with a column of whole numbers for each approach in the order of the model. Below it, in
the same columns and without an id, the totals, how each approach stands, and what the record says in single cells.

In UTF-8 with a byte order mark: without it Excel takes the file for the encoding of the machine and breaks every
letter beyond ASCII; other readers skip it. Commas and CRLF as in RFC 4180; an Excel that expects semicolons opens
it with *Data, From Text/CSV*. A text that a spreadsheet would run as a formula is neutral, see ``formulas.py``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from okr_assistant.formulas import neutral
from okr_assistant.views.record import RecordView
from okr_assistant.words import Words

Cell: TypeAlias = str | int


def table(view: RecordView, words: Words) -> bytes:
    """Return the table as the bytes of a CSV file."""
    return csv_file(rows(view, words))


def csv_file(found: Iterable[list[Cell]]) -> bytes:
    """Return rows, headings first, as the bytes of a CSV file in which nothing is a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(safe, found))
    return out.getvalue().encode("utf-8-sig")


def safe(row: list[Cell]) -> list[Cell]:
    """Return the cells so that none is a formula; numbers stay numbers."""
    return [cell if isinstance(cell, int) else neutral(cell) for cell in row]


def rows(view: RecordView, words: Words) -> Iterator[list[Cell]]:
    """Yield the headings and every row, each of the same length."""
    names = [entry.name for entry in view.approaches]
    yield [*(words(f"export.table.{column}") for column in ("id", "question", "answer", "state")), *names]
    for entry in view.answers:
        row = entry.row
        state = words(f"export.table.kind.{row.kind}")
        yield [row.question_id, row.question, row.answer, state, *("" if p is None else p for p in entry.points)]
    yield ["", words("export.table.total"), "", "", *(entry.points for entry in view.approaches)]
    yield ["", words("export.table.standing"), "", "", *(entry.standing_text for entry in view.approaches)]
    for label, value in _facts(view, words):
        yield ["", label, value, "", *("" for _ in names)]


def _facts(view: RecordView, words: Words) -> Iterator[tuple[str, str]]:
    """What the record says in single cells; what was not said has no row."""
    decision = view.decision
    facts = (
        (words("export.table.title"), view.title),
        (words("export.table.verdict"), view.result.sentence),
        (words("export.table.margin"), view.outlook.margin if view.outlook else ""),
        (words("record.decision"), decision.decided if decision else ""),
        (words("record.because"), decision.because if decision else ""),
        (words("record.owner"), decision.owner if decision else ""),
        (words("record.review_on"), view.review_on.isoformat() if decision and decision.review_on else ""),
        (words("record.notes"), view.notes),
        (words("record.date"), view.made_on.isoformat()),
        (words("record.model"), view.model),
    )
    return ((label, value) for label, value in facts if value)
