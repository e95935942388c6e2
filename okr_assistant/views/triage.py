"""Triage of a portfolio: the items that are not placed firmly yet, and the question to ask of one of them next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.portfolio.goal_map import GoalMap, Placed
from okr_assistant.portfolio.items import WorkItem
from okr_assistant.views.questionnaire import QuestionView, question_view
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """An item with the question that tells most about its place; None when no answer can end its tie."""

    item: WorkItem
    standing: str
    question: QuestionView | None


@dataclass(frozen=True, slots=True)
class TriageView:
    """``progress`` says how many of all items are placed firmly, ``share`` how much that is of 1."""

    progress: str
    share: float
    asked: Asked | None


def triage_view(map_: GoalMap, put_off: Sequence[str], words: Words) -> TriageView:
    """Return what to ask next. Items whose ids are in ``put_off`` come last, the first of them first."""
    waiting = [placed for placed in map_.items if not placed.firm]
    firm = len(map_.items) - len(waiting)
    later = {id_: number for number, id_ in enumerate(put_off)}
    first = min(waiting, key=lambda placed: later.get(placed.item.id, -1), default=None)
    return TriageView(
        progress=words.counted("map_page.triage.firm", firm, of=len(map_.items)),
        share=firm / len(map_.items) if map_.items else 1.0,
        asked=None if first is None else _asked(map_, first, words),
    )


def _asked(map_: GoalMap, placed: Placed, words: Words) -> Asked:
    model, answers = map_.model, placed.item.answers
    next_id = foresee(model, AnswerSheet(answers)).next_question
    question = model.questions_by_id.get(next_id or "")
    return Asked(
        item=placed.item,
        standing=_standing(map_, placed, words),
        question=None if question is None else question_view(model, question, None, words),
    )


def _standing(map_: GoalMap, placed: Placed, words: Words) -> str:
    if placed.found is None:
        return words("map_page.triage.not_placed")
    names = [map_.model.approaches_by_id[id_].name for id_ in placed.found.outcome]
    key = "map_page.triage.so_far" if len(names) == 1 else "map_page.triage.tie"
    return words(key, approaches=words.listed(names), share=floor(100 * placed.found.share))
