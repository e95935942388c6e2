"""A model as integer tables, so that many sheets are judged at once: exactly what ``assess`` says of each.

A sheet becomes a row of codes, one per question: the place of the answer in ``Question.choices`` (options in
order, then ``unsure``), and one more for *open*, which gives no points and leaves rules unknown. Batches are
arrays of shape (sheets, questions); order "F" is faster for large ones, since everything goes by question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from okr_assistant.decision.model import OKR, Model, Question
from okr_assistant.decision.when import All, AnsweredWith, AnyOf, Not, When, leaves

Codes: TypeAlias = NDArray[np.uint8]
Bools: TypeAlias = NDArray[np.bool_]
Masks: TypeAlias = NDArray[Any]
"""Sets of approaches, as unsigned integers: bit ``n`` is approach ``n`` of the model."""
Judge: TypeAlias = Callable[[Codes], tuple[Bools, Bools]]
"""Judges a condition on rows of codes: where it is true, and where it is false; the rest is unknown."""

_LANES = 4
"""Approaches in one 64-bit word, 16 bits each: one addition adds the points of four approaches."""
_ONES = 0x0001_0001_0001_0001


@dataclass(frozen=True, eq=False)
class Tables:
    """One model, integer-coded. Get it from ``tables_of``; questions and approaches are named by their place."""

    model: Model
    questions: tuple[str, ...]
    approaches: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    """By question, what can be answered: the options, then ``unsure``. The code after these means *open*."""
    open: Codes
    """By question, the code for *open*; the code for ``unsure`` is one less."""
    points: tuple[NDArray[np.int16], ...]
    """By question, an array [code, approach]; the last row, *open*, is zero."""
    gated: tuple[int, ...]
    """The questions with an ``ask_if``."""
    gates: tuple[int, ...]
    """The questions that some ``ask_if`` names."""
    blocking: tuple[int, ...]
    """The questions that some blocker names."""
    _ask_if: tuple[Judge, ...]
    _blockers: tuple[tuple[int, Judge], ...]
    _qualifiers: tuple[Judge, ...]
    _words: tuple[NDArray[np.uint64], ...]
    _bias: int

    def encode(self, answers: Mapping[str, str]) -> Codes:
        """Return the codes of one sheet, hidden answers as they are; the sheet must fit the model."""
        row = self.open.copy()
        for place, (question, choices) in enumerate(zip(self.questions, self.choices, strict=True)):
            if question in answers:
                row[place] = choices.index(answers[question])
        return row

    def decode(self, row: Codes) -> dict[str, str]:
        """Return the answers that a row of codes stands for."""
        named = zip(self.questions, self.choices, row.tolist(), strict=True)
        return {question: choices[code] for question, choices, code in named if code < len(choices)}

    def seen(self, rows: Codes) -> Codes:
        """Return the rows with hidden answers as *open*: what counts. A new array only where that differs."""
        result = rows
        for question, judge in zip(self.gated, self._ask_if, strict=True):
            hidden = judge(rows)[1] & (rows[:, question] != self.open[question])
            if hidden.any():
                result = rows.copy(order="K") if result is rows else result
                result[hidden, question] = self.open[question]
        return result

    def hidden(self, rows: Codes) -> Bools:
        """Return, as an array [sheet, place in ``gated``], which of the gated questions are hidden."""
        columns = [judge(rows)[1] for judge in self._ask_if]
        return np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0), dtype=np.bool_)

    def totals(self, seen: Codes) -> NDArray[np.int16]:
        """Return the points as an array [approach, sheet]; ``seen`` holds no hidden answers."""
        return (self._lanes(seen).astype(np.int16) + np.int16(self._bias))[: len(self.approaches)]

    def blocked(self, seen: Codes) -> Bools:
        """Return, as an array [approach, sheet], which approaches are blocked."""
        result = np.zeros((len(self.approaches), len(seen)), dtype=np.bool_)
        for approach, judge in self._blockers:
            result[approach] |= judge(seen)[0]
        return result

    def outcomes(self, rows: Codes) -> Masks:
        """Return the outcome of each sheet: the unblocked approaches with the highest points, as a set."""
        seen = self.seen(rows)
        lanes = self._lanes(seen)[: len(self.approaches)]
        return leaders(lanes, self.blocked(seen), below=0)

    def qualified(self, seen: Codes) -> Bools:
        """Return where a condition on ``okr`` or a contested topic keeps the verdict from being plain ``okr``."""
        result = np.zeros(len(seen), dtype=np.bool_)
        for judge in self._qualifiers:
            result |= judge(seen)[0]
        return result

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the approaches in a set, in model order."""
        return tuple(approach for place, approach in enumerate(self.approaches) if mask >> place & 1)

    def judge(self, when: When) -> Judge:
        """Return the condition as a function of rows without hidden answers."""
        return _compiled(when, self.questions, self.choices)

    def _lanes(self, seen: Codes) -> NDArray[np.uint16]:
        """The points less ``_bias``, at least 1, as an array [approach, sheet]; some empty lanes come last."""
        words = np.full((self._words[0].shape[1], len(seen)), _ONES, dtype=np.uint64)
        for question, table in enumerate(self._words):
            codes = seen[:, question]
            for word, column in enumerate(table.T):
                words[word] += column.take(codes)
        lanes = words.view(np.uint16).reshape(len(words), len(seen), _LANES)
        return lanes.transpose(0, 2, 1).reshape(len(words) * _LANES, len(seen))


