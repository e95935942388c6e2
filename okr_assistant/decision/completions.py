"""The ways in which a sheet can still be completed: in families, counted, listed, drawn at random.

Two completions are distinct when they differ in a question that is asked; what a hidden question would have been
answered does not make two of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import prod

import numpy as np

from okr_assistant.decision.tables import Bools, Codes, Tables

_SEED = 2026
_BLOCK = 16_384
"""Rows drawn at once; with both gated questions of 2026.1 open, five in eight are kept."""
_MOST_ROWS = 1 << 16
"""Rows of one family; a model whose rules name many questions gets more families instead of larger ones."""


@dataclass(frozen=True, slots=True)
class Family:
    """Completions that hide the same questions: each of ``rows`` with every way of answering ``columns``.

    ``rows`` hold no hidden answers, and are open at ``columns``.
    """

    rows: Codes
    columns: tuple[int, ...]


def open_questions(tables: Tables, raw: Codes) -> tuple[int, ...]:
    """Return the questions that are asked and have no answer, in order; ``raw`` may hold hidden answers."""
    open_ = raw == tables.open
    open_[list(tables.gated)] &= ~tables.hidden(raw[np.newaxis])[0]
    return tuple(np.flatnonzero(open_).tolist())


def families(tables: Tables, raw: Codes, key: Sequence[int], *, unsure: bool) -> Iterator[Family]:
    """Yield all distinct completions once; ``key`` (at least the gates) are answered in the rows.

    With ``unsure``, that is an answer too.
    """
    sizes = tables.open if unsure else tables.open - 1
    opened = open_questions(tables, raw)
    inside = [question for question in opened if question in key]
    if prod(int(sizes[question]) for question in inside) > _MOST_ROWS:
        # a question that is asked for certain, or the answers of a hidden one would be counted apart
        split = next((question for question in inside if question not in tables.gated), inside[0])
        for code in range(sizes[split]):
            part = raw.copy()
            part[split] = code
            yield from families(tables, part, key, unsure=unsure)
        return
    rows, hidden = _distinct(tables, product(raw, inside, sizes), inside)
    outside = [question for question in opened if question not in key]
    places = [tables.gated.index(question) for question in outside if question in tables.gated]
    patterns, member = np.unique(hidden[:, places], axis=0, return_inverse=True)
    seen = tables.seen(rows)
    for number, pattern in enumerate(patterns):
        gone = {tables.gated[place] for place, is_hidden in zip(places, pattern, strict=True) if is_hidden}
        columns = tuple(question for question in outside if question not in gone)
        yield Family(seen[member.ravel() == number], columns)


def product(raw: Codes, questions: Sequence[int], sizes: Codes) -> Codes:
    """Return ``raw`` with every combination of the first ``sizes`` codes of the questions, the last fastest."""
    shape = [int(sizes[question]) for question in questions]
    rows = np.empty((prod(shape), len(raw)), dtype=raw.dtype, order="F")
    rows[:] = raw
    repeat = len(rows)
    for question, size in zip(questions, shape, strict=True):
        repeat //= size
        codes = np.repeat(np.arange(size, dtype=raw.dtype), repeat)
        rows[:, question] = np.tile(codes, len(rows) // len(codes))
    return rows


def how_many(tables: Tables, raw: Codes, limit: int) -> int:
    """Count the distinct completions without ``unsure``; counting stops when there are more than ``limit``."""
    total = 0
    for family in families(tables, raw, tables.gates, unsure=False):
        total += len(family.rows) * prod(int(tables.open[question]) - 1 for question in family.columns)
        if total > limit:
            break
    return total


def all_of(tables: Tables, raw: Codes) -> Codes:
    """Return every distinct completion without ``unsure``, without hidden answers."""
    sizes = tables.open - 1
    found = [
        product(row, family.columns, sizes)
        for family in families(tables, raw, tables.gates, unsure=False)
        for row in family.rows
    ]
    return np.asfortranarray(np.concatenate(found))


def drawn(tables: Tables, raw: Codes, size: int) -> Codes:
    """Return ``size`` completions without ``unsure``, without hidden answers, each distinct one as likely.

    They come from a fixed seed, and from the same draws for every sheet: answers that are given replace what was
    drawn. Of the ways in which hidden questions were drawn, one stands for all.
    """
    opened = list(open_questions(tables, raw))
    answered = np.setdiff1d(np.arange(len(raw)), opened)
    found: list[Codes] = []
    missing = size
    for block in count():
        rows = _draws(tables, block).copy(order="F")
        rows[:, answered] = raw[answered]
        kept = tables.seen(_distinct(tables, rows, opened)[0][:missing])
        found.append(kept)
        missing -= len(kept)
        if not missing:
            break
    return found[0] if len(found) == 1 else np.asfortranarray(np.concatenate(found))


def _distinct(tables: Tables, rows: Codes, opened: Sequence[int]) -> tuple[Codes, Bools]:
    """Keep, of rows that differ in hidden questions only, the one with the first answers; and what it hides."""
    hidden = tables.hidden(rows)
    kept = np.ones(len(rows), dtype=np.bool_)
    for place, question in enumerate(tables.gated):
        if question in opened:
            kept &= ~hidden[:, place] | (rows[:, question] == 0)
    return (rows, hidden) if kept.all() else (np.asfortranarray(rows[kept]), hidden[kept])


@lru_cache(maxsize=16)
def _draws(tables: Tables, block: int) -> Codes:
    dice = np.random.default_rng((_SEED, block))
    columns = [dice.integers(0, size - 1, _BLOCK, dtype=np.uint8) for size in tables.open.tolist()]
    return np.asfortranarray(np.stack(columns, axis=1))
