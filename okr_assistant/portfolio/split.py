"""Splitting work of several kinds: a portfolio with a row for each kind, to be named and answered one by one."""

from __future__ import annotations

from collections.abc import Mapping

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.portfolio.items import Portfolio, WorkItem

KIND, _SEVERAL = "work_kind", "mixed"
"""The question that asks for the kind of work, and its answer for several kinds at once."""


def is_of_several_kinds(answers: Mapping[str, str]) -> bool:
    """Tell whether the work has no single kind, and so no single place."""
    return answers.get(KIND) == _SEVERAL


def split(model: Model, sheet: AnswerSheet) -> Portfolio:
    """Return an item for every kind of work, called by the label of that answer until somebody names it.

    The other answers are not carried over: they were given for the whole, and each part may differ.
    """
    options = [option for option in model.questions_by_id[KIND].options if option.id != _SEVERAL]
    items = tuple(
        WorkItem(str(number), option.label, {KIND: option.id}, result_for=sheet.title)
        for number, option in enumerate(options, start=1)
    )
    return Portfolio(sheet.title, model.version, items)
