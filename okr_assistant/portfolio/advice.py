"""What a goal map advises: what to stop and to begin writing OKRs for, what belongs together, what to split."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.model import OKR
from okr_assistant.portfolio.goal_map import GoalMap, Placed
from okr_assistant.portfolio.split import is_of_several_kinds


@dataclass(frozen=True, slots=True)
class Together:
    """Items among the OKRs that name the same result, and so may be one objective."""

    result_for: str
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, each in the order of the map; an item may be in several.

    ``stop`` are the items that have OKRs today and belong elsewhere, ``begin`` those that are followed otherwise
    today and belong among the OKRs for good; both only where that is likely or certain. ``ask`` are those with or
    for OKRs of which too little is answered. ``together`` are items with the same result, two or more of each.
    ``converted`` are health metrics out of range. ``split`` are items of several kinds of work at once.
    """

    stop: tuple[Placed, ...]
    begin: tuple[Placed, ...]
    ask: tuple[Placed, ...]
    together: tuple[Together, ...]
    converted: tuple[Placed, ...]
    split: tuple[Placed, ...]


def advice(map_: GoalMap) -> Advice:
    """Return what a map advises; nothing about items that have no place yet but that they are to be split."""
    at_okr = [placed for placed in map_.at(OKR) if placed.likely or placed.until_it_holds]
    return Advice(
        stop=tuple(placed for placed in map_.items if placed.item.today == OKR and placed.without_okrs),
        begin=tuple(
            placed for placed in at_okr if placed.item.today not in {"", OKR} and not placed.until_it_holds
        ),
        ask=tuple(placed for placed in map_.items if _is_to_be_asked(placed)),
        together=_together(at_okr),
        converted=tuple(placed for placed in at_okr if placed.until_it_holds),
        split=tuple(placed for placed in map_.items if is_of_several_kinds(placed.item.answers)),
    )


def _is_to_be_asked(placed: Placed) -> bool:
    """It concerns OKRs, and too little is answered to say in which way."""
    concerns_okrs = OKR in (placed.place, placed.item.today)
    told = placed.likely or placed.until_it_holds or placed.without_okrs
    return concerns_okrs and placed.has_place and not told


def _together(at_okr: list[Placed]) -> tuple[Together, ...]:
    """Items whose ``result_for`` is the same but for capitals; metrics out of range stay by themselves."""
    groups: dict[str, list[Placed]] = {}
    for placed in at_okr:
        if placed.item.result_for and not placed.until_it_holds:
            groups.setdefault(placed.item.result_for.casefold(), []).append(placed)
    several = (group for group in groups.values() if len(group) > 1)
    return tuple(Together(group[0].item.result_for, tuple(group)) for group in several)
