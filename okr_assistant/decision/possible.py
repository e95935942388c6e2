"""Which approaches can come out on top: an exact search over all sheets that take a code from given ones.

For a sheet these are all its completions, ``unsure`` included; for a group, all mixes of its votes.

An approach comes out on top of a completion when its lead over every unblocked rival is at least zero. Leads are
sums over questions, so they are built up question by question, for many partial completions at once. Four things
keep them few, and none of them loses an answer:

- of two choices of one question, the one that is no better against any rival is left out;
- a partial completion goes when even the best rest leaves it behind some rival;
- a lead that even the worst rest cannot use up counts as just large enough;
- equal ones are merged.

This is branch and bound over Pareto-optimal choices, the most promising partial completions first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.completions import Family, Ways, families
from okr_assistant.decision.tables import Bools, Tables

Leads: TypeAlias = NDArray[np.int16]
"""Points of one approach less those of each approach, [state, approach]; its own column is zero."""

_AT_ONCE = 128
"""States that are built up together. Few, so that the most promising soon show whether a lead can be had at all;
the others wait their turn, and mostly need none."""
_MERGE_FROM = 64
_UNRIVALLED = np.int16(8191)
"""The lead over a blocked rival: more than any points can use up (two thousand questions of six)."""


def possible(tables: Tables, ways: Ways, witnessed: int) -> int:
    """Return the approaches in the outcome of some completion, as a set; ``witnessed`` are known to be."""
    everyone = (1 << len(tables.approaches)) - 1
    if witnessed == everyone:
        return everyone
    key = tuple({*tables.gates, *tables.blocking})
    found = witnessed
    for family in families(tables, ways, key):
        starts = _Starts(family, tables.totals(family.rows), tables.blocked(family.rows))
        for approach in range(len(tables.approaches)):
            if not found >> approach & 1 and _can_lead(tables, ways, starts, approach):
                found |= 1 << approach
    return found


@dataclass(frozen=True, slots=True)
class _Starts:
    family: Family
    points: NDArray[np.int16]
    blocked: Bools


def _can_lead(tables: Tables, ways: Ways, starts: _Starts, approach: int) -> bool:
    steps = [_worthwhile(tables, approach, question, ways[question]) for question in starts.family.columns]
    best, worst = _bounds(steps, len(tables.approaches))
    free = ~starts.blocked[approach]
    leads = np.where(starts.blocked, _UNRIVALLED, starts.points[approach] - starts.points)[:, free]
    alive = (leads >= -best[0][:, np.newaxis]).all(axis=0)
    if not alive.any():
        return False
    return _reach(leads[:, alive].T, steps, best, worst)


def _reach(start: Leads, steps: list[Leads], best: list[Leads], worst: list[Leads]) -> bool:
    """Tell whether some start and one choice at every step lead to no lead below zero, depth first."""
    waiting = [(0, _merged(np.minimum(start, -worst[0])))]
    while waiting:
        level, states = waiting.pop()
        if level == len(steps):
            return True
        if len(states) > _AT_ONCE:
            states = states[states.sum(axis=1).argsort(kind="stable")]  # the most promising last
            waiting.append((level, states[:-_AT_ONCE]))
            states = states[-_AT_ONCE:]
        states = (states[:, np.newaxis] + steps[level]).reshape(-1, states.shape[1])
        states = states[(states >= -best[level + 1]).all(axis=1)]
        if len(states):
            waiting.append((level + 1, _merged(np.minimum(states, -worst[level + 1]))))
    return False


def _merged(states: Leads) -> Leads:
    """Return the states without repetition; a few are not worth the sorting."""
    return states if len(states) < _MERGE_FROM else np.unique(states, axis=0)


def _bounds(steps: list[Leads], approaches: int) -> tuple[list[Leads], list[Leads]]:
    """Return what the steps from each one on can add to the leads at best and at worst; nothing after the last."""
    best = [np.zeros(approaches, dtype=np.int16)]
    worst = [np.zeros(approaches, dtype=np.int16)]
    for step in reversed(steps):
        best.append(best[-1] + step.max(axis=0))
        worst.append(worst[-1] + step.min(axis=0))
    return best[::-1], worst[::-1]


@lru_cache(maxsize=4096)
def _worthwhile(tables: Tables, approach: int, question: int, codes: tuple[int, ...]) -> Leads:
    """The leads that these choices of a question give, without those never better."""
    points = tables.points[question][list(codes)]
    leads = np.unique(points[:, [approach]] - points, axis=0)
    no_worse = (leads[:, np.newaxis] >= leads).all(axis=2)
    worthwhile: Leads = leads[no_worse.sum(axis=0) == 1]  # every choice is no worse than itself
    return worthwhile
