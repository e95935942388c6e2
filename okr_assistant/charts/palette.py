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

EDGE = 0.8
"""How wide the edge of a mark is, in pixels; in the colour of text, because some colours are too pale on white."""


def colour(approach: str) -> str:
    """Return the colour for marks of this approach; too light for small text."""
    return COLOURS.get(approach, OTHER)


def place_colour(place: str) -> str:
    """Return the colour of a place on the goal map: KPIs are the health metrics of the whole company."""
    return colour("health_metrics" if place == "kpis" else place)


_SHAPES = {
    "kpis": "M0,-1L.3,-.3L1,-.3L.45,.15L.65,.9L0,.45L-.65,.9L-.45,.15L-1,-.3L-.3,-.3Z",  # a star
    "okr": "circle",
    "health_metrics": "square",
    "milestones": "diamond",
    "discovery": "triangle-up",
    "flow": "triangle-right",
    "one_goal": "cross",
    "bets": "triangle-down",
    "not_placed": "M-1,-.25L1,-.25L1,.25L-1,.25Z",  # a dash
}


def place_shape(place: str) -> str:
    """Return the mark that tells a place apart without colour: an SVG path, or a name that Vega knows."""
    return _SHAPES.get(place, "triangle-left")
