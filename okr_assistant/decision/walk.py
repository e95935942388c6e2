"""Counting the outcomes of all complete sheets of a model: half a billion in seconds.

The questions are split into two halves that share no rule about blocking or hiding. The points of a sheet are the
points of its two halves added; so for every row of the first half, one vector addition per approach gives all
sheets that begin with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.batch import VERDICTS, Batch, caveats, named
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.space import Factor, Space
from okr_assistant.decision.tables import Bools, Masks, mask_type, tables_of
from okr_assistant.decision.when import When

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many sheets are done, and of how many."""

_ROW = 1 << 15
"""Sheets in one vector, at most: 32 KiB an approach stay in the cache."""


@dataclass(slots=True)
class Tally:
    """How often each outcome came up, by its set of approaches, and the verdict ``okr``."""

    outcomes: dict[int, int] = field(default_factory=dict)
    plain_okr: int = 0

    @property
    def sheets(self) -> int:
        """How many sheets were counted."""
        return sum(self.outcomes.values())

    def add(self, masks: Masks, plain_okr: int) -> None:
        """Count these outcomes, ``plain_okr`` of which have the verdict ``okr``."""
        values, counts = np.unique(masks, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            self.outcomes[value] = self.outcomes.get(value, 0) + count
        self.plain_okr += plain_okr


def walk(model: Model, space: Space, progress: Progress) -> Tally:
    """Count every sheet of the space once."""
    first, second = _halves(space)
    tables = tables_of(model)
    for rule in model.blockers:
        places = named(tables, rule.when)
        if not (places <= set(first.places) or places <= set(second.places)):
            return tally_of(model, space.chunks(1 << 16), space.total, progress)  # slower, and as exact
    return _Walk(model, first, second).count(progress)


def tally_of(model: Model, chunks: Iterator[Any], total: int, progress: Progress) -> Tally:
    """Count the sheets in these chunks of codes."""
    batch, tally, done = Batch(model), Tally(), 0
    for codes in chunks:
        plain = int(np.count_nonzero(batch.verdicts(codes) == VERDICTS.index("okr")))
        tally.add(batch.outcomes(codes), plain)
        done += len(codes)
        progress(done, total)
    return tally


class _Walk:
    def __init__(self, model: Model, first: Factor, second: Factor) -> None:
        self.tables = tables_of(model)
        self.first, self.second = first, second
        self.one, self.two = _planes(model, first, second)
        self.caveats = [_Caveat(model, when, first, second) for when in caveats(model)]
        self.mask = mask_type(len(self.tables.approaches))
        self.okr = self.mask.type(1 << self.tables.approaches.index(OKR))

    def count(self, progress: Progress) -> Tally:
        """One row of the first half after another."""
        approaches, width = self.two.shape
        sums, equal = np.empty_like(self.two), np.empty(self.two.shape, np.bool_)
        best, bit = np.empty_like(self.two[0]), np.empty(width, self.mask)
        masks = np.empty(width, self.mask)
        few = approaches <= 12  # so that counting into one place a set of approaches is cheap
        tally, counts = Tally(), np.zeros(1 << approaches if few else 0, np.int64)
        for row, points in enumerate(self.one.T):
            np.add(self.two, points[:, None], out=sums)
            np.maximum(sums[0], sums[-1], out=best)
            for plane in sums[1:-1]:
                np.maximum(best, plane, out=best)
            np.equal(sums, best, out=equal)
            masks[:] = equal[0]
            for place in range(1, approaches):
                np.left_shift(equal[place], self.mask.type(place), out=bit, dtype=self.mask, casting="unsafe")
                np.bitwise_or(masks, bit, out=masks)
            plain = int(np.count_nonzero((masks == self.okr) & ~self._caveat(row)))
            if few:
                counts += np.bincount(masks, minlength=len(counts))
                tally.plain_okr += plain
            else:
                tally.add(masks, plain)
            progress((row + 1) * width, self.one.shape[1] * width)
        tally.outcomes |= {mask: int(count) for mask, count in enumerate(counts) if count}
        return tally

    def _caveat(self, row: int) -> Bools:
        held = np.zeros(self.two.shape[1], np.bool_)
        for caveat in self.caveats:
            held |= caveat.along(row)
        return held


class _Caveat:
    """One condition, as a vector over the second half for any row of the first; few of them differ."""

    def __init__(self, model: Model, when: When, first: Factor, second: Factor) -> None:
        tables = tables_of(model)
        self._judge = tables.judge(when)
        self._first, self._second = first.rows, second.rows
        self._places = sorted(named(tables, when) & set(first.places))
        self._known: dict[bytes, Bools] = {}

    def along(self, row: int) -> Bools:
        codes = self._first[row, self._places]
        key = codes.tobytes()
        if key not in self._known:
            rows = self._second.copy()
            rows[:, self._places] = codes
            self._known[key] = self._judge(rows)[0]
        return self._known[key]


def _halves(space: Space) -> tuple[Factor, Factor]:
    """The second half is as large as a vector may be, or else the smallest factor."""
    ordered = sorted(space.factors, key=lambda factor: -len(factor.rows))
    second: list[Factor] = []
    for factor in ordered:
        if prod(len(chosen.rows) for chosen in [*second, factor]) <= _ROW:
            second.append(factor)
    second = second or [ordered[-1]]
    return space.half(factor for factor in ordered if factor not in second), space.half(second)


def _planes(model: Model, first: Factor, second: Factor) -> tuple[NDArray[Any], NDArray[Any]]:
    """The points of both halves, [approach, row], in the smallest type that holds all sums.

    What is blocked gets so little that it stays below everything that is not, whatever the other half adds.
    """
    tables = tables_of(model)
    one, two = (tables.totals(half.rows).astype(np.int64) for half in (first, second))
    floor = int((one.min(axis=1) + two.min(axis=1)).min())
    for half, points, other in ((first, one, two.max()), (second, two, one.max())):
        for rule in model.blockers:
            if named(tables, rule.when) <= set(half.places):
                blocked = tables.judge(rule.when)(half.rows)[0]
                points[tables.approaches.index(rule.approach), blocked] = floor - int(other) - 1
    lowest, highest = (one.min(axis=1) + two.min(axis=1)).min(), (one.max(axis=1) + two.max(axis=1)).max()
    small = np.int8 if lowest >= -128 and highest <= 127 else np.int16
    return one.astype(small), two.astype(small)
