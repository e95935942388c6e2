"""What can come out when many people answered: every sheet that takes for each question an answer of somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np

from okr_assistant.decision.completions import Ways
from okr_assistant.decision.model import Model
from okr_assistant.decision.possible import possible
from okr_assistant.decision.tables import Codes, Tables, tables_of

_SEED = 2026
_TRIED = 2048
"""Mixes that are tried before the search: what they lead to need not be searched for, and mostly that is all."""


def possible_of_mixes(model: Model, given: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the approaches in the outcome of some mix of these answers, in model order; exact.

    ``given`` has, by question, the answers that somebody gave, ``unsure`` among them; all of them must be ones of
    the model. A question without any stays open in every mix.
    """
    tables = tables_of(model)
    ways = _ways(tables, given)
    tried = tables.outcomes(np.concatenate([_some(ways), _for_each_approach(tables, ways)]))
    return tables.names(possible(tables, ways, witnessed=int(np.bitwise_or.reduce(tried))))


def _ways(tables: Tables, given: Mapping[str, Collection[str]]) -> Ways:
    named = zip(tables.questions, tables.choices, tables.open.tolist(), strict=True)
    return tuple(
        tuple(code for code, choice in enumerate(choices) if choice in given.get(question, ())) or (open_,)
        for question, choices, open_ in named
    )


def _some(ways: Ways) -> Codes:
    """Return mixes from a fixed seed."""
    dice = np.random.default_rng(_SEED)
    columns = [np.array(few, np.uint8).take(dice.integers(len(few), size=_TRIED)) for few in ways]
    return np.asfortranarray(np.stack(columns, axis=1))


def _for_each_approach(tables: Tables, ways: Ways) -> Codes:
    """Return for each approach two mixes of what speaks most for it: against its closest rival, against all."""
    return np.stack([_strongest(tables, question, few) for question, few in enumerate(ways)], axis=1)


@lru_cache(maxsize=4096)
def _strongest(tables: Tables, question: int, codes: tuple[int, ...]) -> Codes:
    points = tables.points[question][list(codes)].astype(np.int64)
    leads = points[:, :, np.newaxis] - points[:, np.newaxis]  # [code, approach, rival]
    itself = np.arange(len(tables.approaches))
    leads[:, itself, itself] = leads.max()
    best = np.concatenate([leads.min(axis=2).argmax(axis=0), leads.sum(axis=2).argmax(axis=0)])
    return np.array(codes, np.uint8).take(best)
