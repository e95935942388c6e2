"""All items between vision certainty and outcome clarity, gathered so that ten thousand are as few as ten."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.portfolio.goal_map import GoalMap
from okr_assistant.views.portfolio.items import place_name
from okr_assistant.views.portfolio.places import in_order
from okr_assistant.words import Words

STEP = 10
"""Positions are gathered in steps of so many, on both axes; the picture describes, and never decides."""
_TITLES = 3


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """The items of one place around one position: ``vision`` and ``clarity`` are multiples of ``STEP``.

    ``titles`` are those of up to three of them; ``more`` says how many there are beside those, or nothing.
    """

    vision: int
    clarity: int
    place: str
    place_name: str
    count: int
    titles: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PlotView:
    """The points in the order of the picture; ``missing`` says how many have no position and what to ask."""

    points: tuple[PlotPoint, ...]
    missing: str
    described: str


def plot_view(map_: GoalMap, words: Words) -> PlotView:
    """Return where the items of a map lie."""
    found: dict[tuple[str, int, int], list[str]] = {}
    missing = 0
    for placed in map_.items:
        follows = placed.found
        if follows is None or follows.vision is None or follows.clarity is None:
            missing += 1
        else:
            at = placed.place, _step(follows.vision), _step(follows.clarity)
            found.setdefault(at, []).append(placed.item.title)
    order = {place: number for number, place in enumerate(in_order(map_.model))}
    names = {place: place_name(map_.model, words, place) for place in order}
    points = tuple(
        _point(at, titles, names[at[0]], words)
        for at, titles in sorted(found.items(), key=lambda entry: (order[entry[0][0]], entry[0][1:]))
    )
    shown = len(map_.items) - missing
    return PlotView(
        points=points,
        missing=_missing(map_, missing, words) if missing else "",
        described=words.counted("goal_map.plot.described", shown) if shown else words("goal_map.plot.nothing"),
    )


def _missing(map_: GoalMap, count: int, words: Words) -> str:
    asked = " ".join(question.text for question in map_.model.questions if question.axis in {"vision", "outcome"})
    return f"{words.counted('goal_map.plot.missing', count)} {words('goal_map.plot.asks', questions=asked)}"


def _step(value: float) -> int:
    return STEP * int(value / STEP + 0.5)  # round() would send every second half down


def _point(at: tuple[str, int, int], titles: list[str], name: str, words: Words) -> PlotPoint:
    place, vision, clarity = at
    beside = len(titles) - _TITLES
    return PlotPoint(
        vision=vision,
        clarity=clarity,
        place=place,
        place_name=name,
        count=len(titles),
        titles=tuple(titles[:_TITLES]),
        more=words("goal_map.plot.more", count=beside) if beside > 0 else "",
    )
