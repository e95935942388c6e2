"""What is still open about the advice, and what to ask next; ``docs/decision.md`` 5 and 8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.completions import all_of, drawn, how_many, open_questions, ways_of
from okr_assistant.decision.counting import count_leaders
from okr_assistant.decision.model import Model
from okr_assistant.decision.possible import possible
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.decision.tables import Codes, Masks, Tables, tables_of

TIE = "tie"
"""The key of ``shares`` for completions whose outcome has several members."""

_COUNTED = 1_000_000
"""Up to so many completions, shares are counted; above, estimated from ``_SAMPLE`` drawn ones."""
_SAMPLE = 8_192

_Weights: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Foresight:
    """What follows from all ways of completing a sheet.

    ``possible`` (the approaches in the outcome of some completion, in model order) and ``settled`` (all
    completions have one and the same recommended approach) are exact and count ``unsure`` among the answers.
    ``shares`` gives each approach the share of completions without ``unsure`` that recommend it, and the rest to
    ``tie``; they sum to one, and are exact when ``shares_exact``, else from 8,192 completions drawn with a fixed
    seed. ``next_question`` is the open question whose answer tells most about the outcome; None when settled.
    """

    settled: bool
    possible: tuple[str, ...]
    shares: dict[str, float]
    shares_exact: bool
    next_question: str | None


def foresee(model: Model, sheet: AnswerSheet) -> Foresight:
    """Look at every way of completing the sheet; ``SheetError`` when it does not fit the model."""
    check_sheet(model, sheet.answers)
    tables = tables_of(model)
    raw = tables.encode(sheet.answers)
    if not open_questions(tables, raw):
        return _known(tables, int(tables.outcomes(raw[np.newaxis])[0]))
    number = how_many(tables, raw, _COUNTED)
    rows = all_of(tables, raw) if number <= _SAMPLE else drawn(tables, raw, _SAMPLE)
    masks = tables.outcomes(rows)
    can_lead = possible(tables, ways_of(tables, raw, unsure=True), int(np.bitwise_or.reduce(masks)))
    settled = can_lead.bit_count() == 1
    return Foresight(
        settled=settled,
        possible=tables.names(can_lead),
        shares=_shares(tables, raw, masks, can_lead, number),
        shares_exact=number <= _COUNTED,
        next_question=None if settled else _most_telling(tables, raw, rows, masks),
    )


def _known(tables: Tables, outcome: int) -> Foresight:
    """Nothing is open, so there is one completion: the sheet itself."""
    leading = tables.names(outcome)
    settled = len(leading) == 1
    shares = dict.fromkeys((*tables.approaches, TIE), 0.0)
    shares[leading[0] if settled else TIE] = 1.0
    return Foresight(settled, leading, shares, shares_exact=True, next_question=None)


def _shares(tables: Tables, raw: Codes, masks: Masks, can_lead: int, number: int) -> dict[str, float]:
    contenders = [place for place in range(len(tables.approaches)) if can_lead >> place & 1]
    if _SAMPLE < number <= _COUNTED and len(contenders) > 1:
        alone, of = count_leaders(tables, raw, contenders), number
    else:
        alone, of = [int(np.count_nonzero(masks == 1 << place)) for place in contenders], len(masks)
    shares = dict.fromkeys((*tables.approaches, TIE), 0.0)
    shares |= {tables.approaches[place]: times / of for place, times in zip(contenders, alone, strict=True)}
    return shares | {TIE: (of - sum(alone)) / of}


def _most_telling(tables: Tables, raw: Codes, rows: Codes, masks: Masks) -> str | None:
    """Return the open question that is expected to leave the least entropy; None when there is no open one.

    Expected over ``rows``, each as likely. Where a question is hidden, its answer would have been any, and says
    nothing: the row counts for every option, in equal parts.
    """
    opened = open_questions(tables, raw)
    outcomes = np.unique(masks, return_inverse=True)[1]
    kinds = int(outcomes.max()) + 1
    left = [_entropy_left(tables, rows[:, question], question, outcomes, kinds) for question in opened]
    # rounded: what differs in the last digits only is a tie
    best = min(range(len(opened)), key=lambda place: round(left[place], 9), default=None)
    return None if best is None else tables.questions[opened[best]]


def _entropy_left(tables: Tables, codes: Codes, question: int, outcomes: NDArray[Any], kinds: int) -> float:
    size = int(tables.open[question]) + 1
    table = np.bincount(codes * np.intp(kinds) + outcomes, minlength=size * kinds).reshape(size, kinds)
    options, hidden = table[:-2].astype(np.float64), table[-1]
    options += hidden / len(options)
    return float(_plogp(options.sum(axis=1)) - _plogp(options)) / len(codes)


def _plogp(counts: _Weights) -> float:
    some = counts[counts > 0]
    return float(some @ np.log2(some))
