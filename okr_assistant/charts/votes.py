"""What a group chose, and what people's own answers lead to, as bars. Colour never says what text does not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from okr_assistant.charts.palette import EDGE, colour
from okr_assistant.views.workshop.picture import OutcomeBar
from okr_assistant.views.workshop.reveal import RevealedQuestion
from okr_assistant.words import Words


class _Look(NamedTuple):
    """The colour of text, and how large things are drawn: pixels, and signs in a line of a label.

    On a wall labels are beside the bars; on a page above them, where they have room on a phone too.
    """

    ink: str
    row: int = 0
    font: int = 13
    signs: int = 38
    lines: int = 1
    width: int | None = None
    """None is that of the page."""

    @property
    def gap(self) -> float:
        """From one mark before a bar to the next."""
        return 1.2 * self.font

    @property
    def bar(self) -> float:
        """How thick a bar of votes is."""
        return 0.36 * self.row if self.width else 1.1 * self.font

    @property
    def down(self) -> float:
        """From the middle of a row to that of its bar, which is below its label where that is above."""
        return 0 if self.width else (_LINE * self.lines * self.font + self.bar / 2 + 4) - self.row / 2

    def shape(self, place: int) -> float:
        """From the beginning of a bar, or, on a page, from its end with a number of three figures, to its mark."""
        return -self.gap * place if self.width else self.gap * (place + 1.5)


_LINE = 1.25
"""From one line of a label to the next, to the size of its letters."""
_ON_A_WALL = tuple(
    _Look("", row=5 * font // 2, font=font, signs=31 * 22 // font, width=720) for font in (22, 20, 18, 16)
)
"""From large to small: labels take the same room in all of them."""
_WALL = 420
"""Pixels that the rows of a picture have on a projector of 1280 by 720."""

_SHAPES = {"proposal": "diamond", "agreed": "square"}


def votes_chart(question: RevealedQuestion, words: Words, *, ink: str, large: bool = False) -> alt.LayerChart:
    """Bars of how many chose what, in the order of the choices, with the number at each.

    The median or most frequent option has a diamond at its bar, the agreed one a square; below it is said so.
    ``ink`` is the colour of text, which differs between a light and a dark page; ``large`` can be read from the
    back of a room.
    """
    look = _look(ink, [bar.label for bar in question.bars], large=large)
    marked = {"proposal": question.proposal, "agreed": question.agreed}
    data = pd.DataFrame(
        {
            "name": [_lines(bar.label, look) for bar in question.bars],
            "people": [bar.people for bar in question.bars],
            "label": [str(bar.people) for bar in question.bars],
            "standing": [bar.standing for bar in question.bars],
            **{kind: [bar.choice == choice for bar in question.bars] for kind, choice in marked.items()},
        }
    )
    x = _x("people:Q", data["people"], words, look)
    base = alt.Chart(data).encode(y=_y(look, offset=3 * look.gap))
    bars = base.mark_bar(size=look.bar, yOffset=look.down, cornerRadius=2, color=ink, opacity=0.6).encode(
        x=x,
        tooltip=[
            alt.Tooltip("name:N", title=words("reveal.chart.choice")),
            alt.Tooltip("people:Q", title=words("reveal.chart.people")),
        ],
    )
    layers = [bars, _labels(base, x, look), *_marks(question, base, x, look)]
    return _titled(layers, words("reveal.chart.votes"), len(data), look)


def outcomes_chart(
    outcomes: tuple[OutcomeBar, ...], words: Words, *, ink: str, large: bool = False
) -> alt.LayerChart:
    """Bars of how many people's own answers lead to what, in the colours of the approaches; a tie has all of its.

    There must be at least one outcome. ``ink`` and ``large`` are as for ``votes_chart``.
    """
    look = _look(ink, [bar.label for bar in outcomes], large=large)
    data = pd.DataFrame(
        {
            "name": [_lines(bar.label, look) for bar in outcomes],
            "people": [bar.people for bar in outcomes],
            "label": [str(bar.people) for bar in outcomes],
        }
    )
    y = _y(look, offset=look.gap / 2)
    bars = (
        alt.Chart(_parts(outcomes, look))
        .mark_bar(size=look.row / 2 if look.width else look.bar, yOffset=look.down, stroke=ink, strokeWidth=EDGE)
        .encode(
            x=_x("from:Q", data["people"], words, look),
            x2="to:Q",
            y=y,
            fill=alt.Fill("colour:N", scale=None),
        )
    )
    numbers = _labels(alt.Chart(data).encode(y=y), alt.X("people:Q"), look)
    return _titled([bars, numbers], words("reveal.chart.outcomes"), len(data), look)


def _marks(question: RevealedQuestion, base: alt.Chart, x: alt.X, look: _Look) -> list[alt.Chart]:
    """A shape at the proposal and at what was agreed, with what it is below the bar; nothing where there is none.

    A layer without a mark would be a picture without a text to those who listen.
    """
    found = {"proposal": question.proposal, "agreed": question.agreed}
    shapes = [kind for kind in _SHAPES if found[kind] is not None]
    if not shapes:
        return []
    # On a page they follow the number: the second one only where the first one is.
    second = 2 if look.width or question.agreed == question.proposal else 1
    mark: dict[str, Any] = {"color": look.ink, "yOffset": look.down}
    points = [
        base.transform_filter(f"datum.{kind}")
        .mark_point(
            shape=_SHAPES[kind],
            filled=True,
            opacity=1,
            size=look.font**2,
            xOffset=look.shape(1 if kind == "proposal" else second),
            **mark,
        )
        .encode(x=alt.datum(0) if look.width else x)
        for kind in shapes
    ]
    below = base.transform_filter("datum.standing").mark_text(
        align="left",
        dy=look.bar if look.width else look.bar / 2 + 0.7 * look.font,
        fontSize=0.85 * look.font,
        **mark,
    )
    return [*points, below.encode(x=alt.datum(0), text="standing:N")]


def _parts(outcomes: tuple[OutcomeBar, ...], look: _Look) -> pd.DataFrame:
    """The parts of each bar, one for each of its approaches; where it has none, one without a colour of theirs."""
    return pd.DataFrame(
        [
            {
                "name": _lines(bar.label, look),
                "from": width * place,
                "to": width * (place + 1),
                "colour": colour(id_),
            }
            for bar in outcomes
            for approaches in [bar.approaches or ("",)]
            for width in [bar.people / len(approaches)]
            for place, id_ in enumerate(approaches)
        ]
    )


def _look(ink: str, labels: Sequence[str], *, large: bool) -> _Look:
    """Rows are as high as the longest of the labels needs; on a wall, as large as all of them have room for."""
    looks = [_with_room(look, ink, labels) for look in (_ON_A_WALL if large else (_Look(ink),))]
    return next((look for look in looks if look.row * len(labels) <= _WALL), looks[-1])


def _with_room(look: _Look, ink: str, labels: Iterable[str]) -> _Look:
    lines = max(_lines(label, look).count("\n") for label in labels) + 1
    label = _LINE * look.font * lines
    row = max(look.row, label) if look.width else label + look.bar + 2.2 * look.gap
    return look._replace(ink=ink, row=round(row), lines=lines)


def _lines(label: str, look: _Look) -> str:
    return "\n".join(textwrap.wrap(label, look.signs))


def _x(field: str, people: Iterable[int], words: Words, look: _Look) -> alt.X:
    """A scale with room beside the longest bar for its number, and on a page for its marks."""
    return alt.X(
        field,
        title=words("reveal.chart.people") if look.width is None else None,
        axis=alt.Axis(
            titleColor=look.ink, titleFontSize=look.font, grid=False, labels=False, ticks=False, domain=False
        ),
        scale=alt.Scale(domain=[0, max(1, *people) * (1.12 if look.width else 1.35)], nice=False),
    )


def _y(look: _Look, *, offset: float) -> alt.Y:
    axis: dict[str, Any] = {
        "labelLimit": 0,
        "labelOverlap": False,
        "labelColor": look.ink,
        "labelFontSize": look.font,
        "ticks": False,
        "domain": False,
    }
    if look.width:
        axis |= {"labelExpr": "split(datum.label, '\\n')", "offset": offset}
    else:
        # A label with fewer lines than others stands on its bar, as they do.
        most = "\\n" * look.lines
        above = f"slice('{most}', length(split(datum.label, '\\n')))"
        axis |= {
            "labelExpr": f"split({above} + datum.label, '\\n')",
            "labelAlign": "left",
            "labelBaseline": "top",
            "labelLineHeight": _LINE * look.font,
            "labelOffset": -look.row / 2,
            "labelPadding": 0,
        }
    return alt.Y("name:N", sort=None, title=None, axis=alt.Axis(**axis))


def _labels(base: alt.Chart, x: alt.X, look: _Look) -> alt.Chart:
    mark = base.mark_text(align="left", dx=look.font / 2, yOffset=look.down, fontSize=look.font, color=look.ink)
    labels: alt.Chart = mark.encode(x=x, text="label:N")
    return labels


def _titled(layers: list[Any], title: str, rows: int, look: _Look) -> alt.LayerChart:
    heading = alt.TitleParams(title, fontSize=look.font + 3, color=look.ink, anchor="start")
    chart = alt.LayerChart(layer=layers).properties(height=look.row * rows, title=heading)
    if look.width is not None:
        chart = chart.properties(width=look.width)
    # The rows have this height, whatever title and axis need: only the width is given.
    return chart.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
