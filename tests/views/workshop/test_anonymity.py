"""Who is who tells nothing in an anonymous room; of too few votes only their number is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.check import CheckView, check_view
from okr_assistant.views.workshop.movement import MovementView, movement_view
from okr_assistant.views.workshop.reveal import RevealView, reveal_view
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import reveal
from tests.decision.small_models import models
from tests.workshop.random_rooms import rooms
from tests.workshop.rooms import Held

SMALL = settings(max_examples=60, derandomize=True)
REAL = settings(max_examples=40, derandomize=True)


@st.composite
def models_with_rooms(draw: st.DrawFn) -> tuple[Model, Held]:
    model = draw(models())
    return model, draw(rooms(model))


def everything(model: Model, found: Held, words: Words) -> tuple[RevealView, MovementView, tuple[CheckView, ...]]:
    """All that anybody is shown of the votes."""
    said = reveal(found.room, found.votes, model)
    return (
        reveal_view(said, found.room, found.people, found.votes, model, words),
        movement_view(found.room, found.votes, model, words),
        check_view(found.room, found.people, found.votes, words),
    )


def texts(value: Any) -> Iterator[str]:
    """Every text in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def called(found: Held, *, named: bool) -> Held:
    return replace(found, room=replace(found.room, setup=replace(found.room.setup, named=named)))


def with_other_seats(found: Held, dice: random.Random) -> Held:
    """The same people on each other's seats, and all votes in another order."""
    seats = [person.seat for person in found.people]
    sat = dict(zip(seats, dice.sample(seats, len(seats)), strict=True))
    people = sorted((replace(person, seat=sat[person.seat]) for person in found.people), key=lambda p: p.seat)
    votes = [replace(vote, seat=sat[vote.seat]) for vote in found.votes]
    return replace(found, people=tuple(people), votes=tuple(dice.sample(votes, len(votes))))


@SMALL
@given(models_with_rooms(), st.integers(0, 1000))
def test_in_an_anonymous_room_it_does_not_matter_who_votes_what(
    words: Words, drawn: tuple[Model, Held], seed: int
) -> None:
    """Everybody gets somebody else's votes and is called otherwise: the same is shown, and nobody's name."""
    model, found = drawn[0], called(drawn[1], named=False)
    others = with_other_seats(found, random.Random(seed))
    renamed = tuple(replace(person, name=f"Somebody on {person.seat}") for person in found.people)
    assert everything(model, replace(others, people=renamed), words) == everything(model, found, words)
    assert everything(model, replace(found, people=()), words) == everything(model, found, words)
    assert not any("Person" in text for text in texts(everything(model, found, words)))


@SMALL
@given(models_with_rooms(), st.integers(0, 1000))
def test_names_stand_beside_votes_and_not_in_the_order_of_seats(
    words: Words, drawn: tuple[Model, Held], seed: int
) -> None:
    model, found = drawn[0], called(drawn[1], named=True)
    others = with_other_seats(found, random.Random(seed))
    assert everything(model, others, words) == everything(model, found, words)


@SMALL
@given(models_with_rooms(), st.data())
def test_of_too_few_votes_only_their_number_is_told(
    words: Words, drawn: tuple[Model, Held], data: st.DataObject
) -> None:
    model, found = drawn
    hidden = reveal(found.room, found.votes, model).too_few
    others = [
        replace(vote, choice=data.draw(st.sampled_from(model.questions_by_id[vote.question].choices)), reason="x")
        if vote.question in hidden
        else vote
        for vote in found.votes
    ]
    assert everything(model, replace(found, votes=tuple(others)), words) == everything(model, found, words)
    assert len(everything(model, found, words)[0].too_few) == len(hidden)


@REAL
@given(st.data())
def test_on_the_real_model_every_text_is_whole_and_calm(model: Model, words: Words, data: st.DataObject) -> None:
    found = data.draw(rooms(model))
    view, movement, checks = everything(model, found, words)
    sentences = [view.group, view.possible, view.deciding, *view.too_few]
    for shown in view.questions:
        sentences += [shown.voted, shown.statistic, shown.spread, shown.shift, shown.again, *shown.moves]
        sentences += [shown.consequence.removesuffix(":") + "." if shown.sides else shown.consequence]
        assert bool(shown.sides) == shown.matters
        assert [bar.people for bar in shown.bars] == [
            len(seats)
            for q in reveal(found.room, found.votes, model).questions
            if q.question == shown.id
            for seats in q.seats.values()
        ]
        assert max(bar.share for bar in shown.bars) in (0, 100)
        assert all(bar.names == () for bar in shown.bars) or found.room.setup.named
    for asked in movement.questions:
        sentences += [*asked.statistics, *(move for step in asked.steps for move in step.moves)]
        assert len(asked.rounds) == len(asked.statistics) == len(asked.steps) + 1
        assert all(len(choice.people) == len(asked.rounds) for choice in asked.choices)
    sentences += [text for check in checks for text in (check.headline, check.speak)]
    assert all(text == "" or text.endswith(".") for text in sentences)
    assert not any("{" in text for text in texts((view, movement, checks)))
