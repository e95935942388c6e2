"""The pages of a workshop as their tests bring them about."""

from __future__ import annotations

from datetime import date

from tests.web.people import ALL_ALIKE, Held, Person, all_answered


def voted(held: Held, *people: Person) -> None:
    """A first round in which these vote, revealed."""
    held.facilitator.open_round()
    for number, person in enumerate(people):
        all_answered(person, work_kind="change" if number % 2 else "deliver")
    held.facilitator.reveal()


def finish(held: Held) -> None:
    if not held.facilitator.room().agreed:
        held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.finish("Use OKRs", "It has to move.", "Dana R.", date(2027, 3, 1))
