"""First drafts as tables: one long table as CSV, and a workbook with a sheet for each list of rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from okr_assistant.export.table import Cell, csv_file
from okr_assistant.export.workbook import Sheet, workbook
from okr_assistant.views.artefact import ArtefactView, PartView
from okr_assistant.words import Words

_COLUMNS = ("id", "part", "number", "column", "text")


def goal_draft_csv(view: ArtefactView, words: Words) -> bytes:
    """Return a row for each text: of which part, in which line or row, in which column."""
    return csv_file(_rows(view, words))


def goal_draft_xlsx(view: ArtefactView, words: Words, made_at: datetime) -> bytes:
    """Return a sheet with the single parts and lines, and one for each part that has rows with columns."""
    headings = words("goal_draft.table.part"), words("goal_draft.table.text")
    texts = [(part.name, row[0]) for part in view.parts if not part.columns for row in part.rows]
    first = Sheet(words("goal_draft.title"), map(list, (headings, *_about(view, words), *texts)), wrapped=True)
    return workbook([first, *(_sheet(part) for part in view.parts if part.columns)], made_at)


def _sheet(part: PartView) -> Sheet:
    headings = tuple(name for _, name in part.columns)
    return Sheet(part.name, map(list, (headings, *part.rows)), wrapped=True)


def _about(view: ArtefactView, words: Words) -> Iterator[tuple[str, str]]:
    facts = (
        (words("goal_draft.table.title"), view.title),
        (words("goal_draft.table.kind"), view.name),
        (words("record.model"), view.model),
    )
    return ((name, text) for name, text in facts if text)


def _rows(view: ArtefactView, words: Words) -> Iterator[list[Cell]]:
    yield [words(f"goal_draft.table.{column}") for column in _COLUMNS]
    for name, text in _about(view, words):
        yield ["", name, "", "", text]
    for part in view.parts:
        columns = part.columns or (("", ""),)
        for number, row in enumerate(part.rows, start=1):
            for (id_, name), text in zip(columns, row, strict=True):
                if text:
                    yield [".".join(filter(None, (part.id, id_))), part.name, number, name, text]
