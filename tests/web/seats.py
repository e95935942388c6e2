"""How tests take a seat in a workshop."""

from __future__ import annotations

from tests.web.people import Held


def people(held: Held) -> list[tuple[int, str, bool]]:
    return [(found.seat, found.name, found.spectator) for found in held.voting.people()]
