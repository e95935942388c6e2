"""Rounds side by side: what people chose in each, how they moved between them, and what the votes led to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okr_assistant.decision.model import Model
from okr_assistant.views.parts import answer_label
from okr_assistant.views.workshop.disagreement import again_text, moves_texts, statistic_text
from okr_assistant.views.workshop.picture import headline
from okr_assistant.views.workshop.vote_parts import outcome_text
from okr_assistant.words import Words
from okr_assistant.workshop.movement import after_each_round
from okr_assistant.workshop.reveal import QuestionReveal, Reveal
from okr_assistant.workshop.room import Room, Vote


@dataclass(frozen=True, slots=True)
class RoundView:
    """What the votes that stood after a round led to, whatever was agreed: each person's own, and the group's."""

    title: str
    own: str
    group: str


@dataclass(frozen=True, slots=True)
class ChoiceOverRounds:
    """A choice, and how many stood by it after each round; None where too few had voted to show it."""

    choice: str
    label: str
    people: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one round of a question to the next: how many voted again, and how they moved, in sentences."""

    title: str
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionMovement:
    """A question that was asked more than once. ``rounds`` are the titles of these rounds; each of them has a

    place in ``people`` of the choices and a sentence in ``statistics``, and each but the first a step.
    """

    id: str
    text: str
    rounds: tuple[str, ...]
    choices: tuple[ChoiceOverRounds, ...]
    statistics: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MovementView:
    """All rounds of voting that were revealed, and the questions that were asked in more than one of them."""

    rounds: tuple[RoundView, ...]
    questions: tuple[QuestionMovement, ...]


def movement_view(room: Room, votes: Iterable[Vote], model: Model, words: Words) -> MovementView:
    """Return the rounds side by side; there is nobody's name in it."""
    after = after_each_round(room, votes, model)
    return MovementView(
        rounds=tuple(
            RoundView(
                title=words("reveal.round", number=number),
                own=headline(model, said, words),
                group=words("reveal.votes_lead", outcome=outcome_text(model, said.outcome, words)),
            )
            for number, said in after.items()
        ),
        questions=tuple(_questions(room, after, model, words)),
    )


def _questions(room: Room, after: Mapping[int, Reveal], model: Model, words: Words) -> Iterator[QuestionMovement]:
    for id_ in room.setup.questions:
        asked = [round_.number for round_ in room.votes_shown if id_ in round_.questions]
        if len(asked) > 1:
            yield _question(id_, {number: _found(after[number], id_) for number in asked}, model, words)


def _found(said: Reveal, id_: str) -> QuestionReveal | None:
    return next((found for found in said.questions if found.question == id_), None)


def _question(
    id_: str, by_round: Mapping[int, QuestionReveal | None], model: Model, words: Words
) -> QuestionMovement:
    question = model.questions_by_id[id_]
    every = tuple(by_round.values())
    return QuestionMovement(
        id=id_,
        text=question.text,
        rounds=tuple(words("reveal.round", number=number) for number in by_round),
        choices=tuple(
            ChoiceOverRounds(
                choice,
                answer_label(model, words, id_, choice),
                tuple(len(found.seats[choice]) if found else None for found in every),
            )
            for choice in question.choices
        ),
        statistics=tuple(
            statistic_text(model, found, words) if found else words("reveal.too_few_then") for found in every
        ),
        steps=tuple(
            Step(words("reveal.step", before=before, after=now), _moves(model, found, words) if found else ())
            for before, (now, found) in zip(by_round, list(by_round.items())[1:], strict=False)
        ),
    )


def _moves(model: Model, found: QuestionReveal, words: Words) -> tuple[str, ...]:
    return tuple(filter(None, (again_text(found, words), *moves_texts(model, found, words))))
