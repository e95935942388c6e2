"""How firmly an outcome stands: against one slip, without one answer, and with other numbers in the model.

See ``docs/decision.md`` 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.decision.tables import Codes, Tables, leaders, tables_of

Label: TypeAlias = Literal["tie", "narrow", "clear"]

_SEED = 2026
_MODELS = 1000
_FACTORS = (0.8, 1.2)


@dataclass(frozen=True, slots=True)
class Margin:
    """How far the outcome is from another one.

    ``label`` is ``tie``, ``narrow`` (one *slip*, an answer of an ordered question moved to a neighbouring option,
    changes the outcome) or ``clear``. ``points`` is the lead over the next unblocked approach: 0 in a tie, None
    when all others are blocked. ``to``, in model order, are the approaches that a slip brings into the outcome.
    """

    label: Label
    points: int | None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firmness:
    """``margin``, and what the outcome rests on.

    ``rests_on`` are the questions whose answer, replaced by ``unsure``, changes the outcome, in questionnaire
    order. ``stands`` is the share of 1,000 models with the same outcome, in each of which every number has its
    own factor between 0.8 and 1.2, drawn with a fixed seed.
    """

    margin: Margin
    rests_on: tuple[str, ...]
    stands: float


def firmness(model: Model, sheet: AnswerSheet) -> Firmness:
    """Try the outcome of a sheet in every way there is; ``SheetError`` when it does not fit the model."""
    check_sheet(model, sheet.answers)
    tables = tables_of(model)
    raw = tables.encode(sheet.answers)
    given = np.flatnonzero(tables.seen(raw[np.newaxis])[0] < tables.open - 1).tolist()
    slips = _slips(tables, raw, given)
    doubts = [(place, int(tables.open[place]) - 1) for place in given]
    rows = np.tile(raw, (1 + len(slips) + len(doubts), 1))
    for row, (place, code) in zip(rows[1:], [*slips, *doubts], strict=True):
        row[place] = code
    now, *others = tables.outcomes(rows).tolist()
    slipped, doubted = others[: len(slips)], others[len(slips) :]
    return Firmness(
        margin=Margin(
            label="tie" if now.bit_count() > 1 else "narrow" if any(mask != now for mask in slipped) else "clear",
            points=_lead(tables, raw),
            to=tables.names(int(np.bitwise_or.reduce([0, *slipped])) & ~now),
        ),
        rests_on=tuple(tables.questions[place] for place, mask in zip(given, doubted, strict=True) if mask != now),
        stands=_stands(tables, raw, now),
    )


def _slips(tables: Tables, raw: Codes, given: list[int]) -> list[tuple[int, int]]:
    """Return every answer one place further along its ordered question, as (question, code)."""
    return [
        (place, code)
        for place in given
        if tables.model.questions[place].scale == "ordered"
        for code in (int(raw[place]) - 1, int(raw[place]) + 1)
        if 0 <= code < int(tables.open[place]) - 1  # the last code but one is ``unsure``
    ]


def _lead(tables: Tables, raw: Codes) -> int | None:
    seen = tables.seen(raw[np.newaxis])
    free = sorted(tables.totals(seen)[~tables.blocked(seen)].tolist(), reverse=True)
    return free[0] - free[1] if len(free) > 1 else None


def _stands(tables: Tables, raw: Codes, now: int) -> float:
    seen = tables.seen(raw[np.newaxis])
    points = np.zeros((len(tables.approaches), _MODELS))
    for varied, code in zip(_varied(tables), seen[0].tolist(), strict=True):
        points += varied[code]
    blocked = tables.blocked(seen)
    same = leaders(points, blocked, below=-inf) == now
    return int(np.count_nonzero(same)) / _MODELS


@lru_cache(maxsize=8)
def _varied(tables: Tables) -> tuple[NDArray[np.float64], ...]:
    """By question, the points in all varied models, as an array [code, approach, model]."""
    dice = np.random.default_rng(_SEED)
    return tuple(
        table[..., np.newaxis] * dice.uniform(*_FACTORS, (*table.shape, _MODELS)) for table in tables.points
    )
