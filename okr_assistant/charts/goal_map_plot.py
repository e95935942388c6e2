"""All work items between vision certainty and outcome clarity: a mark for the items of a place at a position."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from okr_assistant.charts.palette import EDGE, place_colour, place_shape
from okr_assistant.views.portfolio.plot import STEP, PlotPoint, PlotView
from okr_assistant.words import Words

SELECTION = "point"
"""The name of the selection; its fields are ``place``, ``vision_step`` and ``clarity_step`` of a ``PlotPoint``."""

_ASIDE = STEP / 3.2
"""How far from its position a mark is moved where several places meet, so that none hides another."""


class _Look(NamedTuple):
    """Sizes in pixels; of marks the smallest and the largest area."""

    height: int
    font: int
    smallest: int
    largest: int
    columns: int


_PAGE = _Look(height=330, font=12, smallest=42, largest=420, columns=2)
_SLIDE = _Look(height=480, font=16, smallest=130, largest=1_300, columns=5)


def plot_chart(plot: PlotView, words: Words, *, ink: str, large: bool = False) -> alt.Chart:
    """Marks on two axes from 0 to 100: the size says how many items, colour and shape in which place they are.

    ``ink`` and ``large`` are as for ``goal_map_chart``. Without points only the axes are drawn.
    """
    look = _SLIDE if large else _PAGE
    chosen = alt.selection_point(name=SELECTION, fields=["place", "vision_step", "clarity_step"], clear="dblclick")
    title = alt.TitleParams(
        words("goal_map.chart.plot_title"),
        subtitle=words("goal_map.chart.plot_size"),
        fontSize=look.font + 3,
        subtitleFontSize=look.font,
        color=ink,
        subtitleColor=ink,
        anchor="start",
    )
    drawn: alt.Chart = (
        alt.Chart(pd.DataFrame(_rows(plot.points), columns=_COLUMNS))
        .mark_point(filled=True, strokeWidth=EDGE, stroke=ink, cursor="pointer")
        .encode(
            x=_axis("x", words("chart.outcome_axis"), ink, look, alt.X),
            y=_axis("y", words("chart.vision_axis"), ink, look, alt.Y),
            **_marks(plot.points, ink, look),
            opacity=alt.condition(chosen, alt.value(0.9), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("name:N", title=words("goal_map.chart.place")),
                alt.Tooltip("count:Q", title=words("goal_map.chart.count")),
                alt.Tooltip("titles:N", title=words("goal_map.chart.examples")),
            ],
        )
        .add_params(chosen)
        .properties(height=look.height, description=plot.described, title=title)
    )
    return drawn


def _marks(points: tuple[PlotPoint, ...], ink: str, look: _Look) -> dict[str, Any]:
    """Size, colour and shape, with one legend for the last two; only places that are there have an entry."""
    places = dict.fromkeys((point.place, point.place_name) for point in points)
    most = max((point.count for point in points), default=1)
    legend = alt.Legend(
        orient="bottom", columns=look.columns, labelColor=ink, labelFontSize=look.font, title=None, symbolSize=120,
        symbolOpacity=1, labelLimit=200,
    ) if points else None  # an empty legend makes the picture endless  # fmt: skip
    names = [name for _, name in places]
    sizes = alt.Scale(domain=[0, most], range=[look.smallest, look.largest if most > 1 else look.smallest])
    colours = alt.Scale(domain=names, range=[place_colour(place) for place, _ in places])
    shapes = alt.Scale(domain=names, range=[place_shape(place) for place, _ in places])
    return {
        "size": alt.Size("count:Q", scale=sizes, legend=None),
        "color": alt.Color("name:N", scale=colours, legend=legend),
        "shape": alt.Shape("name:N", scale=shapes, legend=legend),
    }


_COLUMNS = ["x", "y", "vision_step", "clarity_step", "place", "name", "count", "titles"]


def _rows(points: tuple[PlotPoint, ...]) -> list[dict[str, Any]]:
    """The largest first, so that smaller marks are drawn above them."""
    at: dict[tuple[int, int], list[PlotPoint]] = {}
    for point in points:
        at.setdefault((point.clarity, point.vision), []).append(point)
    rows = [_row(point, place, len(met)) for met in at.values() for place, point in enumerate(met)]
    return sorted(rows, key=lambda row: -row["count"])


def _row(point: PlotPoint, place: int, met: int) -> dict[str, Any]:
    """Places that meet stand in lines of three around their position, in the order of the picture."""
    columns, lines = min(met, 3), (met + 2) // 3
    right, up = place % 3 - (columns - 1) / 2, (lines - 1) / 2 - place // 3
    return {
        "x": point.clarity + _ASIDE * right,
        "y": point.vision + _ASIDE * up,
        "vision_step": point.vision,
        "clarity_step": point.clarity,
        "place": point.place,
        "name": point.place_name,
        "count": point.count,
        "titles": " · ".join(filter(None, (*point.titles, point.more))),
    }


def _axis(field: str, title: str, ink: str, look: _Look, channel: Any) -> Any:
    axis = alt.Axis(
        values=[0, 50, 100], grid=True, gridDash=[3, 3], labels=False, ticks=False, titleColor=ink,
        titleFontSize=look.font,
    )  # fmt: skip
    return channel(f"{field}:Q", scale=alt.Scale(domain=[-6, 106], nice=False), axis=axis, title=title)
