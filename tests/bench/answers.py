"""The sheets that the benchmarks open and the answers they give, none of which hides a question."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle
from typing import NamedTuple

from okr_assistant import AnswerSheet
from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model

ALL = "all"
"""The value of ``q`` in the address that stands for all questions on one page, in both apps."""

HALF = 7
"""Open questions of a half-answered sheet, of 15."""

_SEED = 2026


class Choice(NamedTuple):
    """One answer somebody gives: the question, and the place of the option."""

    question: str
    place: int


def full_sheet(model: Model) -> dict[str, str]:
    """Answer every question with the first option after which all questions are still asked."""
    answers: dict[str, str] = {}
    for question in model.questions:
        answers[question.id] = question.choices[_harmless(model, question.id, answers)[0]]
    return answers


def open_sheets(model: Model, open_: int = HALF) -> dict[str, dict[str, str]]:
    """For each question, a sheet that answers it as ``full_sheet`` does, and leaves ``open_`` others open.

    The others have any answer, the same in every run. Whatever ``rounds`` answers to the question, all questions
    are asked, and the result is so far from settled that the page does not offer to stop.
    """
    dice = random.Random(_SEED)
    return {id_: _open_sheet(model, id_, open_, dice) for id_ in model.questions_by_id}


def rounds(model: Model) -> dict[str, Iterator[Choice]]:
    """For each question, endless answers, each different from the one before, the first from ``full_sheet``'s."""
    sheet = full_sheet(model)
    turns: dict[str, Iterator[Choice]] = {}
    for question in model.questions:
        first, *others = _harmless(model, question.id, sheet)
        turns[question.id] = cycle([Choice(question.id, index) for index in (*others, first)])
    return turns


def _open_sheet(model: Model, question: str, open_: int, dice: random.Random) -> dict[str, str]:
    full = full_sheet(model)
    others = [known for known in model.questions if known.id != question]
    given = [model.questions_by_id[question].choices[place] for place in _harmless(model, question, full)]
    while True:
        answered = {known.id: dice.choice(known.choices) for known in dice.sample(others, len(others) - open_)}
        sheets = [{question: answer, **answered} for answer in given]
        if all(_asks_all(model, sheet) and _is_far_from_settled(model, sheet) for sheet in sheets):
            return sheets[0]


def _harmless(model: Model, question: str, answers: dict[str, str]) -> list[int]:
    """Return the options that hide no question, so that the page keeps its size."""
    choices = model.questions_by_id[question].choices
    return [index for index, choice in enumerate(choices) if _asks_all(model, {**answers, question: choice})]


def _is_far_from_settled(model: Model, answers: dict[str, str]) -> bool:
    return max(foresee(model, AnswerSheet(answers)).shares.values()) < 0.9


def _asks_all(model: Model, answers: dict[str, str]) -> bool:
    return read_answers(model, answers).asked == tuple(model.questions_by_id)
