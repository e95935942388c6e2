"""Titles of charts, which Vega would cut off and not wrap on a small screen."""

from __future__ import annotations

import textwrap

_SIGNS = 36
"""What fits on a phone of 360 pixels."""


def title_lines(text: str) -> str | list[str]:
    """Return the title as Altair takes it: one line, or a list of several."""
    lines = textwrap.wrap(text, _SIGNS)
    return text if len(lines) == 1 else lines
