"""The ranked approaches as bars."""

from __future__ import annotations

import altair as alt
import pandas as pd

from okr_assistant.charts.palette import EDGE, colour
from okr_assistant.charts.title import title_lines
from okr_assistant.views.result import RankedView
from okr_assistant.words import Words

_ROW = 34


def ranking_chart(ranking: tuple[RankedView, ...], words: Words, *, ink: str, row: int = _ROW) -> alt.LayerChart:
    """Bars of points in ranking order, each with its number; a blocked approach is drawn pale and says so.

    ``ink`` is the colour of text, which differs between a light and a dark page; ``row`` the height of a bar with
    the room around it.
    """
    data = pd.DataFrame(
        {
            "name": [entry.name for entry in ranking],
            "points": [entry.points for entry in ranking],
            "label": [_label(entry) for entry in ranking],
            "colour": [colour(entry.approach) for entry in ranking],
            "opacity": [0.35 if entry.standing == "blocked" else 1.0 for entry in ranking],
        }
    )
    x = alt.X(
        "points:Q",
        title=words("chart.points"),
        axis=alt.Axis(titleColor=ink, grid=False, labels=False, ticks=False, domain=False),
        scale=alt.Scale(domain=_domain(ranking), nice=False),
    )
    y = alt.Y(
        "name:N", sort=None, title=None, axis=alt.Axis(labelLimit=190, labelColor=ink, ticks=False, domain=False)
    )
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(size=row * 18 / _ROW, cornerRadius=2, stroke=ink, strokeWidth=EDGE).encode(
        x=x,
        fill=alt.Fill("colour:N", scale=None),
        fillOpacity=alt.FillOpacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip("name:N", title=words("chart.approach")), alt.Tooltip("label:N", title=" ")],
    )
    above = base.transform_filter("datum.points >= 0").mark_text(align="left", dx=5, color=ink)
    below = base.transform_filter("datum.points < 0").mark_text(align="right", dx=-5, color=ink)
    zero = alt.Chart(pd.DataFrame({"points": [0]})).mark_rule(opacity=0.4, color=ink).encode(x=x)
    labels = [above.encode(x=x, text="label:N"), below.encode(x=x, text="label:N")]
    layers = alt.LayerChart(layer=[bars, *labels, zero])
    return layers.properties(height=row * len(ranking), title=title_lines(words("chart.ranking_title")))


def _domain(ranking: tuple[RankedView, ...]) -> list[float]:
    """From the lowest to the highest number of points, with room on each side for what stands beside the bars."""
    lowest = min((0, *(entry.points for entry in ranking)))
    highest = max((0, *(entry.points for entry in ranking)))
    span = max(highest - lowest, 1)

    def room(beside: list[RankedView]) -> float:
        words = any(entry.standing == "blocked" for entry in beside)
        return span * (0.7 if words else 0.15 if beside else 0)  # for a word, on a phone of 360 pixels

    left = room([entry for entry in ranking if entry.points < 0])
    return [lowest - left, highest + room([entry for entry in ranking if entry.points >= 0])]


def _label(entry: RankedView) -> str:
    """The number; the table beside the picture says the rest, but a bar that does not count has to say so."""
    return f"{entry.points_text} {entry.standing_text}" if entry.standing == "blocked" else entry.points_text
