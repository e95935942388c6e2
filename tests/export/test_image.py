"""The pictures are those of the page, drawn without the machine's fonts and without a network."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.errors import SheetError
from okr_assistant.export import image
from okr_assistant.views.record import RecordView
from okr_assistant.words import Words
from tests.export.samples import SAMPLES, made


@pytest.fixture(params=["good", "blocked", "tie", "nothing"])
def view(request: pytest.FixtureRequest, model: Model, words: Words) -> RecordView:
    return made(model, SAMPLES[request.param], words).view


def texts(svg: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.tag.endswith("}text")]


def test_the_ranking_names_every_approach_and_its_points(view: RecordView, words: Words) -> None:
    drawn = texts(image.ranking_svg(view, words))
    for entry in view.result.ranking:
        assert entry.name in drawn
        assert any(label.split()[0] == entry.points_text for label in drawn if label), entry.name
    assert words("chart.ranking_title") in drawn


def test_the_position_is_drawn_where_it_is_known(view: RecordView, words: Words) -> None:
    if view.result.position.placed:
        assert {words("chart.this_work"), words("chart.vision_axis")} <= set(
            texts(image.position_svg(view, words))
        )
        return
    for draw in (image.position_svg, image.position_png):
        with pytest.raises(SheetError) as caught:
            draw(view, words)
        assert caught.value.problem == "not_placed"


def test_a_png_is_one_of_a_useful_size(view: RecordView, words: Words) -> None:
    png = image.ranking_png(view, words)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert 900 < width < 2000
    assert 400 < height < 1200


def test_it_asks_for_one_font_and_for_nothing_outside(view: RecordView, words: Words) -> None:
    svg = image.ranking_svg(view, words).decode()
    assert set(re.findall(r'font-family="([^",]*)', svg)) == {"Liberation Sans"}
    assert "href" not in svg.replace('xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    assert "<script" not in svg
    assert re.findall(r'https?://[^"]*', svg.partition(">")[2]) == []


def test_drawn_again_it_is_the_same(view: RecordView, words: Words) -> None:
    first = image.ranking_svg(view, words), image.ranking_png(view, words)
    image._svg.cache_clear()
    image.png.cache_clear()
    assert (image.ranking_svg(view, words), image.ranking_png(view, words)) == first
    assert image._svg.cache_info().hits == 1, "the PNG was made from the same SVG"
