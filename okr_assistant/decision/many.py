"""What is recommended for many sheets at once, and how likely it is to stay when open questions are answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.batch import VERDICTS, Batch
from okr_assistant.decision.completions import draws
from okr_assistant.decision.entry import Axis
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.decision.tables import Bools, Codes, Masks, Tables, tables_of

_DRAWN = 256
"""Completions of each sheet: a share is known to some three per cent."""
_AT_ONCE = 512
"""Sheets whose completions are held in memory together: 2 MB."""


@dataclass(frozen=True, slots=True)
class Found:
    """What follows from one of many sheets.

    ``outcome``, in model order, and ``verdict`` are those of ``assess``. ``share`` is the share of completions
    without ``unsure`` that have the very same outcome, as ``Foresight.shares`` has it, estimated from up to 256
    of them that are drawn with a fixed seed; it is 1 when no question is open. ``open`` counts the questions that
    are asked and not answered. ``vision`` and ``clarity`` are the values of ``Profile.vision`` and
    ``Profile.outcome``, None when no question of that axis is answered. ``okr_blocked`` says that a blocker of
    ``okr`` holds already, whatever the open questions are answered with.
    """

    outcome: tuple[str, ...]
    verdict: Verdict
    share: float
    open: int
    vision: float | None
    clarity: float | None
    okr_blocked: bool


def find_many(model: Model, codes: Codes) -> list[Found]:
    """Return what follows from each row of ``codes`` (see ``batch.code_sheets``); equal rows cost one."""
    tables, batch = tables_of(model), Batch(model)
    rows, place = np.unique(codes, axis=0, return_inverse=True)
    if not len(rows):
        return []
    masks, verdicts = batch.outcomes(rows), batch.verdicts(rows)
    shares = np.concatenate(
        [_shares(tables, batch, rows[at : at + _AT_ONCE], masks[at : at + _AT_ONCE])
         for at in range(0, len(rows), _AT_ONCE)]
    )  # fmt: skip
    vision, clarity = _positions(tables, rows, "vision"), _positions(tables, rows, "outcome")
    blocked = tables.blocked(tables.seen(rows))[tables.approaches.index(OKR)].tolist()
    columns = masks.tolist(), verdicts.tolist(), shares.tolist(), _open(tables, rows), vision, clarity, blocked
    found = [
        Found(tables.names(mask), VERDICTS[verdict], *more) for mask, verdict, *more in zip(*columns, strict=True)
    ]
    return [found[number] for number in place.ravel().tolist()]


def _shares(tables: Tables, batch: Batch, rows: Codes, masks: Masks) -> NDArray[np.float64]:
    """The share of each row's completions with the outcome that it has now."""
    hidden = tables.hidden(rows)
    start = rows.copy()
    for place, question in enumerate(tables.gated):
        start[hidden[:, place], question] = 0  # whatever is drawn for it would say nothing
    open_ = start == tables.open
    completed = np.where(open_[:, np.newaxis], draws(tables)[np.newaxis, :_DRAWN], start[:, np.newaxis])
    flat = completed.reshape(-1, completed.shape[2])
    kept = _one_for_all(tables, flat, np.repeat(open_, _DRAWN, axis=0)).reshape(len(rows), _DRAWN)
    same = batch.outcomes(flat).reshape(len(rows), _DRAWN) == masks[:, np.newaxis]
    shares: NDArray[np.float64] = (same & kept).sum(axis=1) / kept.sum(axis=1)
    return shares


def _open(tables: Tables, rows: Codes) -> list[int]:
    """How many questions each row leaves open, hidden ones not counted."""
    open_ = rows == tables.open
    open_[:, list(tables.gated)] &= ~tables.hidden(rows)
    return [int(count) for count in open_.sum(axis=1)]


def _positions(tables: Tables, rows: Codes, axis: Axis) -> list[float | None]:
    """The mean of each row's values on an axis, over its answers that count and have one."""
    seen = tables.seen(rows)
    total, count = np.zeros(len(rows)), np.zeros(len(rows), np.intp)
    for place, question in enumerate(tables.model.questions):
        if question.axis == axis:
            values = [tables.model.axis_values.get((question.id, choice)) for choice in question.choices]
            worth = np.array([value or 0 for value in values] + [0])
            total += worth[seen[:, place]]
            count += np.array([value is not None for value in values] + [False])[seen[:, place]]
    means = total / np.maximum(count, 1)
    return [mean if known else None for mean, known in zip(means.tolist(), count.tolist(), strict=True)]


def _one_for_all(tables: Tables, completed: Codes, open_: Bools) -> Bools:
    """Of completions that differ in hidden questions only, the one with the first answers; see ``completions``."""
    hidden = tables.hidden(completed)
    kept = np.ones(len(completed), np.bool_)
    for place, question in enumerate(tables.gated):
        kept &= ~(hidden[:, place] & open_[:, question]) | (completed[:, question] == 0)
    return kept
