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


@dataclass(frozen=True, slots=True)
class AdviceView:
    """One thing to do: a title that says it, why, who says so, and the items it is about."""

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
            title = words.counted(f"goal_map.advice.{kind}.title", len(items))
            yield _view(map_, kind, items, title, words)
    for group in advice.together:
        title = words("goal_map.advice.together.title", count=len(group.items), result=group.result_for)
        yield _view(map_, "together", group.items, title, words)


def _view(map_: GoalMap, kind: Kind, items: Iterable[Placed], title: str, words: Words) -> AdviceView:
    known = [id_ for id_ in _SOURCES[kind] if id_ in map_.model.sources_by_id]
    return AdviceView(
        kind=kind,
        title=title,
        why=words(f"goal_map.advice.{kind}.why"),
        citations=citations(map_.model, known),
        items=tuple(item_view(map_.model, placed, words) for placed in items),
    )
