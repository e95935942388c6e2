"""What a goal map advises, each piece with its reason and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from okr_assistant.portfolio.advice import Advice
from okr_assistant.portfolio.goal_map import GoalMap, Placed
from okr_assistant.views.parts import Citation, citations
from okr_assistant.views.portfolio.items import ItemView, item_view
from okr_assistant.words import Words

Kind: TypeAlias = Literal["stop", "begin", "ask", "converted", "split", "together"]

_SOURCES: dict[Kind, tuple[str, ...]] = {
    "stop": ("svorstol-2022", "wodtke-not-everyone"),
    "begin": ("svorstol-2022", "capar-2022"),
    "ask": (),
    "converted": ("perdoo",),
    "split": ("lobkovich", "svorstol-2022"),
    "together": ("graham-2026",),
}
_SURE: tuple[Kind, ...] = ("stop", "begin")
"""Advice to change something today; how much of it is certain belongs to it."""


@dataclass(frozen=True, slots=True)
class AdviceView:
    """One thing to do: a title that says it, why and how sure that is, who says so, and the items it is about."""

    kind: Kind
    title: str
    why: str
    citations: tuple[Citation, ...]
    items: tuple[ItemView, ...]


def advice_views(map_: GoalMap, advice: Advice, words: Words) -> tuple[AdviceView, ...]:
    """Return what is advised, what changes most first; nothing for what concerns no item."""
    return tuple(_views(map_, advice, words))


def _views(map_: GoalMap, advice: Advice, words: Words) -> Iterator[AdviceView]:
    found: tuple[tuple[Kind, tuple[Placed, ...]], ...] = (
        ("stop", advice.stop),
        ("begin", advice.begin),
        ("converted", advice.converted),
        ("split", advice.split),
        ("ask", advice.ask),
    )
    for kind, items in found:
        if items:
            yield _view(map_, kind, items, _title(kind, items, words), words)
    for group in advice.together:
        title = words("goal_map.advice.together.title", count=len(group.items), result=group.result_for)
        yield _view(map_, "together", group.items, title, words)


def _title(kind: Kind, items: tuple[Placed, ...], words: Words) -> str:
    """What to do; it begins with "So far" where more answers can change it."""
    so_far = kind in _SURE and _certain(kind, items) < len(items)
    return words.counted(f"goal_map.advice.{kind}.{'so_far' if so_far else 'title'}", len(items))


def _why(kind: Kind, items: tuple[Placed, ...], words: Words) -> str:
    why, certain = words(f"goal_map.advice.{kind}.why"), _certain(kind, items)
    if kind not in _SURE or certain == len(items):
        return why
    some = words.counted("goal_map.advice.certain", certain, of=len(items))
    return f"{why} {some if certain else words('goal_map.advice.uncertain')}"


def _certain(kind: Kind, items: Iterable[Placed]) -> int:
    """How many of these pieces of advice hardly any answer to the open questions can change."""
    return sum(placed.firm or (kind == "stop" and placed.okr_blocked) for placed in items)


def _view(map_: GoalMap, kind: Kind, items: tuple[Placed, ...], title: str, words: Words) -> AdviceView:
    known = [id_ for id_ in _SOURCES[kind] if id_ in map_.model.sources_by_id]
    return AdviceView(
        kind=kind,
        title=title,
        why=_why(kind, items, words),
        citations=citations(map_.model, known),
        items=tuple(item_view(map_.model, placed, words) for placed in items),
    )
