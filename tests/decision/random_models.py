"""Small models drawn from a seed, with hidden questions and every kind of rule, for comparing with brute force."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

from okr_assistant.decision.model import Model

_TEXT = {"because": "because", "sources": ("s",)}


def random_model(seed: int, *, questions: int = 4, approaches: int = 3, most: int = 6) -> Model:
    """``most`` is the largest number of points that an option gives. The last approach is never blocked."""
    dice = random.Random(seed)
    names = ["okr", *(f"other_{number}" for number in range(approaches - 1))]
    sizes = [dice.randint(2, 3) for _ in range(questions)]

    def points() -> tuple[dict[str, Any], ...]:
        drawn = {name: dice.randint(-most, most) for name in names if dice.random() < 0.7}
        return tuple({"approach": name, "points": number, **_TEXT} for name, number in drawn.items() if number)

    def when(among: list[int], depth: int = 2) -> dict[str, Any]:
        kind = dice.choice(["leaf", "all", "any", "not"]) if depth else "leaf"
        if kind == "not":
            return {"not": when(among, depth - 1)}
        if kind in ("all", "any"):
            return {kind: tuple(when(among, depth - 1) for _ in range(dice.randint(1, 2)))}
        question = dice.choice(among)
        choices = [*(f"o{number}" for number in range(sizes[question])), "unsure"]
        return {"question": f"q{question}", "in": tuple(dice.sample(choices, dice.randint(1, 2)))}

    gated = dice.sample(range(1, questions), dice.randint(0, min(2, questions - 1)))

    def question(number: int) -> dict[str, Any]:
        earlier = [other for other in range(number) if other not in gated]
        options = tuple({"id": f"o{o}", "label": "l", "points": points()} for o in range(sizes[number]))
        more = {"ask_if": when(earlier, 1)} if number in gated else {}
        more |= {"unsure": {"points": points()}} if dice.random() < 0.3 else {}
        base = {"id": f"q{number}", "section": "one", "scale": dice.choice(["ordered", "nominal"]), "text": "t"}
        return base | {"why_we_ask": "why", "sources": ("s",), "options": options} | more

    def rule(number: int) -> dict[str, Any]:
        kind = ("blocker", "condition", "contested", "variant", "contradiction")[number % 5]
        side = {"text": "t", "sources": ("s",)}
        more: dict[str, Any] = {
            "blocker": lambda: {"approach": dice.choice(names[:-1])},
            "condition": lambda: {"approach": dice.choice(names), "fix": "fix"},
            "contested": lambda: {"topic": "topic", "for": side, "against": side},
            "variant": lambda: {"approach": dice.choice(names), "name": "name"},
            "contradiction": lambda: {"questions": ("q0", "q1"), "text": "text"},
        }[kind]()
        return {"id": f"rule_{number}", "kind": kind, "when": when(list(range(questions))), **_TEXT, **more}

    raw = {
        "format": 1,
        "version": "2026.1+random",
        "sections": ({"id": "one", "title": "One"},),
        "questions": tuple(question(number) for number in range(questions)),
        "approaches": tuple(
            {"id": name, "name": name, "phrase": name, "summary": name, "artefact": name} for name in names
        ),
        "rules": tuple(rule(number) for number in range(dice.randint(0, 10))),
        "sources": ({"id": "s", "author": "A", "title": "T", "url": "https://example.org/", "takeaway": "W"},),
    }
    return Model.model_validate(raw)


def every_sheet(model: Model) -> list[dict[str, str]]:
    """Every sheet there is, with open questions, ``unsure`` and hidden answers."""
    ways = [[None, *question.choices] for question in model.questions]
    return [
        {id_: answer for id_, answer in zip(model.questions_by_id, answers, strict=True) if answer is not None}
        for answers in product(*ways)
    ]


def distinct_complete_sheets(model: Model) -> Iterator[dict[str, str]]:
    """Every asked question with an option, hidden ones left out; each such sheet once."""
    known = set()
    for answers in product(*([option.id for option in question.options] for question in model.questions)):
        full = dict(zip(model.questions_by_id, answers, strict=True))
        shown = {
            question.id: full[question.id]
            for question in model.questions
            if question.ask_if is None or question.ask_if.truth(full) is not False
        }
        key = tuple(shown.items())
        if key not in known:
            known.add(key)
            yield shown
