"""The places of the picture: what they are called, who looks at them, and in which order they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.decision.model import OKR, Model
from okr_assistant.portfolio.goal_map import HEALTH, KPIS, NOT_PLACED, UNDECIDED, GoalMap
from okr_assistant.views.portfolio.items import ItemView, item_view, place_name
from okr_assistant.words import Words

Row: TypeAlias = Literal["company", "both", "team", "none"]
"""The rows of the picture: who follows what is there; ``none`` holds what has no place yet."""
ROWS: tuple[Row, ...] = ("company", "both", "team", "none")

_TEAM = ("milestones", HEALTH, "discovery", "flow", "one_goal", "bets")
_TITLES = 3


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place with what is in it.

    ``explains`` says what kind of work it is for and how that is followed. ``share`` is of the items that have a
    place, 0 to 100, and None for the two places of those that have none; ``share_text`` is empty then.
    """

    id: str
    row: Row
    row_name: str
    name: str
    explains: str
    count: int
    share: float | None
    share_text: str
    items: tuple[ItemView, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """A few of the items, for where there is no room for all."""
        return tuple(item.title for item in self.items[:_TITLES])


def place_views(map_: GoalMap, words: Words) -> tuple[PlaceView, ...]:
    """Return every place in the order of the picture, those without items too."""
    placed = sum(count for place, count in map_.counts.items() if place not in {UNDECIDED, NOT_PLACED})
    items: dict[str, list[ItemView]] = {place: [] for place in map_.places}
    for each in map_.items:
        items[each.place].append(item_view(map_.model, each, words))
    return tuple(_place(map_.model, place, tuple(items[place]), placed, words) for place in in_order(map_.model))


def in_order(model: Model) -> tuple[str, ...]:
    """Return the places as the picture has them; approaches that it does not know come last among the teams'."""
    known = [place for place in _TEAM if place in model.approaches_by_id]
    others = [id_ for id_ in model.approaches_by_id if id_ not in {OKR, *_TEAM}]
    return KPIS, OKR, *known, *others, UNDECIDED, NOT_PLACED


def row_of(place: str) -> Row:
    """Return the row of the picture that a place is in."""
    rows: dict[str, Row] = {KPIS: "company", OKR: "both", UNDECIDED: "none", NOT_PLACED: "none"}
    return rows.get(place, "team")


def _place(model: Model, place: str, items: tuple[ItemView, ...], placed: int, words: Words) -> PlaceView:
    row = row_of(place)
    share = None if row == "none" else 100 * len(items) / max(placed, 1)
    return PlaceView(
        id=place,
        row=row,
        row_name=words(f"goal_map.row.{row}"),
        name=place_name(model, words, place),
        explains=_explains(model, words, place),
        count=len(items),
        share=share,
        share_text="" if share is None else share_text(share, words),
        items=items,
    )


def share_text(share: float, words: Words) -> str:
    """Return a share of 0 to 100 in whole per cent; what is some of it is never called none, or all."""
    if 0 < share < 1:
        return words("goal_map.share_small")
    return words("goal_map.share", share=min(round(share), 99) if share < 100 else 100)


def _explains(model: Model, words: Words, place: str) -> str:
    if f"goal_map.place.{place}.explains" in words.entries:
        return words(f"goal_map.place.{place}.explains")
    return model.approaches_by_id[place].summary