def leaders(points: NDArray[Any], blocked: Bools, below: float) -> Masks:
    """Return the sets of unblocked approaches with the highest points, from arrays [approach, sheet].

    ``below`` is a number of the points' type that is less than all of them.
    """
    free = np.where(blocked, points.dtype.type(below), points)
    best = free.max(axis=0)
    masks = np.zeros(points.shape[1], dtype=mask_type(len(points)))
    for place, plane in enumerate(free):
        masks |= (plane == best).astype(masks.dtype) << masks.dtype.type(place)
    return masks


def mask_type(approaches: int) -> np.dtype[Any]:
    """Return the smallest unsigned type with a bit for each approach; more than 64 are refused."""
    return np.min_scalar_type((1 << approaches) - 1)


def tables_of(model: Model) -> Tables:
    """Return the model's tables: built once, the same object every time for the same model object."""
    return _tables_of(_Same(model))


class _Same:
    """A model by identity: the values in it cannot be hashed, and comparing all of them would cost more."""

    __slots__ = ("model",)

    def __init__(self, model: Model) -> None:
        self.model = model

    def __hash__(self) -> int:
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.model is self.model


@lru_cache(maxsize=16)
def _tables_of(same: _Same) -> Tables:
    model = same.model
    questions, approaches = tuple(model.questions_by_id), tuple(model.approaches_by_id)
    if len(approaches) > 64:
        raise ValueError(f"{len(approaches)} approaches; at most 64 can be counted at once")
    choices = tuple(question.choices for question in model.questions)
    points = tuple(_points(question, approaches) for question in model.questions)
    conditions = [question.ask_if for question in model.questions]
    asked_if = [(place, when) for place, when in enumerate(conditions) if when is not None]
    return Tables(
        model=model,
        questions=questions,
        approaches=approaches,
        choices=choices,
        open=np.array([len(known) for known in choices], dtype=np.uint8),
        points=points,
        gated=tuple(place for place, _ in asked_if),
        gates=_named((when for _, when in asked_if), questions),
        blocking=_named((rule.when for rule in model.blockers), questions),
        _ask_if=tuple(_compiled(when, questions, choices) for _, when in asked_if),
        _blockers=tuple(
            (approaches.index(rule.approach), _compiled(rule.when, questions, choices)) for rule in model.blockers
        ),
        _qualifiers=tuple(
            _compiled(rule.when, questions, choices)
            for rule in (*(rule for rule in model.conditions if rule.approach == OKR), *model.contested)
        ),
        _words=tuple(_packed(table) for table in points),
        _bias=sum(int(table.min()) for table in points) - 1,
    )


def _points(question: Question, approaches: Sequence[str]) -> NDArray[np.int16]:
    table = np.zeros((len(question.choices) + 1, len(approaches)), dtype=np.int16)
    for code, answer in enumerate(question.choices):
        for given in question.points_of(answer):  # each approach once, which the loader checks
            table[code, approaches.index(given.approach)] = given.points
    return table


def _packed(table: NDArray[np.int16]) -> NDArray[np.uint64]:
    """[code, word]: points less the question's lowest, so that no lane ever carries into the next."""
    codes, approaches = table.shape
    lanes = np.zeros((codes, -(-approaches // _LANES) * _LANES), dtype=np.uint16)
    lanes[:, :approaches] = table - table.min()
    return np.asfortranarray(lanes.view(np.uint64))


def _named(conditions: Iterable[When], questions: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({questions.index(leaf.question) for when in conditions for leaf in leaves(when)}))


def _compiled(when: When, questions: Sequence[str], choices: Sequence[Sequence[str]]) -> Judge:
    """Kleene's logic on pairs (true, false): what is neither is unknown."""
    match when:
        case AnsweredWith(question=id_, options=options):
            place = questions.index(id_)
            true = np.array([*(choice in options for choice in choices[place]), False])
            false = np.array([*(choice not in options for choice in choices[place]), False])
            return lambda rows: (true.take(rows[:, place]), false.take(rows[:, place]))
        case All(all=parts):
            judges = [_compiled(part, questions, choices) for part in parts]
            return lambda rows: _both(judges, rows, np.logical_and, np.logical_or)
        case AnyOf(any=parts):
            judges = [_compiled(part, questions, choices) for part in parts]
            return lambda rows: _both(judges, rows, np.logical_or, np.logical_and)
        case Not(part=part):
            judge = _compiled(part, questions, choices)
            return lambda rows: judge(rows)[::-1]


def _both(judges: Sequence[Judge], rows: Codes, true_by: np.ufunc, false_by: np.ufunc) -> tuple[Bools, Bools]:
    values = [judge(rows) for judge in judges]
    return true_by.reduce([true for true, _ in values]), false_by.reduce([false for _, false in values])
