"""One fixed colour for each approach, the same in every picture; tells apart with colour blindness too."""

from __future__ import annotations

COLOURS = {
    "okr": "#0072B2",
    "health_metrics": "#009E73",
    "milestones": "#E69F00",
    "discovery": "#CC79A7",
    "flow": "#56B4E9",
    "one_goal": "#D55E00",
    "bets": "#7F7F7F",
}
OTHER = "#999999"
"""For an approach of somebody else's model."""


def colour(approach: str) -> str:
    """Return the colour for marks of this approach; too light for small text."""
    return COLOURS.get(approach, OTHER)
