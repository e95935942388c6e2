"""All distinct complete sheets of a model: every asked question with one of its options, hidden ones left out.

The space is a product. Questions that hide each other, or that a blocker joins, form one *factor* with a row for
each of their combinations; factors do not depend on each other. So the number of sheets is the product of the
factors' sizes, and sheet number ``n`` is read off ``n`` like the digits of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.batch import clusters, named
from okr_assistant.decision.model import Model
from okr_assistant.decision.tables import Codes, tables_of

_FACTOR = 1 << 16
"""Rows of a factor up to which questions are joined only because a blocker joins them."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """Some questions, and the codes of all their combinations, of shape [combination, place in ``places``]."""

    places: tuple[int, ...]
    rows: Codes


class Space:
    """Sheets by number. ``everything`` keeps the answers of hidden questions, so that every question varies."""

    def __init__(self, model: Model, *, everything: bool = False) -> None:
        self._tables = tables_of(model)
        groups = [frozenset([place]) for place in range(len(model.questions))] if everything else _joined(model)
        self.factors = tuple(_factor(model, tuple(sorted(group)), everything) for group in groups)
        self.total = prod(len(factor.rows) for factor in self.factors)

    def sample(self, count: int, seed: int) -> Codes:
        """Return ``count`` sheets drawn evenly from a fixed seed; all of them once when there are no more."""
        if self.total <= count:
            return self.rows(np.arange(self.total))
        dice = np.random.default_rng(seed)
        return self._combined(dice.integers(len(factor.rows), size=count) for factor in self.factors)

    def chunks(self, size: int) -> Iterator[Codes]:
        """Yield every sheet exactly once, in order."""
        for start in range(0, self.total, size):
            yield self.rows(np.arange(start, min(start + size, self.total)))

    def rows(self, numbers: NDArray[np.int64]) -> Codes:
        """Return the sheets with these numbers."""
        return self._combined(_digits(numbers, [len(factor.rows) for factor in self.factors]))

    def half(self, factors: Iterable[Factor]) -> Factor:
        """Return the product of some factors as one, in rows that span all questions; the others are open."""
        chosen = tuple(factors)
        sizes = [len(factor.rows) for factor in chosen]
        rows = np.tile(self._tables.open, (prod(sizes), 1))
        for factor, digit in zip(chosen, _digits(np.arange(prod(sizes)), sizes), strict=True):
            rows[:, factor.places] = factor.rows[digit]
        return Factor(tuple(sorted(place for factor in chosen for place in factor.places)), rows)

    def _combined(self, chosen: Iterable[NDArray[np.int64]]) -> Codes:
        parts = [factor.rows[number] for factor, number in zip(self.factors, chosen, strict=True)]
        order = np.argsort([place for factor in self.factors for place in factor.places])
        return np.concatenate(parts, axis=1)[:, order]


def _digits(numbers: NDArray[np.int64], sizes: list[int]) -> Iterator[NDArray[np.int64]]:
    for size in sizes:
        numbers, digit = np.divmod(numbers, size)
        yield digit


def _factor(model: Model, places: tuple[int, ...], everything: bool) -> Factor:
    tables = tables_of(model)
    sizes = [len(model.questions[place].options) for place in places]
    combinations = np.indices(sizes, np.uint8).reshape(len(places), -1).T
    rows = np.tile(tables.open, (len(combinations), 1))
    rows[:, places] = combinations
    if not everything:
        rows = np.unique(tables.seen(rows), axis=0)
    return Factor(places, rows[:, places])


def _joined(model: Model) -> list[frozenset[int]]:
    """Questions in groups: together when one hides the other, and when a blocker names both and it is cheap."""
    tables = tables_of(model)
    groups = [frozenset([place]) for place in range(len(model.questions))]
    gates = [
        frozenset({place}) | named(tables, question.ask_if)
        for place, question in enumerate(model.questions)
        if question.ask_if is not None
    ]
    for wanted in clusters(model):
        met = [group for group in groups if group & wanted]
        joint = frozenset[int]().union(*met)
        if wanted in gates or prod(len(model.questions[place].options) for place in joint) <= _FACTOR:
            groups = [group for group in groups if group not in met] + [joint]
    return sorted(groups, key=min)
