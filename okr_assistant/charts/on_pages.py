"""What a page needs of a picture besides the picture."""

from __future__ import annotations

from typing import Any

import altair as alt

SILENT: dict[str, Any] = {"aria": False, "mark": {"aria": False}}
"""Vega's settings for a picture of which screen readers read the title and the description, and no more."""

_FONT = '"Source Sans", sans-serif'
"""That of Streamlit's pages; a picture drawn without its theme would have another, and a frame around it."""

FIT_WIDTH = alt.AutoSizeParams(type="fit-x", contains="padding")
"""Rows have the height that was given, whatever title and axis need: a page gives only the width."""


def described_once(chart: alt.Chart | alt.LayerChart) -> Any:
    """Return the chart for a page that says in a sentence what it shows, and has its numbers in a table.

    Screen readers read out the data behind every mark otherwise, places in pixels and codes of colours too.
    """
    return chart.configure(**SILENT, font=_FONT, view=alt.ViewConfig(stroke=None))
