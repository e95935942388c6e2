"""Thirty pieces of work of a company that sells shoes, and any number of made-up ones."""

from __future__ import annotations

import random
from dataclasses import replace

from okr_assistant.decision.model import Model
from okr_assistant.portfolio.items import LEVELS, Portfolio, WorkItem
from tests.conftest import random_sheets

CHANGE = {
    "work_kind": "change", "product_stage": "growing", "stakeholder_involvement": "together",
    "vision_stability": "steady", "people_to_align": "many_teams", "outcome_clarity": "number",
    "measurability": "baseline",
}  # fmt: skip
DELIVER = {"work_kind": "deliver", "outcome_clarity": "only_output", "product_stage": "established"}
SUSTAIN = {"work_kind": "sustain", "product_stage": "established", "vision_stability": "steady"}
LEARN = {"work_kind": "learn", "product_stage": "idea", "outcome_clarity": "unknown", "known_lever": "unknown"}
IMPROVE = {"work_kind": "improve", "reactive_load": "most", "product_stage": "established"}
SMALL = {"people_to_align": "one_team", "product_stage": "searching", "stakeholder_involvement": "absent"}
BET = {
    "measurability": "judgement",
    "known_lever": "entangled",
    "outcome_clarity": "debated",
    "commitment": "nothing",
}

_WORK: list[tuple[str, str, dict[str, str], str]] = [
    ("Checkout abandoned less often", "Web", CHANGE, "okr"),
    ("More second orders within 90 days", "Growth", CHANGE, "milestones"),
    ("Returns cost less per order", "Logistics", CHANGE, "okr"),
    ("Newsletter readers who buy", "Growth", CHANGE, "okr"),
    ("Size advice people trust", "Web", CHANGE, ""),
    ("Export that the largest customer ordered", "Web", DELIVER, "okr"),
    ("Replace the legacy database", "Platform", DELIVER, "okr"),
    ("Accessibility law, by June", "Web", DELIVER, "milestones"),
    ("Warehouse scanner roll-out", "Logistics", DELIVER, "okr"),
    ("New office in Porto", "People", DELIVER, ""),
    ("Payroll", "Finance", SUSTAIN, "okr"),
    ("Crash rate of the app", "Mobile", SUSTAIN, "health_metrics"),
    ("Uptime of the shop", "Platform", SUSTAIN, "okr"),
    ("Team happiness", "People", SUSTAIN, "okr"),
    ("Answer time of support", "Support", SUSTAIN, "health_metrics"),
    ("Revenue", "", SUSTAIN, "health_metrics"),
    ("Operating margin", "", SUSTAIN, ""),
    ("Would anyone rent shoes?", "Growth", LEARN, "okr"),
    ("Do fitting videos help?", "Mobile", LEARN, ""),
    ("Which second market?", "Growth", LEARN, "discovery"),
    ("Support tickets and small fixes", "Support", IMPROVE, "okr"),
    ("Polish of the app", "Mobile", IMPROVE, "flow"),
    ("Requests from the warehouse", "Platform", IMPROVE, ""),
    ("Five people and a prototype", "Lab", SMALL, "okr"),
    ("A look that feels like us", "Brand", BET, ""),
    ("Voice ordering", "Lab", BET, "bets"),
    ("Platform, support and a new search at once", "Platform", {"work_kind": "mixed"}, "okr"),
    ("Loyalty programme", "Growth", {}, "okr"),
    ("Partner portal", "Web", {}, ""),
    ("Something with machine learning", "", {}, ""),
]


def portfolio(model: Model) -> Portfolio:
    """The thirty: each place has some, two of them share a result, one metric is out of range."""
    items = [
        WorkItem(f"SHOE-{number}", title, answers, team=team, today=today)
        for number, (title, team, answers, today) in enumerate(_WORK, start=1)
    ]
    items[0], items[2] = (replace(items[at], result_for="Orders people keep") for at in (0, 2))
    items[14] = replace(items[14], out_of_range=True)
    items[15], items[16] = (replace(items[at], level="company") for at in (15, 16))
    return Portfolio("Shoes, first quarter", model.version, tuple(items))


def many(model: Model, count: int, seed: int = 6) -> Portfolio:
    """Made-up items with random answers, the same for the same seed."""
    dice = random.Random(seed)
    today = ("", *model.approaches_by_id)
    items = tuple(
        WorkItem(
            f"I-{number}",
            f"Piece of work number {number}",
            answers,
            level=dice.choice(LEVELS),
            team=f"Team {dice.randrange(40)}",
            result_for=dice.choice(("", "", f"Result {dice.randrange(count)}")),
            today=dice.choice(today),
            out_of_range=dice.random() < 0.1,
        )
        for number, answers in enumerate(random_sheets(model, count, seed), start=1)
    )
    return Portfolio("Many", model.version, items)
