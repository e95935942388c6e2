"""What would change the advice: all sets of one to three changes that do, and no part of which does already.

See ``docs/decision.md`` 7. Changes are tried all at once, on integer-coded sheets: about fifty alone, a thousand
pairs, up to thirty thousand triples.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from okr_assistant.decision.changes import (
    Flip,
    Sets,
    change_to,
    changed,
    targets_of,
    verdicts,
)
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.decision.tables import Bools, Codes, Masks, Tables, tables_of

MOST = 3
"""Changes in the largest flips."""


@dataclass(frozen=True, slots=True)
class Flips:
    """All flips: fewer changes first, then more changeable targets, then questionnaire order."""

    all: tuple[Flip, ...]
    totals: dict[int, int]
    """How many there are, by number of changes."""

    @property
    def shortest(self) -> tuple[Flip, ...]:
        """What the contract carries: all of one and two changes, those of three when there are none smaller."""
        few = self.totals.get(1, 0) + self.totals.get(2, 0)
        return self.all[:few] if few else self.all


def flips(model: Model, sheet: AnswerSheet, at_most: int = MOST) -> Flips:
    """Return every flip of up to ``at_most`` changes (1 to 3); ``SheetError`` when the sheet does not fit.

    A hidden question occurs only together with a change that brings it back: without one, changing it has no
    effect, so that the rest of the set is a smaller flip or the set is none.
    """
    if not 1 <= at_most <= MOST:
        raise ValueError(f"{at_most} changes; 1 to {MOST} are possible")
    check_sheet(model, sheet.answers)
    tables = tables_of(model)
    raw = tables.encode(sheet.answers)
    now = tables.outcomes(raw[np.newaxis])[0]
    found: list[Flip] = []
    totals: dict[int, int] = {}
    harmless = _changing(tables, raw)
    for size in range(1, at_most + 1):
        sets = _candidates(tables, size, harmless)
        rows = changed(tables, raw, sets)
        masks = tables.outcomes(rows)
        flipped = masks != now
        harmless = _without(harmless, sets[flipped])
        found += _told(tables, raw, sets[flipped], rows[flipped], masks[flipped])
        totals[size] = int(np.count_nonzero(flipped))
    return Flips(tuple(found), totals)


def _changing(tables: Tables, raw: Codes) -> Bools:
    """Which two targets can be in one flip, as a table [target, target]: those that both change something.

    The diagonal tells which target can be in a flip at all. Two options of one question need not be kept apart:
    the later one is what counts, so that such a pair is a flip only if that option is one already.
    """
    targets = targets_of(tables)
    changes: Bools = raw[targets.question] != targets.code
    both: Bools = changes & changes[:, np.newaxis]
    return both


def _candidates(tables: Tables, size: int, harmless: Bools) -> Sets:
    """Return the sets of this size of which no part is a flip, in questionnaire order."""
    if size == 1:
        return np.flatnonzero(harmless.diagonal())[:, np.newaxis]
    if size == MOST:
        sets = _triples(tables)
        first, second, third = sets.T
        chosen: Bools = harmless[first, second] & harmless[second, third] & harmless[first, third]
        return sets[chosen]
    return np.stack(np.nonzero(np.triu(harmless, 1)), axis=1)


@lru_cache(maxsize=16)
def _triples(tables: Tables) -> Sets:
    """All sets of three options of three questions, the same for every sheet."""
    question = targets_of(tables).question
    first, second = np.nonzero(question[:, np.newaxis] < question)
    pair, third = np.nonzero(question[second][:, np.newaxis] < question)
    return np.stack([first[pair], second[pair], third], axis=1)


def _without(harmless: Bools, flipped: Sets) -> Bools:
    """Take the flips of one or two changes out of what larger ones are made of."""
    left = harmless.copy()
    if flipped.shape[1] == 1:
        left[flipped[:, 0]] = left[:, flipped[:, 0]] = False
    else:  # of the two entries of a pair, only the one above the diagonal is ever looked at
        left[flipped[:, 0], flipped[:, 1]] = False
    return left


def _told(tables: Tables, raw: Codes, sets: Sets, rows: Codes, masks: Masks) -> list[Flip]:
    """Return the flips as values, those with more changeable targets first."""
    order = np.argsort(-targets_of(tables).changeable[sets].sum(axis=1), kind="stable")
    to = change_to(tables, raw)
    names = {mask: tables.names(mask) for mask in np.unique(masks).tolist()}
    found = zip(
        sets[order].tolist(), masks[order].tolist(), verdicts(tables, rows[order], masks[order]), strict=True
    )
    return [
        Flip(
            changes=tuple([to[place] for place in places]),
            approach=names[mask][0] if len(names[mask]) == 1 else None,
            tied=names[mask] if len(names[mask]) > 1 else (),
            verdict=verdict,
        )
        for places, mask, verdict in found
    ]
