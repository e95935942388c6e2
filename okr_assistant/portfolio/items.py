"""Work items: the pieces of work in a portfolio, each with the answers that are known of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, TypeAlias

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import check_sheet
from okr_assistant.errors import PortfolioError
from okr_assistant.free_text import clean_title

Level: TypeAlias = Literal["company", "team"]
"""Who follows the work: the whole company, or one team."""
LEVELS: tuple[Level, ...] = ("company", "team")

MOST_ITEMS = 20_000


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One piece of work.

    ``id`` is what a tracker calls it, or a number of ours; it tells items apart and finds them again in another
    quarter. ``result_for`` names the result that it is meant to bring about, in the words of whoever wrote it:
    items that name the same one belong together. ``today`` is the approach by which it is followed now, empty when
    nobody said. ``out_of_range`` says that a health metric has left its comfortable range.
    """

    id: str
    title: str
    answers: Mapping[str, str] = field(default_factory=dict)
    level: Level = "team"
    team: str = ""
    result_for: str = ""
    today: str = ""
    out_of_range: bool = False


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Work items in the order of whoever wrote them, on one model version."""

    name: str
    model: str
    items: tuple[WorkItem, ...] = ()


def free_ids(taken: Container[str]) -> Iterator[str]:
    """Yield ids for new items: numbers that no item has."""
    return (id_ for number in count(1) if (id_ := str(number)) not in taken)


def check_item(model: Model, item: WorkItem, place: str) -> None:
    """Refuse an item that does not fit the model or has text that cannot be kept; ``place`` says where it is."""
    for name in ("id", "title", "team", "result_for"):
        text = getattr(item, name)
        if clean_title(text, f"{place}: {name}") != text:
            raise PortfolioError("not_clean", place=f"{place}: {name}", found=text)
    if not item.id:
        raise PortfolioError("missing_key", place=f"{place}: id")
    if not item.title:
        raise PortfolioError("untitled", place=f"{place}: title")
    if item.level not in LEVELS:
        raise PortfolioError("unknown_option", place=f"{place}: level", found=item.level, allowed=LEVELS)
    if item.today and item.today not in model.approaches_by_id:
        raise PortfolioError(
            "unknown_option", place=f"{place}: today", found=item.today, allowed=model.approaches_by_id
        )
    check_sheet(model, item.answers, place)


def check_portfolio(model: Model, portfolio: Portfolio, place: str = "portfolio") -> None:
    """Refuse a portfolio that is too large, has an id twice, or an item that ``check_item`` refuses."""
    if len(portfolio.items) > MOST_ITEMS:
        raise PortfolioError(
            "too_many_items", place=place, found=f"{len(portfolio.items)}", allowed=f"{MOST_ITEMS}"
        )
    if clean_title(portfolio.name, f"{place}: name") != portfolio.name:
        raise PortfolioError("not_clean", place=f"{place}: name", found=portfolio.name)
    seen: set[str] = set()
    for number, item in enumerate(portfolio.items, start=1):
        at = f"{place}: item {number}"
        check_item(model, item, at)
        if item.id in seen:
            raise PortfolioError("repeated_id", place=f"{at}: id", found=item.id)
        seen.add(item.id)
