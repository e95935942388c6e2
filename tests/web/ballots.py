"""How tests send votes."""

from __future__ import annotations

import json

from tests.web.asgi import Answer, Page
from tests.web.people import Held

ONE = {"work_kind": "deliver"}

WHY = {"work_kind": "It was sold.\nLast year."}


def kept(held: Held, seat: int = 1) -> dict[str, tuple[str, str]]:
    """Choice and reason of the latest round, by question."""
    votes = held.site.store.own_votes(held.facilitator.room_id, seat)
    return {vote.question: (vote.choice, vote.reason) for vote in votes}


def typed(answer: Answer) -> dict[str, str]:
    """What the page holds of what was typed: ticked choices and the reasons in its fields."""
    page = Page(answer.text)
    found = {e["name"]: e["value"] for e in page.all("input") if "checked" in e}
    for part in answer.text.split("<textarea ")[1:]:
        name = part.partition('name="')[2].partition('"')[0]
        found[name] = part.partition(">\n")[2].partition("</textarea>")[0]
    return {name: value for name, value in found.items() if value}


def said(answer: Answer) -> str:
    assert answer.headers["content-type"] == "application/json"
    problem: str = json.loads(answer.body)["problem"]
    return problem
