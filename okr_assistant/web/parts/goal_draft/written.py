"""What is written into the form of a first draft. It stays in this tab until it is saved as a file.

It belongs to one piece of work (``draft.work``) and one form: another piece of work opened in the same tab starts
with an empty one, and whoever looks at another form finds the first as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from okr_assistant.drafting.forms import Field, form_for
from okr_assistant.drafting.goal_draft import GoalDraft, Row, Value, clean_value
from okr_assistant.errors import OkrAssistantError
from okr_assistant.web import draft

CHANGED = "_goal_draft_changed"
_CHOICE = "goal_draft_form"
_IN_A_FIELD = re.compile(r"goal_draft_\d+_")
"""How the keys of ``key`` begin."""

Place = tuple[str, int, str]
"""A field, the row of it on the screen from 1 (0 without rows), and the column (empty without)."""


@dataclass(frozen=True)
class Written:
    """A draft, what could not be kept of it, and for each of its rows which one it is on the screen."""

    draft: GoalDraft
    problems: Mapping[Place, OkrAssistantError]
    shown_as: Mapping[str, tuple[int, ...]]

    def row_of(self, field: str, shown: int) -> int:
        """The number in the draft of a row on the screen; 0 for one that is empty."""
        places = self.shown_as.get(field, ())
        return places.index(shown) + 1 if shown in places else 0


def written(approach: str, variant: str) -> Written:
    """Return what is in the fields of this form; what cannot be kept is left out."""
    current = draft.current()
    problems: dict[Place, OkrAssistantError] = {}
    shown_as: dict[str, tuple[int, ...]] = {}
    values: dict[str, Value] = {}
    for field in _fields(approach, variant):
        if field.kind == "rows":
            rows = list(_rows(approach, variant, field, problems))
            shown_as[field.id] = tuple(number for number, _ in rows)
            value: Value = tuple(row for _, row in rows)
        else:
            value = _cell(approach, variant, (field.id, 0, ""), field, problems)
        if value not in ("", ()):
            values[field.id] = value
    found = GoalDraft(approach, variant, current.title, current.model.version, values)
    return Written(found, problems, shown_as)


def goal_of_the_work() -> GoalDraft | None:
    """Return the draft that was chosen for this piece of work; None when nothing is written in it."""
    approach, _, variant = (st.session_state.get(choice_key()) or "").partition(".")
    if form_for(approach, variant) is None:
        return None
    found = written(approach, variant).draft
    return found if found.values else None


def is_anything_written() -> bool:
    """Tell whether there is a text in any field of any form, of this piece of work or another one."""
    return any(value for name, value in st.session_state.items() if _IN_A_FIELD.match(str(name)))


def put(opened: GoalDraft) -> None:
    """Have a draft in the fields of its form, in place of what is there."""
    for field in opened.fields:
        rows = opened.rows(field.id) if field.kind == "rows" else ()
        for shown in range(1, field.most + 1 if field.kind == "rows" else 1):
            row = rows[shown - 1] if shown <= len(rows) else {}
            for column in field.columns:
                _set(opened, (field.id, shown, column.id), column, row.get(column.id, ""))
        if field.kind == "rows":
            st.session_state[rows_key(opened.approach, opened.variant, field)] = max(field.least, len(rows))
        else:
            _set(opened, (field.id, 0, ""), field, opened.values.get(field.id, ""))
    if opened.title and not draft.current().title:
        draft.name(opened.title)


def key(approach: str, variant: str, place: Place) -> str:
    """Return the key of the widget there; variants of one form share it."""
    form = form_for(approach, variant)
    assert form is not None  # noqa: S101 - a form that is on the screen is there
    return "_".join(("goal_draft", str(draft.work()), form.id, *map(str, filter(None, place))))


def rows_key(approach: str, variant: str, field: Field) -> str:
    """Return where the number of rows on the screen is."""
    return f"_rows_of_{key(approach, variant, (field.id, 0, ''))}"


def rows_shown(approach: str, variant: str, field: Field) -> int:
    """Return how many rows are on the screen."""
    shown: int = st.session_state.get(rows_key(approach, variant, field), max(field.least, 1))
    return shown


def choice_key() -> str:
    """Return the key of the choice of a form for this piece of work."""
    return f"{_CHOICE}_{draft.work()}"


def changed() -> None:
    """Note that the page has to be drawn anew, which the fragment of the form does."""
    st.session_state[CHANGED] = True


def _fields(approach: str, variant: str) -> tuple[Field, ...]:
    form = form_for(approach, variant)
    return form.fields(variant) if form else ()


def _rows(
    approach: str, variant: str, field: Field, problems: dict[Place, OkrAssistantError]
) -> Iterator[tuple[int, Row]]:
    for shown in range(1, rows_shown(approach, variant, field) + 1):
        cells = {
            column.id: _cell(approach, variant, (field.id, shown, column.id), column, problems)
            for column in field.columns
        }
        row = {id_: cell for id_, cell in cells.items() if isinstance(cell, str | int) and cell != ""}
        if row:
            yield shown, row


def _cell(
    approach: str, variant: str, place: Place, field: Field, problems: dict[Place, OkrAssistantError]
) -> Value:
    raw: Any = st.session_state.get(key(approach, variant, place))
    if isinstance(raw, date):
        raw = raw.isoformat()
    if field.kind == "lines":
        raw = [line for line in (raw or "").split("\n") if line.strip()]
    try:
        return clean_value(field, "" if raw is None else raw, field.name)
    except OkrAssistantError as error:
        problems[place] = error
        return ""


def _set(opened: GoalDraft, place: Place, field: Field, value: Value) -> None:
    """What a widget has for a value of the draft."""
    given: Any = value
    if field.kind in {"date", "number", "choice"} and value == "":
        given = None
    elif field.kind == "date":
        given = date.fromisoformat(str(value))
    elif field.kind == "lines":
        given = "\n".join(map(str, value)) if isinstance(value, tuple) else ""
    st.session_state[key(opened.approach, opened.variant, place)] = given
