"""The goal map as a picture: a tile for each place, in rows by who follows what is there.

The rows retell the picture of Stein-Otto Svorstøl, "OKRs are not a silver bullet for tracking work" (2022). All
tiles are of one size, so that each can be read and hit; the bar at the foot of a tile is as long as its share.
Text is in the colour of text, on a tint that leaves it readable; the colour of an approach is in marks only.
"""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from okr_assistant.charts.palette import EDGE, place_colour, place_shape
from okr_assistant.views.portfolio.goal_map import GoalMapView
from okr_assistant.views.portfolio.places import ROWS, PlaceView
from okr_assistant.words import Words

SELECTION = "place"
"""The name of the selection, and of the field in it: the id of the place that somebody chose."""

TINT = 0.16
"""How much of the approach's colour is in a tile."""
QUIET = 0.8
"""How much of the colour of text is in what is less important."""
_ROUND = 4
"""The corners of tiles, and of what lies at their foot, in pixels."""
_GAP = 0.012
"""Between two tiles in a row, of the width."""


class _Look(NamedTuple):
    """Sizes in pixels, how many signs a line of the title has, and how many tiles stand side by side."""

    tile: int
    gap: int
    heading: int
    font: int
    small: int
    number: int
    signs: int
    columns: int


_PAGE = _Look(tile=62, gap=8, heading=26, font=14, small=12, number=22, signs=40, columns=2)
_SLIDE = _Look(tile=76, gap=10, heading=32, font=19, small=15, number=30, signs=82, columns=3)


