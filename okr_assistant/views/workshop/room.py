"""What a participant is told about a room: what it is for, who sees what, what was agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.parts import answer_label
from okr_assistant.views.result import Statement, fix_first
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.views.workshop.vote_parts import outcome_text
from okr_assistant.words import Words
from okr_assistant.workshop.outcomes import outcomes_of
from okr_assistant.workshop.room import Phase, Room

_SECONDS_A_QUESTION = 16
"""So that fifteen questions take four minutes, as everywhere else."""


@dataclass(frozen=True, slots=True)
class AboutView:
    """What a room is for, in its facilitator's words, and what is promised to whoever takes part.

    ``title``, ``about`` and ``decider`` are texts that somebody typed; ``about`` and ``decider`` may be empty.
    ``length`` says how long it takes from now on, or that the voting is closed; ``names`` whether names are shown.
    """

    title: str
    about: str
    decider: str
    length: str
    names: str
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedView:
    """The group's answers in words, as (question, answer), and the verdict that they lead to.

    Before they stand it is empty: there is one result of the group, and the reveal says which. ``conditions`` are
    what has to be fixed before that is so.
    """

    answers: tuple[tuple[str, str], ...]
    sentence: str
    conditions: tuple[Statement, ...]


def about_view(room: Room, phase: Phase, kept_until: date, words: Words) -> AboutView:
    """Return what whoever opens the link reads before they join."""
    setup = room.setup
    sees = "room.sees_named" if setup.named else "room.sees_anonymous"
    return AboutView(
        title=setup.title,
        about=setup.about,
        decider=setup.decider,
        length=_length(room, phase, words),
        names=words("room.names_shown" if setup.named else "room.names_hidden"),
        promises=(
            words("room.kept"),
            words(sees),
            words("room.smallest", count=setup.smallest_group),
            words("room.progress_seen"),
            words("room.operators"),
            words("room.kept_until", date=words.date(kept_until)),
            words("room.take_away"),
        ),
    )


def _length(room: Room, phase: Phase, words: Words) -> str:
    if phase not in {"lobby", "voting"}:
        return words("room.voting_closed")
    asked = room.round.questions if room.round else room.setup.questions
    return words(
        "room.length",
        questions=words.counted("room.questions", len(asked)),
        minutes=words.counted("room.minutes", minutes_to_answer(len(asked))),
    )


def minutes_to_answer(questions: int) -> int:
    """Return how many minutes it takes to answer so many questions, rounded up."""
    return -(-questions * _SECONDS_A_QUESTION // 60)


def own_outcome(model: Model, shown: Collection[str], own: Mapping[str, str], words: Words) -> str:
    """Say what somebody's own answers lead to, to the questions that are shown; empty where they have none."""
    sheet = {id_: choice for id_, choice in own.items() if id_ in shown}
    if not sheet:
        return ""
    (outcome,) = outcomes_of(model, [sheet])
    return words("room.own_outcome", outcome=outcome_text(model, outcome, words))


def agreed_view(room: Room, model: Model, words: Words) -> AgreedView:
    """Return what was agreed so far, which is something."""
    sentence, conditions = _advice(room, model, words) if room.answers_are_agreed else ("", ())
    return AgreedView(
        answers=tuple(
            (model.questions_by_id[id_].text, answer_label(model, words, id_, room.agreed[id_]))
            for id_ in room.setup.questions
            if id_ in room.agreed
        ),
        sentence=sentence,
        conditions=conditions,
    )


def _advice(room: Room, model: Model, words: Words) -> tuple[str, tuple[Statement, ...]]:
    found = assessment(model, AnswerSheet(dict(room.agreed), room.setup.title, model.version))
    return verdict_sentence(model, found.result, words, settled=found.settled), fix_first(model, found.result)
