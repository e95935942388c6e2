"""Where the work lies: vision certainty against outcome clarity, stakeholders as the size of the circle."""

from __future__ import annotations

import altair as alt
import pandas as pd

from okr_assistant.charts.title import title_lines
from okr_assistant.views.position import PositionView
from okr_assistant.words import Words


def position_chart(position: PositionView, words: Words, *, ink: str) -> alt.LayerChart:
    """One circle on two axes from 0 to 100; only for a position that is ``placed``.

    ``ink`` is the colour of text, which differs between a light and a dark page.
    """
    stakeholders = position.axis("stakeholders").value
    data = pd.DataFrame(
        {
            "outcome": [position.axis("outcome").value],
            "vision": [position.axis("vision").value],
            "size": [300 if stakeholders is None else 200 + 14 * stakeholders],
        }
    )
    scale = alt.Scale(domain=[0, 100])
    ends = alt.Axis(values=[0, 50, 100], grid=True, gridDash=[3, 3], labels=False, ticks=False, titleColor=ink)
    x = alt.X("outcome:Q", scale=scale, axis=ends, title=title_lines(words("chart.outcome_axis")))
    y = alt.Y("vision:Q", scale=scale, axis=ends, title=title_lines(words("chart.vision_axis")))
    circle = (
        alt.Chart(data)
        .mark_circle(color=ink, opacity=0.75)
        .encode(x=x, y=y, size=alt.Size("size:Q", scale=None, legend=None))
    )
    label = (
        alt.Chart(data)
        .mark_text(dy=-28, fontWeight="bold", color=ink)
        .encode(x=x, y=y, text=alt.value(words("chart.this_work")))
    )
    layers = alt.LayerChart(layer=[circle, label])
    return layers.properties(height=300, title=title_lines(words("chart.position_title")))
