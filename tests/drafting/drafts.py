"""Drafts for tests: a full one of every form and variant, and any that could be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from okr_assistant.drafting.forms import DraftForm, Field, forms
from okr_assistant.drafting.goal_draft import FIRST_DAY, LAST_DAY, MOST_NUMBER, GoalDraft, Value
from okr_assistant.errors import TextError
from okr_assistant.free_text import clean_note, clean_title

EVERY: list[tuple[DraftForm, str]] = [(form, variant) for form in forms() for variant in form.variants]
NAMES = [f"{form.id} {variant}".strip() for form, variant in EVERY]


def full(
    form: DraftForm, variant: str, text: Callable[[str], str] = lambda place: f"Text of {place}"
) -> GoalDraft:
    """Everything that can be written is, each text different and told by its place."""
    values: dict[str, Value] = {}
    for field in form.fields(variant):
        match field.kind:
            case "lines":
                values[field.id] = tuple(text(f"{field.id} {n}") for n in range(1, max(field.least, 1) + 1))
            case "rows":
                values[field.id] = tuple(
                    {column.id: one(column, f"{field.id} {n} {column.id}", n, text) for column in field.columns}
                    for n in range(1, max(field.least, 1) + 1)
                )
            case _:
                values[field.id] = one(field, field.id, 1, text)
    return GoalDraft(form.approach, variant, text("title"), "2026.1", values)


def one(field: Field, place: str, number: int, text: Callable[[str], str]) -> str | int:
    match field.kind:
        case "date":
            return f"2027-03-{number:02}"
        case "number":
            return 100 + number
        case "choice":
            return field.options[-1].id
        case _:
            return text(place)


def typed(limit: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    """Any text that can be kept."""

    def kept(text: str) -> str:
        try:
            return clean_note(text, limit=limit) if lines else clean_title(text, limit=limit)
        except TextError:
            return "x"

    return st.text(max_size=40).map(kept).map(lambda text: text or "y")


def value(field: Field) -> st.SearchStrategy[Any]:
    match field.kind:
        case "lines":
            return st.lists(typed(300), min_size=1, max_size=field.most).map(tuple)
        case "rows":
            cells = {column.id: value(column) for column in field.columns}
            row = st.fixed_dictionaries({}, optional=cells).filter(bool)
            return st.lists(row, min_size=1, max_size=field.most).map(tuple)
        case "date":
            return st.dates(FIRST_DAY, LAST_DAY).map(str)
        case "number":
            return st.integers(0, MOST_NUMBER)
        case "choice":
            return st.sampled_from([option.id for option in field.options])
        case "text":
            return typed(2000, lines=True)
        case "line":
            return typed(300)


@st.composite
def drafts(draw: st.DrawFn) -> GoalDraft:
    """Any draft of any form."""
    form, variant = draw(st.sampled_from(EVERY))
    values = draw(st.fixed_dictionaries({}, optional={f.id: value(f) for f in form.fields(variant)}))
    return GoalDraft(form.approach, variant, draw(typed(120)), draw(st.sampled_from(["", "2026.1"])), values)
