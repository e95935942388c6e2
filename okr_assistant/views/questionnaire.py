"""What the Assess page shows: the questions that are asked, and honest progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.model import UNSURE, Model, Question
from okr_assistant.views.parts import Citation, citations
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with all its possible answers, ``unsure`` last."""

    id: str
    section: str
    text: str
    choices: tuple[str, ...]
    labels: Mapping[str, str]
    hints: tuple[str, ...]
    answer: str | None
    why_we_ask: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireView:
    """All asked questions in order. ``done`` and ``asked`` count only these, so progress stays right."""

    questions: tuple[QuestionView, ...]
    done: int
    asked: int
    progress: str
    dropped: str

    @property
    def complete(self) -> bool:
        """Every asked question has an answer."""
        return self.done == self.asked


def questionnaire_view(model: Model, answers: Mapping[str, str], words: Words) -> QuestionnaireView:
    """Return the questionnaire with these answers."""
    reading = read_answers(model, answers)
    asked = [model.questions_by_id[id_] for id_ in reading.asked]
    done = len(reading.counted)
    dropped = len(model.questions) - len(asked)
    return QuestionnaireView(
        questions=tuple(question_view(model, question, answers.get(question.id), words) for question in asked),
        done=done,
        asked=len(asked),
        progress=_progress(done, len(asked) - done, words),
        dropped=words.counted("assess.dropped", dropped) if dropped else "",
    )


def _progress(done: int, left: int, words: Words) -> str:
    return words("assess.progress", done=done, left=left) if left else words("assess.progress_complete", done=done)


def question_view(model: Model, question: Question, answer: str | None, words: Words) -> QuestionView:
    """Return one question with its answer, whether it is asked or not."""
    section = next(section.title for section in model.sections if section.id == question.section)
    labels = {option.id: option.label for option in question.options} | {UNSURE: words("answer.unsure")}
    return QuestionView(
        id=question.id,
        section=section,
        text=question.text,
        choices=question.choices,
        labels=labels,
        hints=(*(option.hint for option in question.options), words("answer.unsure_hint")),
        answer=answer,
        why_we_ask=question.why_we_ask,
        citations=citations(model, question.sources),
    )
