"""The picture that chats and mail programs show of a link: title, verdict and, where they are shared, the bars.

Always 1200 by 630 pixels, on white, and in Liberation Sans, which comes inside vl-convert: the machine's own fonts
do not matter, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
import textwrap
import threading
from functools import lru_cache
from typing import Literal, NamedTuple

import altair as alt
import pandas as pd
import vl_convert

from okr_assistant.charts.ranking import ranking_chart
from okr_assistant.views.result import RankedView
from okr_assistant.views.shared import SharedView
from okr_assistant.words import Words

WIDTH, HEIGHT = 1200, 630

_SCALE = 2  # drawn at half the size, so that text is large enough on a phone
_W, _H = WIDTH // _SCALE, HEIGHT // _SCALE
_EDGE = 28
_INK, _SOFT, _PAPER, _ACCENT = "#1D2733", "#4A5765", "#FFFFFF", "#0F6CA8"
_NAMES, _BARS, _ROW = 168, 350, 22  # room for the names, room for the bars, height of a row
# The verdict gets as large as it fits: size, signs a line, lines.
_SIZES = ((24, 42, 2), (16, 64, 3))
_SIZES_ALONE = ((34, 30, 3), (28, 36, 4), (20, 52, 6))
_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_CONFIG = {
    "background": _PAPER,
    "padding": 0,
    "font": "Liberation Sans",
    "view": {"stroke": None},
    "concat": {"spacing": 0},
}
# What Liberation Sans can draw: Latin, Greek, Cyrillic, and the punctuation that goes with them.
_DRAWABLE = re.compile(
    "[\u0020-\u007e\u00a0-\u024f\u0386-\u03ce\u0400-\u045f\u0490-\u0491\u2010-\u2026\u20ac\u2212]*"
)
_LOCK = threading.Lock()


class _Text(NamedTuple):
    """A line of text, and how it looks."""

    text: str
    size: int
    weight: Literal["bold", "normal"]
    ink: str

    @property
    def height(self) -> float:
        return self.size * (1.32 if self.weight == "bold" else 1.45)


class _Drawn(NamedTuple):
    """All that a picture shows; equal ones have one picture."""

    title: str
    sentence: str
    summary: str
    margin: str
    ranking: tuple[RankedView, ...]


def card_png(view: SharedView, words: Words) -> bytes:
    """Return the picture of what is shared, and of nothing else."""
    return _png(_drawn(view), words)


def _drawn(view: SharedView) -> _Drawn:
    ranking = view.detail.result.ranking if view.detail else ()
    return _Drawn(
        title=view.title if _DRAWABLE.fullmatch(view.title) else "",
        sentence=view.sentence,
        summary=view.advice[0].summary if not ranking and len(view.advice) == 1 else "",
        margin=view.margin,
        ranking=ranking,
    )


@lru_cache(maxsize=256)
def _png(drawn: _Drawn, words: Words) -> bytes:
    with _LOCK:  # one at a time, or each takes the whole machine
        spec = json.dumps(_spec(drawn, words), sort_keys=True)
        return vl_convert.vegalite_to_png(
            spec, vl_version=_VERSION, scale=_SCALE, config=_CONFIG, allowed_base_urls=[]
        )


def _spec(drawn: _Drawn, words: Words) -> dict[str, object]:
    ranking = drawn.ranking
    lines, size = _fitted(f"{drawn.sentence}.", _SIZES if ranking else _SIZES_ALONE)
    texts = [_Text(drawn.title, 15, "normal", _INK)] if drawn.title else []
    texts += [_Text(line, size, "bold", _INK) for line in lines]
    texts += [_Text(line, 15, "normal", _INK) for line in textwrap.wrap(drawn.summary, 72)]
    if not ranking or len(lines) == 1:
        texts += [_Text(line, 13, "normal", _SOFT) for line in textwrap.wrap(drawn.margin, 82)]
    brand = _Text(words("shared.brand"), 12, "bold", _ACCENT)
    room = _H - _ROW * len(ranking) - (_EDGE if ranking else 0)
    head = _head(brand, texts, room)
    if not ranking:
        return dict(head.to_dict())
    bars = ranking_chart(ranking, words, ink=_INK, row=_ROW).properties(width=_BARS, title="")
    beside = alt.hconcat(_empty(_NAMES + _EDGE, _ROW * len(ranking)), bars, bounds="flush")
    whole = alt.vconcat(head, beside, bounds="flush")
    return dict(whole.configure_axis(labelFontSize=12).configure_axisX(titleOpacity=0).to_dict())


def _head(brand: _Text, texts: list[_Text], height: int) -> alt.LayerChart:
    """The brand, and the texts in the middle of what is left, on paper as large as the whole picture."""
    top = _EDGE + brand.size
    used = sum(text.height for text in texts)
    y = max(top + 4, (top + height - used) / 2)
    layers = [_block(_PAPER, _H), _block(_ACCENT, 6), _written(brand, top)]
    for text in texts:
        layers.append(_written(text, y + text.size))
        y += text.height
    return alt.LayerChart(layer=layers).properties(width=_W, height=height)


def _block(ink: str, height: int) -> alt.Chart:
    """A block of one colour across the top."""
    ends = {"x": alt.value(0), "x2": alt.value(_W), "y": alt.value(0), "y2": alt.value(height)}
    block: alt.Chart = alt.Chart(pd.DataFrame({"of": [0]})).mark_rect(color=ink).encode(**ends)
    return block


def _written(text: _Text, y: float) -> alt.Chart:
    """A line of text; one that is too long ends in "…"."""
    mark = alt.Chart(pd.DataFrame({"text": [text.text]})).mark_text(
        align="left",
        baseline="alphabetic",
        limit=_W - 2 * _EDGE,
        fontSize=text.size,
        fontWeight=text.weight,
        color=text.ink,
    )
    written: alt.Chart = mark.encode(text="text:N", x=alt.value(_EDGE), y=alt.value(y))
    return written


def _empty(width: int, height: int) -> alt.Chart:
    nothing: alt.Chart = alt.Chart(pd.DataFrame({"of": [0]})).mark_point(opacity=0)
    return nothing.properties(width=width, height=height)


def _fitted(text: str, sizes: tuple[tuple[int, int, int], ...]) -> tuple[list[str], int]:
    """Break the text into lines at the largest size at which it fits; the smallest one cuts it short."""
    for size, signs, most in sizes:
        lines = textwrap.wrap(text, signs)
        if len(lines) <= most:
            return lines, size
    size, signs, most = sizes[-1]
    return textwrap.wrap(text, signs, max_lines=most, placeholder=" …"), size
