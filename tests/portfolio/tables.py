"""Tables for tests, and portfolios as our own tables have them."""

from __future__ import annotations

from collections.abc import Iterable

from okr_assistant.decision.model import Model
from okr_assistant.portfolio.items import WorkItem
from okr_assistant.portfolio.mapping import FIELDS, HEADINGS, NO, YES
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.portfolio.reading import read_pasted


def pasted(*rows: str) -> RawTable:
    """A table of these lines, cells apart by ``|``."""
    return read_pasted("\n".join(row.replace("|", "\t") for row in rows))


def exported(model: Model, items: Iterable[WorkItem]) -> list[list[str]]:
    """Headings and rows, by field and then by question."""
    rows = [[*(HEADINGS[field][0] for field in FIELDS), *model.questions_by_id]]
    for item in items:
        texts = [str(getattr(item, field)) for field in FIELDS if field != "out_of_range"]
        said = [item.answers.get(id_, "") for id_ in model.questions_by_id]
        rows.append([*texts, YES if item.out_of_range else NO, *said])
    return rows
