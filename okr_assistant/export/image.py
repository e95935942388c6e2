"""The charts of the result page as pictures, the same on every machine: nothing is fetched, one font is used."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import altair as alt
import vl_convert

from okr_assistant.charts.position import position_chart
from okr_assistant.charts.ranking import ranking_chart
from okr_assistant.errors import SheetError
from okr_assistant.views.record import RecordView
from okr_assistant.words import Words

INK = "#1a1a1a"
"""The colour of text."""
_WIDTH = 460
_SCALE = 2.0
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first of them comes with vl-convert, which sets and draws with it; the others are for viewers of an SVG."""
_CONFIG = {
    "background": "#ffffff",
    "padding": 16,
    "font": _FONT,
    "view": {"stroke": None},
    "title": {"anchor": "start", "color": INK, "fontSize": 14, "offset": 12},
}
_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_CLIP = re.compile(r'(?<=id="clip)\d+(?=")|(?<=url\(#clip)\d+(?=\))')


def ranking_svg(view: RecordView, words: Words) -> bytes:
    """Return the ranking as bars."""
    return svg(_ranking(view, words))


def ranking_png(view: RecordView, words: Words) -> bytes:
    """Return the ranking as bars."""
    return png(_ranking(view, words))


def position_svg(view: RecordView, words: Words) -> bytes:
    """Return where the work lies; ``SheetError`` while that is not known."""
    return svg(_position(view, words))


def position_png(view: RecordView, words: Words) -> bytes:
    """Return where the work lies; ``SheetError`` while that is not known."""
    return png(_position(view, words))


def _ranking(view: RecordView, words: Words) -> str:
    return spec(ranking_chart(view.result.ranking, words, ink=INK), words("chart.ranking_title"))


def _position(view: RecordView, words: Words) -> str:
    position = view.result.position
    if not position.placed:
        raise SheetError(
            "not_placed", place="answers", allowed="an answer about the vision and one about the outcome"
        )
    return spec(position_chart(position, words, ink=INK), position.described)


def spec(chart: alt.LayerChart | alt.Chart, described: str, width: int = _WIDTH) -> str:
    """Return what is drawn, as text; ``described`` is for those who cannot see it."""
    return json.dumps(chart.properties(width=width, description=described).to_dict(), sort_keys=True)


def svg(drawn: str) -> bytes:
    """Return a chart as the bytes of an SVG file; the same chart gives the same bytes."""
    return _svg(drawn).encode()


@lru_cache(maxsize=64)
def png(drawn: str) -> bytes:
    """Likewise as a PNG file."""
    return vl_convert.svg_to_png(_svg(drawn), scale=_SCALE)


@lru_cache(maxsize=64)
def _svg(drawn: str) -> str:
    made = vl_convert.vegalite_to_svg(drawn, vl_version=_VERSION, config=_CONFIG, allowed_base_urls=[])
    # clip paths are counted for as long as the process lives; the same picture shall be the same bytes
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found.group(), str(len(numbers))), made)
