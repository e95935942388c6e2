"""What the questions of a model do: none should be dead, no two interchangeable, declared orders monotone.

Outcomes are compared on a few hundred sheets from a fixed seed first. That settles nearly everything, since one
sheet is enough to show that a question matters; what is left is compared on every sheet there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, permutations

import numpy as np

from okr_assistant.decision.batch import Batch
from okr_assistant.decision.model import OKR, Model, Question
from okr_assistant.decision.space import Space
from okr_assistant.decision.tables import Bools, Codes, tables_of

ORDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "outcome_clarity": (("number",), ("words",), ("debated",), ("only_output", "unknown")),
    "measurability": (("baseline",), ("instrument",), ("too_late", "too_far", "judgement")),
}
"""Declared orders that are not those of the file: from the best for OKRs to the worst, all options in them."""

FILE_ORDERS = (
    "vision_stability", "strategy_clarity", "autonomy", "stakeholder_involvement", "leadership_support",
    "review_rhythm", "reactive_load", "use_of_goals",
)  # fmt: skip
"""Questions whose options stand in the file from the best for OKRs to the worst."""

_FEW, _MANY, _CHUNK, _SEED = 512, 1 << 15, 1 << 17, 2026


@dataclass(frozen=True, slots=True)
class Rise:
    """A step down a declared order that raises the points for ``okr``."""

    question: str
    better: str
    worse: str


def dead_questions(model: Model) -> tuple[str, ...]:
    """Questions whose answer changes the outcome of no complete sheet, hidden answers left as they are."""
    batch, space = Batch(model), Space(model, everything=True)

    def matters(place: int) -> Callable[[Codes], bool]:
        def here(rows: Codes) -> bool:
            before = batch.outcomes(rows)
            return any(
                bool((batch.outcomes(_with(rows, place, np.uint8(code))) != before).any())
                for code in range(len(model.questions[place].options))
            )

        return here

    return tuple(
        question.id for place, question in enumerate(model.questions) if not _somewhere(space, matters(place))
    )


def interchangeable_questions(model: Model) -> tuple[tuple[str, str], ...]:
    """Pairs whose answers could be swapped: some matching of their options never changes an outcome.

    Compared on all complete sheets on which both questions are asked before and after the swap.
    """
    space = Space(model, everything=True)
    pairs = combinations(range(len(model.questions)), 2)
    return tuple(
        (model.questions[one].id, model.questions[two].id)
        for one, two in pairs
        if len(model.questions[one].options) == len(model.questions[two].options)
        and any(not _somewhere(space, swap) for swap in _swaps(model, one, two))
        and _somewhere(space, _both_asked(model, one, two))
    )


def orders(model: Model) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The declared orders that can be checked: of questions that the model has, with the options of the order."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for question in model.questions:
        options = [option.id for option in question.options]
        if question.id in FILE_ORDERS:
            found[question.id] = tuple((option,) for option in options)
        elif sorted(chain(*ORDERS.get(question.id, ()))) == sorted(options):
            found[question.id] = ORDERS[question.id]
    return found


def rises(model: Model) -> tuple[Rise, ...]:
    """Steps that break one of these ``orders``; points add up, so comparing options covers every sheet."""
    return tuple(
        Rise(id_, one, two)
        for id_, order in orders(model).items()
        for better, worse in pairwise(order)
        for one in better
        for two in worse
        if _okr_points(model.questions_by_id[id_], two) > _okr_points(model.questions_by_id[id_], one)
    )


def _okr_points(question: Question, answer: str) -> int:
    return sum(given.points for given in question.points_of(answer) if given.approach == OKR)


def _somewhere(space: Space, holds: Callable[[Codes], bool]) -> bool:
    """Whether it holds on some sheets: tried on a few, then on many, then on all."""
    if any(holds(space.sample(count, _SEED)) for count in (_FEW, _MANY)):
        return True
    return space.total > _MANY and any(holds(rows) for rows in space.chunks(_CHUNK))


def _swaps(model: Model, one: int, two: int) -> Iterator[Callable[[Codes], bool]]:
    """For each matching of options: does swapping the two answers change the outcome of one of these sheets?"""
    batch = Batch(model)
    for order in permutations(range(len(model.questions[one].options))):
        there = np.array(order, np.uint8)
        back = np.argsort(there).astype(np.uint8)

        def changes(rows: Codes, there: Codes = there, back: Codes = back) -> bool:
            swapped = _with(_with(rows, two, there[rows[:, one]]), one, back[rows[:, two]])
            both = _asked(model, rows, one, two) & _asked(model, swapped, one, two)
            return bool(((batch.outcomes(swapped) != batch.outcomes(rows)) & both).any())

        yield changes


def _both_asked(model: Model, one: int, two: int) -> Callable[[Codes], bool]:
    return lambda rows: bool(_asked(model, rows, one, two).any())


def _asked(model: Model, rows: Codes, one: int, two: int) -> Bools:
    tables = tables_of(model)
    seen = tables.seen(rows)
    asked: Bools = (seen[:, one] != tables.open[one]) & (seen[:, two] != tables.open[two])
    return asked


def _with(rows: Codes, place: int, codes: Codes | np.uint8) -> Codes:
    changed = rows.copy()
    changed[:, place] = codes
    return changed
