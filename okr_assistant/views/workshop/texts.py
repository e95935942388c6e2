"""Questions and choices of a workshop in words, those of the check among them."""

from __future__ import annotations

from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.words import Words
from okr_assistant.workshop.room import FIST


def question_text(model: Model, words: Words, question: str) -> str:
    """Return the text of a question."""
    return words("workshop_record.check_question") if question == FIST else model.questions_by_id[question].text


def choice_text(model: Model, words: Words, question: str, choice: str) -> str:
    """Return a choice in words."""
    if question == FIST:
        return words.counted("reveal.check.fingers", int(choice))
    return answer_label(model, words, question, choice)
