"""The answers that the benchmarks give: every question answered, none of them hidden by another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import NamedTuple

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import Model

ALL = "all"
"""The value of ``q`` in the address that stands for all questions on one page, in both apps."""


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


def rounds(model: Model) -> dict[str, Iterator[Choice]]:
    """For each question, endless answers, each different from the one before, the first from ``full_sheet``'s."""
    sheet = full_sheet(model)
    turns: dict[str, Iterator[Choice]] = {}
    for question in model.questions:
        first, *others = _harmless(model, question.id, sheet)
        turns[question.id] = cycle([Choice(question.id, index) for index in (*others, first)])
    return turns


def _harmless(model: Model, question: str, answers: dict[str, str]) -> list[int]:
    """Return the options that hide no question, so that the page keeps its size."""
    choices = model.questions_by_id[question].choices
    everything = tuple(model.questions_by_id)
    return [
        index
        for index, choice in enumerate(choices)
        if read_answers(model, {**answers, question: choice}).asked == everything
    ]
