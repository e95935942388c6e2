"""What the reveal costs as a library: milliseconds on one core, by how many people voted.

    python -m tests.bench.bench_reveal [--rooms 100] [--json]

Rooms are random and the same in every run; everybody votes on all 15 questions, half of them again on three. In
``alike`` rooms two of three people choose the same, in ``divided`` ones everybody chooses anything, and in
``hard`` ones only what speaks little for one approach, so that it takes searching whether a mix leads to it.
``reveal`` is the pure domain, ``reveal_view`` its words, ``movement_view`` the rounds side by side, for which the
reveal is worked out once a round. Tables are built before; garbage is collected before and not during a
measurement.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from okr_assistant import Model, load_model
from okr_assistant.decision.model import Question
from okr_assistant.paths import LOCALES
from okr_assistant.views.workshop.movement import movement_view
from okr_assistant.views.workshop.reveal import reveal_view
from okr_assistant.words import read_words
from okr_assistant.workshop.reveal import reveal
from tests.bench.one_core import stay_on_one_core
from tests.workshop.rooms import Held, held

_SEED = 2026
_PEOPLE = (12, 50, 200)
_KINDS = ("alike", "divided", "hard")
_AGAIN = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=100, help="how many of each kind and size (100)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    figures = measure(load_model(), given.rooms)
    if given.json:
        print(json.dumps(figures))
        return
    for name, by_room in figures.items():
        print(f"{name}: milliseconds\n  people  room       median      p99      max")
        for room, figure in by_room.items():
            people, kind = room.split()
            print(f"  {people:>6}  {kind:<8} " + "{median:8.2f} {p99:8.2f} {max:8.2f}".format(**figure))


def measure(model: Model, count: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return, for each part and each size and kind of room, figures in milliseconds."""
    stay_on_one_core()
    words = read_words(LOCALES)
    some = {
        f"{people} {kind}": [room(model, people, kind, seed) for seed in range(count)]
        for people in _PEOPLE
        for kind in _KINDS
    }
    reveals = {id(held): reveal(held.room, held.votes, model) for rooms in some.values() for held in rooms}
    work: dict[str, Callable[[Held], Any]] = {
        "reveal": lambda held: reveal(held.room, held.votes, model),
        "reveal_view": lambda held: reveal_view(
            reveals[id(held)], held.room, held.people, held.votes, model, words
        ),
        "movement_view": lambda held: movement_view(held.room, held.votes, model, words),
    }
    return {name: {key: _figures(part, rooms) for key, rooms in some.items()} for name, part in work.items()}


def room(model: Model, people: int, kind: str, seed: int) -> Held:
    """Return a named room in which everybody voted, half of them twice."""
    dice = random.Random(f"{_SEED}/{people}/{kind}/{seed}")
    against = dice.choice(list(model.approaches_by_id))
    between = {q.id: _choices(q, against, dice) if kind == "hard" else q.choices for q in model.questions}
    liked = {id_: dice.choice(choices) for id_, choices in between.items()}

    def sheet(asked: Sequence[str]) -> dict[str, str]:
        alike = 2 / 3 if kind == "alike" else 0
        return {id_: liked[id_] if dice.random() < alike else dice.choice(between[id_]) for id_ in asked}

    again = dice.sample(list(between), _AGAIN)
    first = {seat: sheet(list(between)) for seat in range(1, people + 1)}
    return held(model, first, {seat: sheet(again) for seat in range(1, people // 2 + 1)}, named=True)


def _choices(question: Question, against: str, dice: random.Random) -> list[str]:
    """The answers that speak little for the approach, and some of the others."""
    points = {
        choice: sum(given.points for given in question.points_of(choice) if given.approach == against)
        for choice in question.choices
    }
    some = [choice for choice in points if points[choice] <= 1 or dice.random() < 0.2]
    return some or [min(points, key=points.__getitem__)]


def _figures(work: Callable[[Held], Any], rooms: Sequence[Held]) -> dict[str, float]:
    work(rooms[0])
    times = []
    gc.collect()
    gc.disable()
    try:
        for some in rooms:
            start = time.perf_counter_ns()
            work(some)
            times.append((time.perf_counter_ns() - start) / 1e6)
    finally:
        gc.enable()
    p99 = statistics.quantiles(times, n=100)[-1] if len(times) > 1 else times[0]
    return {"median": statistics.median(times), "p99": p99, "max": max(times)}


if __name__ == "__main__":
    main()
