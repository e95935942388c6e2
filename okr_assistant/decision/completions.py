"""The ways in which a sheet can still be completed: in families, counted, listed, drawn at random.

More generally each question has *ways*, the codes that it may have: one where it is answered, all of them where
it is open, and those that somebody chose where a group voted. Two completions are distinct when they differ in a
question that is asked; what a hidden question would have been answered does not make two of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import prod
from typing import TypeAlias

import numpy as np

from okr_assistant.decision.tables import Bools, Codes, Tables

Ways: TypeAlias = tuple[tuple[int, ...], ...]
"""By question, the codes that it may have, at least one; the code for *open* only alone."""

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


def ways_of(tables: Tables, raw: Codes, *, unsure: bool) -> Ways:
    """Return the ways to complete a sheet; with ``unsure``, that is an answer to what is open."""
    sizes = tables.open if unsure else tables.open - 1
    return tuple(
        tuple(range(size)) if code == open_ else (code,)
        for code, open_, size in zip(raw.tolist(), tables.open.tolist(), sizes.tolist(), strict=True)
    )


def families(tables: Tables, ways: Ways, key: Sequence[int]) -> Iterator[Family]:
    """Yield all distinct completions once; ``key`` (at least the gates) have a code in the rows."""
    raw = np.array(
        [few[0] if len(few) == 1 else code for few, code in zip(ways, tables.open, strict=True)], np.uint8
    )
    opened = [question for question in open_questions(tables, raw) if len(ways[question]) > 1]
    inside = [question for question in opened if question in key]
    if prod(len(ways[question]) for question in inside) > _MOST_ROWS:
        # a question that is asked for certain, or the answers of a hidden one would be counted apart
        split = next((question for question in inside if question not in tables.gated), inside[0])
        for code in ways[split]:
            yield from families(tables, (*ways[:split], (code,), *ways[split + 1 :]), key)
        return
    first = {question: ways[question][0] for question in inside}
    rows, hidden = _distinct(tables, product(raw, inside, ways), first)
    outside = [question for question in opened if question not in key]
    places = [tables.gated.index(question) for question in outside if question in tables.gated]
    patterns, member = np.unique(hidden[:, places], axis=0, return_inverse=True)
    seen = tables.seen(rows)
    for number, pattern in enumerate(patterns):
        gone = {tables.gated[place] for place, is_hidden in zip(places, pattern, strict=True) if is_hidden}
        columns = tuple(question for question in outside if question not in gone)
        yield Family(seen[member.ravel() == number], columns)


def product(raw: Codes, questions: Iterable[int], ways: Ways | Mapping[int, Sequence[int]]) -> Codes:
    """Return ``raw`` with every combination of the ways of the questions, the last fastest."""
    rows = np.empty((prod(len(ways[question]) for question in questions), len(raw)), dtype=raw.dtype, order="F")
    rows[:] = raw
    repeat = len(rows)
    for question in questions:
        repeat //= len(ways[question])
        codes = np.repeat(np.array(ways[question], dtype=raw.dtype), repeat)
        rows[:, question] = np.tile(codes, len(rows) // len(codes))
    return rows


def how_many(tables: Tables, raw: Codes, limit: int) -> int:
    """Count the distinct completions without ``unsure``; counting stops when there are more than ``limit``."""
    total, ways = 0, ways_of(tables, raw, unsure=False)
    for family in families(tables, ways, tables.gates):
        total += len(family.rows) * prod(len(ways[question]) for question in family.columns)
        if total > limit:
            break
    return total


def all_of(tables: Tables, raw: Codes) -> Codes:
    """Return every distinct completion without ``unsure``, without hidden answers."""
    ways = ways_of(tables, raw, unsure=False)
    found = [
        product(row, family.columns, ways)
        for family in families(tables, ways, tables.gates)
        for row in family.rows
    ]
    return np.asfortranarray(np.concatenate(found))


def drawn(tables: Tables, raw: Codes, size: int) -> Codes:
    """Return ``size`` completions without ``unsure``, without hidden answers, each distinct one as likely.

    They come from a fixed seed, and from the same draws for every sheet: answers that are given replace what was
    drawn. Of the ways in which hidden questions were drawn, one stands for all.
    """
    first = dict.fromkeys(open_questions(tables, raw), 0)
    answered = np.setdiff1d(np.arange(len(raw)), list(first))
    found: list[Codes] = []
    missing = size
    for block in count():
        rows = draws(tables, block).copy(order="F")
        rows[:, answered] = raw[answered]
        kept = tables.seen(_distinct(tables, rows, first)[0][:missing])
        found.append(kept)
        missing -= len(kept)
        if not missing:
            break
    return found[0] if len(found) == 1 else np.asfortranarray(np.concatenate(found))


def _distinct(tables: Tables, rows: Codes, first: Mapping[int, int]) -> tuple[Codes, Bools]:
    """Keep, of rows that differ in hidden questions only, the one with the first answers; and what it hides.

    ``first`` has the first code of each question that differs.
    """
    hidden = tables.hidden(rows)
    kept = np.ones(len(rows), dtype=np.bool_)
    for place, question in enumerate(tables.gated):
        if question in first:
            kept &= ~hidden[:, place] | (rows[:, question] == first[question])
    return (rows, hidden) if kept.all() else (np.asfortranarray(rows[kept]), hidden[kept])


@lru_cache(maxsize=16)
def draws(tables: Tables, block: int = 0) -> Codes:
    """Return rows with an answer drawn for every question, hidden ones too; the same ones every time."""
    dice = np.random.default_rng((_SEED, block))
    columns = [dice.integers(0, size - 1, _BLOCK, dtype=np.uint8) for size in tables.open.tolist()]
    return np.asfortranarray(np.stack(columns, axis=1))