def goal_map_chart(view: GoalMapView, words: Words, *, ink: str, large: bool = False) -> alt.LayerChart:
    """A tile for each place, in the order of the picture, with its name, count and share.

    ``ink`` is the colour of text, which differs between a light and a dark page. ``large`` is for a slide; then
    the headline of the map is in the picture, and how firm that is. A click on a tile sets the selection named
    ``SELECTION``.
    """
    look = _SLIDE if large else _PAGE
    tiles, headings, height = _laid_out(view, look)
    chosen = alt.selection_point(name=SELECTION, fields=["place"], on="click", clear="dblclick")
    layers = [
        _tiles(tiles, chosen, ink, words),
        *_marks(tiles, ink, look),
        *_texts(tiles, ink, look),
        _headings(headings, ink, look),
    ]
    title = textwrap.wrap(view.headline, look.signs) if large else [words("goal_map.chart.title")]
    standing = textwrap.wrap(view.standing, look.signs * look.font // look.small) if large else []
    return alt.LayerChart(layer=layers).properties(
        height=height,
        description=view.described,
        title=alt.TitleParams(
            title,
            fontSize=look.font + 1,
            color=ink,
            anchor="start",
            offset=look.gap,
            subtitle=standing,
            subtitleFontSize=look.small,
            subtitleColor=ink,
            subtitlePadding=look.gap,
        ),
    )


def _laid_out(view: GoalMapView, look: _Look) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Where everything stands: x from 0 to 1, y in pixels from the top; at most two tiles side by side."""
    tiles: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
    top = 0
    for row in ROWS:
        places = [place for place in view.places if place.row == row]
        headings.append({"text": places[0].row_name, "x": 0, "y": top + look.heading - look.gap})
        top += look.heading
        columns = look.columns if row == "team" else len(places)
        for first in range(0, len(places), columns):
            beside = places[first : first + columns]
            tiles += [_tile(place, at, columns, top, look) for at, place in enumerate(beside)]
            top += look.tile + look.gap
    return pd.DataFrame(tiles), pd.DataFrame(headings), top


def _tile(place: PlaceView, at: int, columns: int, top: int, look: _Look) -> dict[str, Any]:
    width = (1 - _GAP * (columns - 1)) / columns
    left = at * (width + _GAP)
    return {
        "place": place.id,
        "name": place.name,
        "count": place.count,
        "share": place.share_text,
        "examples": " · ".join(place.titles),
        "explains": place.explains,
        "colour": place_colour(place.id),
        "shape": place_shape(place.id),
        "left": left,
        "right": left + width,
        "top": top,
        "foot": top + look.tile,
        "first_line": top + look.tile * 0.34,
        "second_line": top + look.tile * 0.68,
        "count_line": top + look.tile * (0.5 if columns == 1 else 0.64),
        "bar": top + look.tile - 5,
        "bar_to": left + width * (place.share or 0) / 100,
    }


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _y(field: str) -> alt.Y:
    """From the top; where the picture ends is said by its height, which the data reach."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(reverse=True, nice=False, zero=True))


def _tiles(tiles: pd.DataFrame, chosen: alt.Parameter, ink: str, words: Words) -> alt.Chart:
    said = {"name": "place", "count": "count", "share": "share", "explains": "explains", "examples": "examples"}
    drawn: alt.Chart = (
        alt.Chart(tiles)
        .mark_rect(cornerRadius=_ROUND, cursor="pointer", stroke=ink, fillOpacity=TINT)
        .encode(
            x=_x("left"),
            x2="right:Q",
            y=_y("top"),
            y2="foot:Q",
            fill=alt.Fill("colour:N", scale=None, legend=None),
            strokeWidth=alt.condition(chosen, alt.value(2), alt.value(0), empty=False),
            tooltip=[
                alt.Tooltip(f"{field}:N", title=words(f"goal_map.chart.{key}")) for field, key in said.items()
            ],
        )
        .add_params(chosen)
    )
    return drawn


def _marks(tiles: pd.DataFrame, ink: str, look: _Look) -> list[alt.Chart]:
    """Colour and shape of the place, as in the plot; and along the foot of its tile, how large its share is."""
    base = alt.Chart(tiles).encode(fill=alt.Fill("colour:N", scale=None, legend=None))
    bar = base.transform_filter("datum.bar_to > datum.left").mark_rect(
        stroke=ink, strokeWidth=EDGE, cornerRadiusBottomLeft=_ROUND, cornerRadiusBottomRight=_ROUND
    )
    mark = base.mark_point(
        filled=True, opacity=1, stroke=ink, strokeWidth=EDGE, size=0.6 * look.font**2, xOffset=look.font + 2
    )
    return [
        bar.encode(x=_x("left"), x2="bar_to:Q", y=_y("bar"), y2="foot:Q"),
        mark.encode(x=_x("left"), y=_y("first_line"), shape=alt.Shape("shape:N", scale=None, legend=None)),
    ]


def _texts(tiles: pd.DataFrame, ink: str, look: _Look) -> list[alt.Chart]:
    base = alt.Chart(tiles)
    dx = 2 * look.font
    room = alt.expr(f"width / {look.columns} - {3 * look.font}")  # a name of somebody's model may be long
    name = base.mark_text(align="left", dx=dx, fontSize=look.font, fontWeight="bold", color=ink, limit=room)
    share = base.mark_text(align="left", dx=dx, fontSize=look.small, color=ink, opacity=QUIET)
    count = base.mark_text(align="right", dx=-look.font, fontSize=look.number, fontWeight="bold", color=ink)
    return [
        name.encode(x=_x("left"), y=_y("first_line"), text="name:N"),
        share.encode(x=_x("left"), y=_y("second_line"), text="share:N"),
        count.encode(x=_x("right"), y=_y("count_line"), text=alt.Text("count:Q", format=",")),
    ]


def _headings(headings: pd.DataFrame, ink: str, look: _Look) -> alt.Chart:
    base = alt.Chart(headings).mark_text(
        align="left", baseline="bottom", fontSize=look.small, color=ink, opacity=QUIET
    )
    drawn: alt.Chart = base.encode(x=_x("x"), y=_y("y"), text="text:N")
    return drawn
