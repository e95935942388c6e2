"""A portfolio as a JSON file. Every later release opens it; what is not said in it has its usual value."""

from __future__ import annotations

import json
from typing import Any

from okr_assistant.decision.registry import Models
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.items import Portfolio, WorkItem, check_portfolio
from okr_assistant.portfolio.json_values import check_format, entries, table, text, texts

FORMAT = "okr-assistant portfolio 1"
MAX_BYTES = 20 * 2**20
_NEEDED = ("format", "name", "model", "items")
_TEXTS = ("id", "title", "level", "team", "result_for", "today")
_ITEM = (*_TEXTS, "answers", "out_of_range")


def read_portfolio(data: bytes, models: Models, place: str = "portfolio") -> Portfolio:
    """Read a portfolio whose model is here; an ``OkrAssistantError`` names the item and the key."""
    raw = table(read_json(data, place, MAX_BYTES), place, _NEEDED, _NEEDED)
    check_format(raw, FORMAT, place)
    items = tuple(_item(entry, at) for entry, at in entries(raw, "items", place))
    model = models.get(text(raw["model"], f"{place}: model"), f"{place}: model")
    portfolio = Portfolio(text(raw["name"], f"{place}: name"), model.version, items)
    check_portfolio(model, portfolio, place)
    return portfolio


def write_portfolio(portfolio: Portfolio) -> bytes:
    """Return the portfolio as the bytes of a file, one item a line."""
    head = json.dumps({"format": FORMAT, "name": portfolio.name, "model": portfolio.model}, ensure_ascii=False)
    items = ",\n".join(json.dumps(_to_json(item), ensure_ascii=False) for item in portfolio.items)
    return f'{head[:-1]}, "items": [\n{items}\n]}}\n'.encode()


def _item(raw: Any, place: str) -> WorkItem:
    entry = table(raw, place, _ITEM, ("id", "title"))
    said: dict[str, Any] = {key: text(entry[key], f"{place}: {key}") for key in _TEXTS if key in entry}
    if "answers" in entry:
        said["answers"] = texts(entry["answers"], f"{place}: answers")
    if "out_of_range" in entry:
        said["out_of_range"] = entry["out_of_range"]
        if not isinstance(entry["out_of_range"], bool):
            found = entry["out_of_range"]
            raise PortfolioError(
                "wrong_type", place=f"{place}: out_of_range", found=found, allowed="true or false"
            )
    return WorkItem(**said)


def _to_json(item: WorkItem) -> dict[str, Any]:
    usual = WorkItem("", "")
    said = {key: getattr(item, key) for key in _ITEM if getattr(item, key) != getattr(usual, key)}
    return said | ({"answers": dict(item.answers)} if item.answers else {})
