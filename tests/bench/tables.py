"""Tables such as trackers export, of any size and the same in every run, as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

from openpyxl import Workbook

from okr_assistant.decision.model import Model

_SEED = 2026
_WORDS = ["billing", "report", "search", "checkout", "login", "export", "mobile", "partner", "churn", "invoice"]


def mixed_rows(model: Model, count: int) -> Iterator[list[str]]:
    """Headings, then rows with an id, a title, a team, answers by id or label or open, and notes of several lines.

    One in a hundred has no title, one in two hundred a title of 200 characters.
    """
    dice = random.Random(_SEED)
    yield ["Issue key", "Summary", "Team", "Today", *(q.text for q in model.questions), "Sprint", "Description"]
    for number in range(count):
        title = f"{' '.join(dice.choices(_WORDS, k=5)).capitalize()} {number}"
        if number % 100 == 50:
            title = ""
        elif number % 200 == 20:
            title = "x" * 200
        today = dice.choice(["", *(approach.name for approach in model.approaches)])
        answers = [dice.choice([o.id, o.label, "", ""]) for q in model.questions for o in [dice.choice(q.options)]]
        notes = f'First line, with "quotes"\nand {dice.choice(_WORDS)}' if number % 3 == 0 else ""
        yield [f"OPS-{number}", title, f"Team {number % 30}", today, *answers, f"Sprint {number % 12}", notes]


def one_kind(model: Model, kind: str, count: int) -> Iterator[list[str]]:
    """Headings and rows that are all of one kind."""
    title = {"ascii": "A plain title", "other scripts": "Größere Übersicht für 東京", "untitled": ""}[kind]
    yield ["Title", *(question.id for question in model.questions)]
    answers = [question.options[0].id for question in model.questions]
    for number in range(count):
        yield [f"{title} {number}" if title else "", *answers]


def as_csv(rows: Iterator[list[str]]) -> bytes:
    """Return the rows as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Iterator[list[str]]) -> bytes:
    """Return the rows as a spreadsheet with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Work")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
