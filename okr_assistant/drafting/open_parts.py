"""What is still missing in a first draft, in the order of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.drafting.forms import Field
from okr_assistant.drafting.goal_draft import GoalDraft, Row
from okr_assistant.drafting.key_results import KeyResult


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A field that is empty or has too few lines; or, in a row from 1, a column that is empty.

    The columns of rows that are still to be written are open too: their number falls while a row is filled.
    """

    field: Field
    row: int = 0
    column: Field | None = None


def open_parts(draft: GoalDraft, answers: Mapping[str, str]) -> tuple[OpenPart, ...]:
    """Return every needed part that is missing; ``answers`` say which fields are asked for."""
    asked = [field for field in draft.fields if field.needed and field.is_asked(answers)]
    return tuple(part for field in asked for part in _missing(draft, field))


def _missing(draft: GoalDraft, field: Field) -> Iterator[OpenPart]:
    value = draft.values.get(field.id, ())
    if not isinstance(value, tuple):
        return
    least = max(field.least, 1)
    if field.kind != "rows":
        yield from (OpenPart(field),) if len(value) < least else ()
        return
    rows = draft.rows(field.id)
    for number, row in enumerate((*rows, *({},) * (least - len(rows))), start=1):
        there = row.keys() | (_in_one_text(row) if field.lint == "key_results" else set())
        yield from (OpenPart(field, number, c) for c in field.columns if c.needed and c.id not in there)


def _in_one_text(row: Row) -> set[str]:
    """The columns of a key result that somebody wrote as one sentence into the first of them."""
    one = KeyResult(str(row.get("metric", "")))
    found = {"baseline", "target"} if one.measure.pairs else set()
    return found | ({"date"} if any(day.ahead for day in one.reading.dates) else set())
