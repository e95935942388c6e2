"""A sheet with some questions answered otherwise: what flips and paths are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.model import OKR
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.decision.tables import Bools, Codes, Masks, Tables

Sets: TypeAlias = NDArray[np.intp]
"""Sets of targets, by their place in ``Targets``: an array [set, change]."""


class Change(NamedTuple):
    """One question answered otherwise. ``from_`` is None when it was open; ``to`` is never ``unsure``."""

    question: str
    from_: str | None
    to: str


class Flip(NamedTuple):
    """Changes after which the outcome differs, and what follows then, as in ``Recommendation``."""

    changes: tuple[Change, ...]
    approach: str | None
    tied: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class Targets:
    """Every option of every question, in questionnaire order: what can be changed to."""

    question: NDArray[np.intp]
    code: Codes
    changeable: Bools


@lru_cache(maxsize=16)
def targets_of(tables: Tables) -> Targets:
    """Return the targets of a model, built once."""
    options = [
        (place, code, option.changeable)
        for place, question in enumerate(tables.model.questions)
        for code, option in enumerate(question.options)
    ]
    places, codes, changeable = zip(*options, strict=True)
    return Targets(
        question=np.array(places, dtype=np.intp),
        code=np.array(codes, dtype=np.uint8),
        changeable=np.array(changeable, dtype=np.bool_),
    )


def changed(tables: Tables, raw: Codes, sets: Sets) -> Codes:
    """Return one row for each set: the sheet after its changes."""
    targets = targets_of(tables)
    rows = np.empty((len(sets), len(raw)), dtype=raw.dtype, order="F")
    rows[:] = raw
    every = np.arange(len(sets))
    for column in sets.T:
        rows[every, targets.question[column]] = targets.code[column]
    return rows


def change_to(tables: Tables, raw: Codes) -> list[Change]:
    """Return the change that each target would be."""
    answers = tables.decode(raw)
    return [
        Change(question.id, answers.get(question.id), option.id)
        for question in tables.model.questions
        for option in question.options
    ]


def verdicts(tables: Tables, rows: Codes, masks: Masks) -> list[Verdict]:
    """Return the verdict of each row, whose outcomes are given; as ``assess`` does."""
    okr = 1 << tables.approaches.index(OKR)
    qualified = tables.qualified(tables.seen(rows)).tolist()
    return [
        "not_okr" if not mask & okr else "undecided" if mask != okr else "okr_with_conditions" if has else "okr"
        for mask, has in zip(masks.tolist(), qualified, strict=True)
    ]
