"""A first draft as what it is for: the finished sentences of an OKR, a metric sheet, a plan and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from okr_assistant.drafting.forms import Field
from okr_assistant.drafting.goal_draft import Cell, GoalDraft, Row
from okr_assistant.drafting.open_parts import OpenPart, open_parts
from okr_assistant.words import Words

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})
_COLUMN = re.compile(r"\{(\w+)\}")
_JOINTS = " .,:→"


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the artefact that something is written for.

    ``sentences`` are as people read them, one for each line or row. ``rows`` are the same as cells of a table,
    with dates as in 2026-12-31; of a part without ``columns`` each has one cell.
    """

    id: str
    name: str
    listed: bool
    sentences: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ArtefactView:
    """A draft as it is exported. ``title`` and everything in ``parts`` but names is text that people typed."""

    approach: str
    name: str
    heading: str
    title: str
    status: str
    model: str
    parts: tuple[PartView, ...]
    missing: tuple[str, ...]
    questions: tuple[str, ...]


def artefact_view(draft: GoalDraft, words: Words, answers: Mapping[str, str] = NO_ANSWERS) -> ArtefactView:
    """Return the artefact; ``answers`` say which parts belong to it though nothing is written there yet."""
    missing = open_parts(draft, answers)
    return ArtefactView(
        approach=draft.approach,
        name=draft.form.name,
        heading=draft.title or words("record.untitled"),
        title=draft.title,
        status=words.counted("goal_draft.status", len(missing)) if missing else words("goal_draft.complete"),
        model=draft.model,
        parts=tuple(_part(draft, field, words) for field in draft.fields if field.id in draft.values),
        missing=tuple(_missing(tuple(parts), words) for _, parts in groupby(missing, _row)),
        questions=tuple(question.text for question in draft.form.questions),
    )


def _part(draft: GoalDraft, field: Field, words: Words) -> PartView:
    value = draft.values[field.id]
    columns: tuple[tuple[str, str], ...] = ()
    if field.kind == "rows":
        rows = draft.rows(field.id)
        sentences = tuple(_sentence(field, row, words) for row in rows)
        columns = tuple((column.id, column.name) for column in field.columns)
        cells = tuple(tuple(_raw(c, row.get(c.id, "")) for c in field.columns) for row in rows)
    elif isinstance(value, tuple):
        sentences = tuple(str(line) for line in value)
        cells = tuple((line,) for line in sentences)
    else:
        sentences = (_said(field, value, words),)
        cells = ((_raw(field, value),),)
    return PartView(field.id, field.name, field.kind in {"lines", "rows"}, sentences, columns, cells)


def _sentence(field: Field, row: Row, words: Words) -> str:
    """The row as a sentence; pieces whose column is empty are left out, and no joint stands alone."""
    said = ""
    for piece, column in _pieces(field):
        if column.id in row:
            added = piece.replace(f"{{{column.id}}}", _said(column, row[column.id], words))
            said = (
                f"{said.removesuffix('.') if piece.startswith('.') else said}{added}"
                if said
                else added.lstrip(_JOINTS)
            )
    return said


def _pieces(field: Field) -> Iterator[tuple[str, Field]]:
    for piece in field.sentence:
        found = _COLUMN.search(piece)
        assert found is not None  # noqa: S101 - each piece names a column
        yield piece, field.column(found[1])


def _said(field: Field, value: Cell | tuple[object, ...], words: Words) -> str:
    """A value as people read it."""
    if field.kind == "date":
        return words.date(date.fromisoformat(str(value)))
    return _raw(field, value)


def _raw(field: Field, value: Cell | tuple[object, ...]) -> str:
    """A value as the cell of a table."""
    return field.label_of(str(value)) if field.kind == "choice" and value else str(value)


def _row(part: OpenPart) -> tuple[str, int]:
    return part.field.id, part.row


def _missing(parts: tuple[OpenPart, ...], words: Words) -> str:
    """What is missing in one field, or in one of its rows, as the form asks for it."""
    field, row = parts[0].field, parts[0].row
    if row:
        asked = " ".join(part.column.label for part in parts if part.column)
        return words("goal_draft.missing.cell", one=field.one, number=row, asked=asked)
    if field.least > 1:
        return words("goal_draft.missing.least", asked=field.label, least=field.least)
    return field.label
