"""What sheets of a group lead to: exactly what ``assess`` says of each, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from okr_assistant.decision.batch import code_sheets
from okr_assistant.decision.model import Model
from okr_assistant.decision.tables import Codes, tables_of


def outcomes_of(model: Model, sheets: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return for each sheet its outcome: one approach, or those that tie, in model order."""
    return _named(model, code_sheets(model, sheets))


def outcomes_with_each(model: Model, answers: Mapping[str, str]) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Return the outcomes by question and choice: of the sheet with that in place of what it says there.

    None is the question left open.
    """
    tables = tables_of(model)
    codes = [(place, code) for place, last in enumerate(tables.open.tolist()) for code in range(last + 1)]
    rows = np.tile(tables.encode(answers), (len(codes), 1))
    rows[np.arange(len(codes)), [place for place, _ in codes]] = [code for _, code in codes]
    keys = [(tables.questions[place], (*tables.choices[place], None)[code]) for place, code in codes]
    return dict(zip(keys, _named(model, rows), strict=True))


def _named(model: Model, rows: Codes) -> list[tuple[str, ...]]:
    tables = tables_of(model)
    masks = tables.outcomes(rows).tolist()
    names = {mask: tables.names(mask) for mask in set(masks)}
    return [names[mask] for mask in masks]
