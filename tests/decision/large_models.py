"""A model exactly at every limit of ``checks.sizes``; more of one thing makes it too large."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeAlias

from okr_assistant.decision.model import Model

APPROACHES = 12
_TEXT = {"because": "because", "sources": ("s",)}

Sizes: TypeAlias = Sequence[tuple[int, int]]
# By question: how many options, how many of them changeable. Names of blockers and of `ask_if` come first.
RULED: Sizes = [(4, 4)] * 6 + [(3, 0)] * 2  # 5 ** 6 * 4 ** 2 answers, "I don't know" among them: 250,000
CHANGEABLE: Sizes = [(2, 1)] * 4  # with those above (1 + 4) ** 6 * (1 + 1) ** 4 combinations: 250,000
HIDDEN: Sizes = [(5, 0)] * 3 + [(2, 0)]  # 5 ** 3 * 2 answers: 250
OTHERS: Sizes = [(4, 0)] * 23 + [(3, 0)]  # 55 options above, 95 here: 150


def large_model(
    seed: int = 1,
    *,
    approaches: int = APPROACHES,
    ruled: Sizes = RULED,
    changeable: Sizes = CHANGEABLE,
    hidden: Sizes = HIDDEN,
    others: Sizes = OTHERS,
) -> Model:
    """Points are drawn from the seed. Hidden questions are asked only after one way of answering all of RULED."""
    dice = random.Random(seed)
    names = ["okr", *(f"other_{number}" for number in range(approaches - 1))]
    sizes = [*ruled, *changeable, *hidden, *others]
    first_hidden = len(ruled) + len(changeable)
    gate = {"all": tuple({"question": f"q{number}", "in": ("o0",)} for number in range(len(ruled)))}

    def points() -> tuple[dict[str, Any], ...]:
        drawn = {name: dice.choice((-6, -4, -3, -2, -1, 1, 2, 3, 4, 6)) for name in names if dice.random() < 0.3}
        return tuple({"approach": name, "points": number, **_TEXT} for name, number in drawn.items())

    def option(number: int, changeable: int) -> dict[str, Any]:
        more = {"changeable": True, "how": "how"} if number < changeable else {}
        return {"id": f"o{number}", "label": "l", "points": points(), **more}

    def question(place: int, options: int, changeable: int) -> dict[str, Any]:
        base = {"id": f"q{place}", "section": "one", "scale": "ordered", "text": "t", "why_we_ask": "why"}
        gated = first_hidden <= place < first_hidden + len(hidden)
        more = {"ask_if": gate} if gated else {}
        given = tuple(option(number, changeable) for number in range(options))
        return base | {"sources": ("s",), "options": given} | more

    rules = tuple(
        {"id": f"r{number}", "kind": "blocker", "approach": dice.choice(names[:-1]), **_TEXT}
        | {"when": {"question": f"q{number}", "in": ("o1",)}}
        for number in range(len(ruled))
    )
    raw = {
        "format": 1,
        "version": "2026.1+large",
        "sections": ({"id": "one", "title": "One"},),
        "questions": tuple(question(place, *size) for place, size in enumerate(sizes)),
        "approaches": tuple(
            {"id": name, "name": name, "phrase": name, "summary": name, "artefact": name} for name in names
        ),
        "rules": rules,
        "sources": ({"id": "s", "author": "A", "title": "T", "url": "https://example.org/", "takeaway": "W"},),
    }
    return Model.model_validate(raw)
