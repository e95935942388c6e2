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

_INK = "#1a1a1a"
_WIDTH = 460
_SCALE = 2.0
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first of them comes with vl-convert, which sets and draws with it; the others are for viewers of an SVG."""
_CONFIG = {
    "background": "#ffffff",
    "padding": 16,
    "font": _FONT,
    "view": {"stroke": None},
    "title": {"anchor": "start", "color": _INK, "fontSize": 14, "offset": 12},
}
_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_CLIP = re.compile(r'(?<=id="clip)\d+(?=")|(?<=url\(#clip)\d+(?=\))')


def ranking_svg(view: RecordView, words: Words) -> bytes:
    """Return the ranking as bars."""
    return _svg(_ranking(view, words)).encode()


def ranking_png(view: RecordView, words: Words) -> bytes:
    """Return the ranking as bars."""
    return _png(_ranking(view, words))


def position_svg(view: RecordView, words: Words) -> bytes:
    """Return where the work lies; ``SheetError`` while that is not known."""
    return _svg(_position(view, words)).encode()


def position_png(view: RecordView, words: Words) -> bytes:
    """Return where the work lies; ``SheetError`` while that is not known."""
    return _png(_position(view, words))


def _ranking(view: RecordView, words: Words) -> str:
    return _spec(ranking_chart(view.result.ranking, words, ink=_INK), words("chart.ranking_title"))


def _position(view: RecordView, words: Words) -> str:
    position = view.result.position
    if not position.placed:
        raise SheetError(
            "not_placed", place="answers", allowed="an answer about the vision and one about the outcome"
        )
    return _spec(position_chart(position, words, ink=_INK), position.described)


def _spec(chart: alt.LayerChart, described: str) -> str:
    spec = chart.properties(width=_WIDTH, description=described).to_dict()
    return json.dumps(spec, sort_keys=True)


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    svg = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, config=_CONFIG, allowed_base_urls=[])
    # clip paths are counted for as long as the process lives; the same picture shall be the same bytes
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found.group(), str(len(numbers))), svg)


@lru_cache(maxsize=64)
def _png(spec: str) -> bytes:
    return vl_convert.svg_to_png(_svg(spec), scale=_SCALE)
