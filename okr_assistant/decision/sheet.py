"""Answer sheets: question id -> option id or ``unsure``; a question that is not in it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from okr_assistant.decision.model import Model
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import SheetError, shown
from okr_assistant.free_text import clean_title

_KEYS = ("answers", "title", "model")


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What somebody answered. ``model`` is the version the answers are meant for; None means the newest."""

    answers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    model: str | None = None


def read_sheet(data: bytes, place: str = "sheet") -> AnswerSheet:
    """Read a sheet from JSON: ``{"answers": {...}, "title"?: "...", "model"?: "2026.1"}``.

    Only the form is checked here; whether the ids exist is a question to a model, see ``check_sheet``.
    """
    return sheet_from_json(read_json(data, place), place)


def sheet_from_json(raw: Any, place: str = "sheet") -> AnswerSheet:
    """Like ``read_sheet``, from parsed JSON."""
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place=place, found=raw, allowed='a table with "answers"')
    for key in raw:
        if key not in _KEYS:
            raise SheetError("unknown_key", place=place, found=key, allowed=_KEYS)
    if "answers" not in raw:
        raise SheetError("missing_key", place=f"{place}: answers")
    return AnswerSheet(
        answers=_answers(raw["answers"], f"{place}: answers"),
        title=clean_title(_text(raw.get("title", ""), f"{place}: title"), f"{place}: title"),
        model=_text(raw["model"], f"{place}: model") if "model" in raw else None,
    )


def check_sheet(model: Model, answers: Mapping[str, str], place: str = "answers") -> None:
    """Refuse a question or an option that the model does not have, naming those it has."""
    for question_id, answer in answers.items():
        question = model.questions_by_id.get(question_id)
        if question is None:
            raise SheetError("unknown_question", place=place, found=question_id, allowed=model.questions_by_id)
        if answer not in question.choices:
            raise SheetError(
                "unknown_option", place=f"{place}.{question_id}", found=answer, allowed=question.choices
            )


def carry_over(model: Model, answers: Mapping[str, str]) -> dict[str, str]:
    """Return those answers, given on another model, that this one has too: same question, same option."""
    return {
        id_: answer
        for id_, answer in answers.items()
        if (question := model.questions_by_id.get(id_)) and answer in question.choices
    }


def _answers(raw: Any, place: str) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place=place, found=raw, allowed="a table of question: option")
    return {question: _text(answer, f"{place}.{shown(question)}") for question, answer in raw.items()}


def _text(raw: Any, place: str) -> str:
    if not isinstance(raw, str):
        raise SheetError("wrong_type", place=place, found=raw, allowed="text")
    return raw
