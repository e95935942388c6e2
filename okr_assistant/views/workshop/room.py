"""What a participant is told about a room: what it is for, who sees what, what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.parts import answer_label, long_date
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words
from okr_assistant.workshop.room import Room

_SECONDS_A_QUESTION = 16
"""So that fifteen questions take four minutes, as everywhere else."""


@dataclass(frozen=True, slots=True)
class AboutView:
    """What a room is for, in its facilitator's words, and what is promised to whoever takes part.

    ``title``, ``about`` and ``decider`` are texts that somebody typed; ``about`` and ``decider`` may be empty.
    """

    title: str
    about: str
    decider: str
    length: str
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedView:
    """The group's answers in words, as (question, answer), and the verdict that they lead to.

    Before they stand it is empty: there is one result of the group, and the reveal says which.
    """

    answers: tuple[tuple[str, str], ...]
    sentence: str


def about_view(room: Room, model: Model, kept_until: date, words: Words) -> AboutView:
    """Return what whoever opens the link reads before they join."""
    setup = room.setup
    questions = len(setup.questions)
    sees = "room.sees_named" if setup.named else "room.sees_anonymous"
    return AboutView(
        title=setup.title,
        about=setup.about,
        decider=setup.decider,
        length=words(
            "room.length",
            questions=words.counted("room.questions", questions),
            minutes=words.counted("room.minutes", minutes_to_answer(questions)),
            model=model.version,
        ),
        promises=(
            words("room.kept"),
            words(sees),
            words("room.smallest", count=setup.smallest_group),
            words("room.progress_seen"),
            words("room.operators"),
            words("room.kept_until", date=long_date(kept_until, words)),
            words("room.take_away"),
        ),
    )


def minutes_to_answer(questions: int) -> int:
    """Return how many minutes it takes to answer so many questions, rounded up."""
    return -(-questions * _SECONDS_A_QUESTION // 60)


def agreed_view(room: Room, model: Model, words: Words) -> AgreedView:
    """Return what was agreed so far, which is something."""
    return AgreedView(
        answers=tuple(
            (model.questions_by_id[id_].text, answer_label(model, words, id_, room.agreed[id_]))
            for id_ in room.setup.questions
            if id_ in room.agreed
        ),
        sentence=_verdict(room, model, words) if room.answers_are_agreed else "",
    )


def _verdict(room: Room, model: Model, words: Words) -> str:
    found = assessment(model, AnswerSheet(dict(room.agreed), room.setup.title, model.version))
    return verdict_sentence(model, found.result, words, settled=found.settled)
