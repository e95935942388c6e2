"""What somebody could change about how they work so that OKRs become the advice; ``docs/decision.md`` 7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.changes import verdicts
from okr_assistant.decision.completions import product
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.decision.tables import Bools, Codes, Tables, tables_of

_SHOWN = 5


class Step(NamedTuple):
    """One change to a changeable option, with the sentence that says how. ``from_`` is None for an open one."""

    question: str
    from_: str | None
    to: str
    how: str


@dataclass(frozen=True, slots=True)
class Path:
    """Changes that together make ``okr`` the recommended approach, while no part of them does.

    ``lead`` is the points by which ``okr`` is then ahead of the next unblocked approach; None when all others are
    blocked.
    """

    changes: tuple[Step, ...]
    lead: int | None
    verdict: Verdict


def path_to_okr(model: Model, sheet: AnswerSheet) -> tuple[Path, ...]:
    """Return up to five smallest sets of changes to changeable options, of any size, that lead to ``okr``.

    Smallest: no part of the set does. Fewest changes first, then the greater lead, then questionnaire order.
    Empty when ``okr`` is recommended already; else empty says exactly that no change to how one works leads
    there. All combinations are tried: 8,748 in 2026.1, and no more than ``checks.py`` lets a model have.
    """
    check_sheet(model, sheet.answers)
    tables = tables_of(model)
    raw = tables.encode(sheet.answers)
    okr = 1 << tables.approaches.index(OKR)
    if tables.outcomes(raw[np.newaxis])[0] == okr:
        return ()
    ways = _ways(tables, raw)
    rows = product(raw, ways, ways)  # no change at all comes first
    reached = tables.outcomes(rows) == okr
    smallest = _smallest(reached.reshape([len(codes) for codes in ways.values()])).ravel()
    rows = rows[smallest]
    leads = _leads(tables, rows)
    best = _order(raw, rows, leads)[:_SHOWN]
    rows, leads = rows[best], leads[best]
    told = verdicts(tables, rows, np.full(len(rows), okr))
    return tuple(
        Path(_steps(tables, raw, row), int(lead) if lead < np.inf else None, verdict)
        for row, lead, verdict in zip(rows, leads, told, strict=True)
    )


def _ways(tables: Tables, raw: Codes) -> Mapping[int, list[int]]:
    """Return by question the codes it can have: first what it has, then its other changeable options."""
    ways = {
        place: [
            int(raw[place]),
            *(code for code, option in enumerate(question.options) if option.changeable and code != raw[place]),
        ]
        for place, question in enumerate(tables.model.questions)
    }
    return {place: codes for place, codes in ways.items() if len(codes) > 1}


def _smallest(reached: Bools) -> Bools:
    """Keep where ``reached`` is true and no part of the set is: one axis a question, entry 0 being no change.

    One axis after the other, as in summing over subsets: ``within`` becomes whether the set or a part of it is
    reached, ``part`` whether a smaller part is.
    """
    within = reached.copy()
    part = np.zeros_like(reached)
    for axis in range(reached.ndim):
        unchanged = within.take([0], axis)
        others = [slice(None)] * reached.ndim
        others[axis] = slice(1, None)
        part[tuple(others)] |= unchanged
        within[tuple(others)] |= unchanged
    return reached & ~part


def _leads(tables: Tables, rows: Codes) -> NDArray[np.float64]:
    """Return by how much ``okr`` is ahead of the next unblocked approach: infinite when there is none."""
    seen, okr = tables.seen(rows), tables.approaches.index(OKR)
    points = tables.totals(seen).astype(np.float64)
    points[tables.blocked(seen)] = -np.inf
    lead: NDArray[np.float64] = points[okr] - np.delete(points, okr, axis=0).max(axis=0)
    return lead


def _order(raw: Codes, rows: Codes, leads: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the places of the rows in the promised order."""
    changes = rows != raw
    # of two sets with as many changes, the one that changes an earlier question comes first
    codes = np.where(changes, rows, np.iinfo(rows.dtype).max)
    return np.lexsort((*codes.T[::-1], -leads, changes.sum(axis=1)))


def _steps(tables: Tables, raw: Codes, row: Codes) -> tuple[Step, ...]:
    before, after = tables.decode(raw), tables.decode(row)
    return tuple(
        Step(question.id, before.get(question.id), option.id, option.how or "")
        for question in tables.model.questions
        for option in question.options
        if option.id == after.get(question.id) != before.get(question.id)
    )
