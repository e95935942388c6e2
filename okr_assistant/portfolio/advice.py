"""What a goal map advises: what to stop and to begin writing OKRs for, what belongs together, what to split."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.model import OKR
from okr_assistant.portfolio.goal_map import GoalMap, Placed
from okr_assistant.portfolio.split import KIND, SEVERAL


@dataclass(frozen=True, slots=True)
class Together:
    """Items among the OKRs that name the same result, and so may be one objective."""

    result_for: str
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, each in the order of the map; an item may be in several.

    ``stop`` are the items that have OKRs today and belong elsewhere, ``begin`` those that are followed otherwise
    today and belong among the OKRs for good. ``together`` are items with the same result, two or more of each.
    ``converted`` are health metrics out of range. ``split`` are items that are several kinds of work at once.
    """

    stop: tuple[Placed, ...]
    begin: tuple[Placed, ...]
    together: tuple[Together, ...]
    converted: tuple[Placed, ...]
    split: tuple[Placed, ...]


def advice(map_: GoalMap) -> Advice:
    """Return what a map advises; nothing about items that have no place yet but that they are to be split."""
    has_place = [placed for placed in map_.items if placed.has_place]
    at_okr = [placed for placed in has_place if placed.place == OKR]
    return Advice(
        stop=tuple(placed for placed in has_place if placed.item.today == OKR and placed.place != OKR),
        begin=tuple(
            placed for placed in at_okr if placed.item.today not in {"", OKR} and not placed.until_it_holds
        ),
        together=_together(at_okr),
        converted=tuple(placed for placed in at_okr if placed.until_it_holds),
        split=tuple(placed for placed in map_.items if placed.item.answers.get(KIND) == SEVERAL),
    )


def _together(at_okr: list[Placed]) -> tuple[Together, ...]:
    """Items whose ``result_for`` is the same but for capitals; metrics out of range stay by themselves."""
    groups: dict[str, list[Placed]] = {}
    for placed in at_okr:
        if placed.item.result_for and not placed.until_it_holds:
            groups.setdefault(placed.item.result_for.casefold(), []).append(placed)
    several = (group for group in groups.values() if len(group) > 1)
    return tuple(Together(group[0].item.result_for, tuple(group)) for group in several)
