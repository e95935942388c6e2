"""The pictures of a goal map, large enough for a slide."""

from __future__ import annotations

from okr_assistant.charts.goal_map import goal_map_chart
from okr_assistant.charts.goal_map_plot import plot_chart
from okr_assistant.export.image import INK, png, spec, svg
from okr_assistant.views.portfolio.goal_map import GoalMapView
from okr_assistant.words import Words

_WIDTH = 920


def map_svg(view: GoalMapView, words: Words) -> bytes:
    """Return the places as tiles."""
    return svg(_map(view, words))


def map_png(view: GoalMapView, words: Words) -> bytes:
    """Return the places as tiles."""
    return png(_map(view, words))


def plot_svg(view: GoalMapView, words: Words) -> bytes:
    """Return the items between vision and outcome."""
    return svg(_plot(view, words))


def plot_png(view: GoalMapView, words: Words) -> bytes:
    """Return the items between vision and outcome."""
    return png(_plot(view, words))


def _map(view: GoalMapView, words: Words) -> str:
    return spec(goal_map_chart(view, words, ink=INK, large=True), view.described, _WIDTH)


def _plot(view: GoalMapView, words: Words) -> str:
    return spec(plot_chart(view.plot, words, ink=INK, large=True), view.plot.described, _WIDTH)
