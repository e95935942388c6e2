"""Many sheets at once, exactly as ``assess`` does them one by one; tens of millions a second on one core.

How: questions go into groups, and every combination of answers in a group has one entry in a lookup table. An
entry holds the points of all approaches side by side, each in a lane of a 64-bit number, so that one addition a
group adds up all approaches; what is blocked is set to zero by a second table. Lanes are 8 bits wide, or 16 where
sums do not fit; more approaches than lanes take more numbers. Sheets are worked through in chunks that stay in
the processor's cache. Codes are those of ``tables.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.lanes import Lanes
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.decision.sheet import check_sheet
from okr_assistant.decision.tables import Bools, Codes, Masks, Tables, tables_of
from okr_assistant.decision.when import When, leaves

VERDICTS: tuple[Verdict, ...] = ("okr", "okr_with_conditions", "not_okr", "undecided")
"""What the numbers from ``Batch.verdicts`` stand for."""

_CHUNK = 1 << 14
_ENTRIES = 1 << 13
"""Of one lookup table: 64 KiB, so that all of them together stay in the second-level cache."""


def code_sheets(model: Model, sheets: Iterable[Mapping[str, str]]) -> Codes:
    """Return the answers of each sheet as a row of codes; ``SheetError`` when one names something unknown."""
    tables = tables_of(model)
    rows = []
    for answers in sheets:
        check_sheet(model, answers)
        rows.append(tables.encode(answers))
    return np.array(rows, np.uint8).reshape(len(rows), len(tables.questions))


@dataclass(frozen=True, slots=True)
class _Group:
    places: tuple[int, ...]
    strides: tuple[int, ...]
    points: NDArray[np.uint64]  # [word, entry]
    keep: NDArray[np.uint64] | None  # zero lanes for what is blocked; None when nothing in the group blocks


class Batch:
    """A model made ready to score many coded sheets; making it takes a few milliseconds."""

    def __init__(self, model: Model) -> None:
        self._tables = tables = tables_of(model)
        self._model = model
        self._lanes = Lanes(tables)
        groups = _grouped(model, tables)
        self._groups = [self._group(group, first=group is groups[0]) for group in groups]
        # Rules whose questions would not fit into one table are judged by themselves, which is slower.
        self._late_blockers = [
            (tables.approaches.index(rule.approach), tables.judge(rule.when))
            for rule in model.blockers
            if not _inside(named(tables, rule.when), groups)
        ]
        self._hide_first = bool(self._late_blockers) or any(
            not _inside({place} | named(tables, gate), groups) for place, gate in _gates(model)
        )
        self._okr = self._lanes.mask.type(1 << tables.approaches.index(OKR))
        self._caveats = [tables.judge(when) for when in caveats(model)]

    def outcomes(self, codes: Codes) -> Masks:
        """For each sheet its outcome as a set of approaches: bit 0 is the model's first approach.

        ``codes`` has the shape (sheets, questions), hidden answers as they are; ``ValueError`` when it has
        another shape, or a code that its question does not have.
        """
        result = np.empty(len(codes), self._lanes.mask)
        for start, columns in self._chunks(codes):
            result[start : start + _CHUNK] = self._outcomes(columns)
        return result

    def verdicts(self, codes: Codes) -> NDArray[np.uint8]:
        """For each sheet its verdict, as a place in ``VERDICTS``; ``codes`` as for ``outcomes``."""
        result = np.empty(len(codes), np.uint8)
        for start, columns in self._chunks(codes):
            outcome = self._outcomes(columns)
            caveat = self._caveat(self._tables.seen(columns.T))
            alone, among = outcome == self._okr, (outcome & self._okr) != 0
            result[start : start + _CHUNK] = np.select([alone & ~caveat, alone, ~among], [0, 1, 2], default=3)
        return result

    def _caveat(self, seen: Codes) -> Bools:
        """Where something stands between a recommended ``okr`` and the verdict of that name."""
        held = np.zeros(len(seen), np.bool_)
        for judge in self._caveats:
            held |= judge(seen)[0]
        return held

    def _chunks(self, codes: Codes) -> Iterator[tuple[int, Codes]]:
        """Chunks that fit the cache, turned to one contiguous row a question; each with where it starts."""
        tables = self._tables
        if codes.ndim != 2 or codes.shape[1] != len(tables.questions) or codes.dtype != np.uint8:
            raise ValueError("codes are uint8, one row a sheet and one column a question")
        for start in range(0, len(codes), _CHUNK):
            columns = np.ascontiguousarray(codes[start : start + _CHUNK].T)
            wrong = columns.max(axis=1) > tables.open
            if wrong.any():
                raise ValueError(f"not a code of {tables.questions[int(wrong.argmax())]}")
            yield start, columns

    def _outcomes(self, columns: Codes) -> Masks:
        if self._hide_first:
            columns = np.ascontiguousarray(self._tables.seen(columns.T).T)
        entries = [_entries(group, columns) for group in self._groups]
        planes: list[NDArray[Any]] = []
        for word in range(self._lanes.words):
            sums = self._groups[0].points[word].take(entries[0])
            for group, entry in zip(self._groups[1:], entries[1:], strict=True):
                sums += group.points[word].take(entry)
            for group, entry in zip(self._groups, entries, strict=True):
                if group.keep is not None:
                    sums &= group.keep[word].take(entry)
            planes.extend(self._lanes.planes(sums))
        for approach, judge in self._late_blockers:
            planes[approach][judge(columns.T)[0]] = 0
        return self._lanes.leaders(planes[: len(self._tables.approaches)])

    def _group(self, places: tuple[int, ...], *, first: bool) -> _Group:
        """The tables of one group, over all combinations of its answers; questions outside it are open."""
        tables = self._tables
        sizes = [len(tables.points[place]) for place in places]
        combinations = np.indices(sizes[::-1], np.uint8).reshape(len(places), -1)[::-1]
        rows = np.tile(tables.open, (combinations.shape[1], 1))
        rows[:, places] = combinations.T
        # A gate outside the group is open here and hides nothing; then `_hide_first` sees to it.
        seen = tables.seen(rows)
        # The bias lifts every sum above 0, the value of what is blocked. One group carries it.
        points = tables.totals(seen).astype(np.int64) + (self._lanes.bias if first else 0)
        blocked = np.zeros(points.shape, np.bool_)
        for rule in self._model.blockers:
            if named(tables, rule.when) <= set(places):
                blocked[tables.approaches.index(rule.approach)] |= tables.judge(rule.when)(seen)[0]
        return _Group(
            places=places,
            strides=tuple(prod(sizes[:count]) for count in range(len(sizes))),
            points=self._lanes.packed(points),
            keep=self._lanes.packed(np.where(blocked, 0, self._lanes.full)) if blocked.any() else None,
        )


def named(tables: Tables, when: When) -> frozenset[int]:
    """The places of the questions that a condition looks at."""
    return frozenset(tables.questions.index(leaf.question) for leaf in leaves(when))


def caveats(model: Model) -> list[When]:
    """When the verdict is not plain ``okr`` although it is recommended: conditions on it, contested topics."""
    return [*(rule.when for rule in model.conditions if rule.approach == OKR), *(r.when for r in model.contested)]


def clusters(model: Model) -> list[frozenset[int]]:
    """Questions that are best looked at together: those of each ``ask_if`` and of each blocker."""
    tables = tables_of(model)
    gates = [frozenset({place}) | named(tables, gate) for place, gate in _gates(model)]
    return [*gates, *(named(tables, rule.when) for rule in model.blockers)]


def _gates(model: Model) -> list[tuple[int, When]]:
    asked_if = ((place, question.ask_if) for place, question in enumerate(model.questions))
    return [(place, gate) for place, gate in asked_if if gate is not None]


def _inside(places: Collection[int], groups: Iterable[tuple[int, ...]]) -> bool:
    return any(set(places) <= set(group) for group in groups)


def _entries(group: _Group, columns: Codes) -> NDArray[np.intp]:
    """Where in the group's tables each sheet is."""
    entry = columns[group.places[0]].astype(np.uint16)
    for place, stride in zip(group.places[1:], group.strides[1:], strict=True):
        entry += columns[place] * np.uint16(stride)
    widened: NDArray[np.intp] = entry.astype(np.intp)
    return widened


def _grouped(model: Model, tables: Tables) -> list[tuple[int, ...]]:
    """Groups with at most ``_ENTRIES`` combinations; what belongs together is together, if it fits."""
    groups = [frozenset([place]) for place in range(len(tables.questions))]

    def size(group: frozenset[int]) -> int:
        return prod(len(tables.points[place]) for place in group)

    def merge(some: list[frozenset[int]]) -> bool:
        joint = frozenset[int]().union(*some)
        if len(some) < 2 or size(joint) > _ENTRIES:
            return False
        groups[:] = [group for group in groups if group not in some] + [joint]
        return True

    for wanted in clusters(model):
        merge([group for group in groups if group & wanted])
    while merge(sorted(groups, key=lambda group: (size(group), min(group)))[:2]):
        pass
    return [tuple(sorted(group)) for group in sorted(groups, key=min)]
