"""Rooms drawn at random: 1 to 14 people, some leave, up to three rounds, votes left out, answers agreed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.workshop.room import FINGERS, FIST
from tests.workshop.rooms import Held, held, without

Choices = Mapping[str, Sequence[str]]


@st.composite
def rooms(draw: st.DrawFn, model: Model, choices: Choices | None = None) -> Held:
    """A room on this model; ``choices`` has what people choose between, where that is not everything."""
    count, rounds = draw(st.integers(1, 14)), draw(st.integers(1, 3))
    return room(
        model,
        random.Random(draw(st.integers(0, 2**32))),
        count=count,
        rounds=rounds,
        votes=draw(st.sampled_from((0.3, 0.7, 1.0))),
        fewest=draw(st.sampled_from((2, 3, 4, 6))),
        choices=choices,
    )


def room(
    model: Model,
    dice: random.Random,
    *,
    count: int,
    rounds: int,
    votes: float,
    fewest: int,
    choices: Choices | None = None,
    leave: float = 0.3,
) -> Held:
    """Some leave in the end with the probability ``leave``.

    Each vote is given with the probability ``votes``; people tend to choose alike.
    """
    between = {question.id: (choices or {}).get(question.id, question.choices) for question in model.questions}
    liked = {id_: dice.choice(some) for id_, some in between.items()}

    def sheet(asked: Sequence[str]) -> dict[str, str]:
        chosen = {id_: liked[id_] if dice.random() < 0.4 else dice.choice(between[id_]) for id_ in asked}
        return {id_: choice for id_, choice in chosen.items() if dice.random() < votes}

    every = list(between)
    asked = [every, *(dice.sample(every, dice.randint(1, len(every))) for _ in range(rounds - 1))]
    seats = dice.sample(range(1, 40), count)
    given = [{seat: sheet(some) for seat in seats} for some in asked]
    check = {seat: dice.choice(FINGERS) for seat in seats if dice.random() < votes}
    typed = [(number, seat, id_) for number, by in enumerate(given, 1) for seat in by for id_ in by[seat]]
    typed += [(rounds + 1, seat, FIST) for seat in check]
    found = held(
        model,
        *given,
        named=dice.random() < 0.5,
        fewest=fewest,
        agreed={id_: dice.choice(between[id_]) for id_ in every if dice.random() < 0.3},
        reasons={key: dice.choice(("Payroll", "A hunch", "We tried")) for key in typed if dice.random() < 0.3},
        check=check if dice.random() < 0.5 else None,
    )
    return without(found, dice.sample(seats, dice.randrange(count)) if dice.random() < leave else ())
