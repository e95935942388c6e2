"""The pictures of a goal map show the numbers of their views, can be read in both appearances, and run nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt
import pytest
import vl_convert

from okr_assistant.charts.goal_map import QUIET, SELECTION, TINT, goal_map_chart
from okr_assistant.charts.goal_map_plot import SELECTION as PLOT_SELECTION
from okr_assistant.charts.goal_map_plot import plot_chart
from okr_assistant.charts.on_pages import described_once
from okr_assistant.charts.palette import place_colour, place_shape
from okr_assistant.decision.model import Model
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.views.portfolio.goal_map import GoalMapView, goal_map_view
from okr_assistant.words import Words
from tests.contrast import contrast, mixed
from tests.portfolio.samples import many, portfolio

VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
THEMES = [("#1D2733", "#FFFFFF"), ("#E8EDF2", "#12181F")]
"""Text and page of both appearances, as in ``.streamlit/config.toml``."""
ODD = ["a:Q", "a.b", "x[0]", 'it\'s "so"', "back\\slash", "datum.count", "<b>bold</b>"]


def view_of(portfolio_: Portfolio, model: Model, words: Words) -> GoalMapView:
    map_ = goal_map(model, portfolio_)
    return goal_map_view(map_, advice(map_), words)


@pytest.fixture
def view(model: Model, words: Words) -> GoalMapView:
    return view_of(portfolio(model), model, words)


def rows(chart: alt.LayerChart | alt.Chart, column: str) -> list[dict[str, Any]]:
    (found,) = (data for data in chart.to_dict()["datasets"].values() if column in data[0])
    return list(found)


def drawn(chart: alt.LayerChart | alt.Chart, width: int = 340) -> str:
    return vl_convert.vegalite_to_svg(chart.properties(width=width).to_dict(), vl_version=VERSION)


def test_a_page_draws_it_in_its_own_font_without_a_frame_and_bars_stay_in_their_tiles(
    view: GoalMapView, words: Words
) -> None:
    spec = described_once(goal_map_chart(view, words, ink="#000")).to_dict()
    assert spec["config"]["font"].startswith('"Source Sans"')
    assert spec["config"]["view"]["stroke"] is None
    tile, bar = (layer["mark"] for layer in spec["layer"][:2])
    assert bar["cornerRadiusBottomLeft"] == bar["cornerRadiusBottomRight"] == tile["cornerRadius"]


def test_there_is_a_tile_for_each_place_with_its_name_count_and_share(view: GoalMapView, words: Words) -> None:
    tiles = rows(goal_map_chart(view, words, ink="#000"), "share")
    assert [(tile["place"], tile["name"], tile["count"], tile["share"]) for tile in tiles] == [
        (place.id, place.name, place.count, place.share_text) for place in view.places
    ]
    for tile, place in zip(tiles, view.places, strict=True):
        width = tile["right"] - tile["left"]
        assert tile["bar_to"] - tile["left"] == pytest.approx(width * (place.share or 0) / 100)


@pytest.mark.parametrize("large", [False, True])
def test_no_tile_lies_on_another(view: GoalMapView, words: Words, large: bool) -> None:
    chart = goal_map_chart(view, words, ink="#000", large=large)
    tiles = rows(chart, "share")
    for one in tiles:
        assert 0 <= one["left"] < one["right"] <= 1.0001
        assert one["foot"] <= chart.to_dict()["height"]
        for two in tiles:
            apart = (
                one["right"] < two["left"] or two["right"] < one["left"]
                or one["foot"] < two["top"] or two["foot"] < one["top"]
            )  # fmt: skip
            assert apart or one is two, (one["name"], two["name"])


def test_a_place_has_its_own_colour_and_shape(view: GoalMapView) -> None:
    looks = {(place_colour(place.id), place_shape(place.id)) for place in view.places}
    shapes = {place_shape(place.id) for place in view.places}
    assert len(looks) == len(shapes) == len(view.places), "colour never says it alone"


@pytest.mark.parametrize(("ink", "page"), THEMES)
def test_text_on_a_tile_can_be_read_in_both_appearances(view: GoalMapView, ink: str, page: str) -> None:
    for place in view.places:
        tile = mixed(place_colour(place.id), page, TINT)
        assert contrast(ink, tile) >= 7, place.id
        assert contrast(mixed(ink, tile, QUIET), tile) >= 4.5, place.id


@pytest.mark.parametrize("large", [False, True])
def test_all_text_is_in_the_colour_of_text(view: GoalMapView, words: Words, large: bool) -> None:
    for chart in (
        goal_map_chart(view, words, ink="#ABCDEF", large=large),
        plot_chart(view.plot, words, ink="#ABCDEF", large=large),
    ):
        svg = drawn(chart, 900 if large else 340)
        assert svg.count("<text") > 3
        assert all('fill="#ABCDEF"' in text for text in svg.split("<text")[1:])


def test_a_slide_has_the_headline_in_it(view: GoalMapView, words: Words) -> None:
    slide = drawn(goal_map_chart(view, words, ink="#000", large=True), 920)
    assert "8 have OKRs today that should not." in slide
    assert "3 of 26 places are firm" in slide


def test_both_are_described_and_can_be_chosen_from(view: GoalMapView, words: Words) -> None:
    map_, plot = (
        goal_map_chart(view, words, ink="#000").to_dict(),
        plot_chart(view.plot, words, ink="#000").to_dict(),
    )
    assert (map_["description"], plot["description"]) == (view.described, view.plot.described)
    assert [(param["name"], param["select"]["fields"]) for param in map_["params"]] == [(SELECTION, ["place"])]
    (chosen,) = plot["params"]
    assert chosen["name"] == PLOT_SELECTION
    assert set(chosen["select"]["fields"]) <= set(rows(plot_chart(view.plot, words, ink="#000"), "count")[0])


@pytest.mark.robustness(39)
@pytest.mark.parametrize("large", [False, True])
def test_names_and_titles_are_text_and_never_expressions(view: GoalMapView, words: Words, large: bool) -> None:
    """Robustness 39: signs that mean something to Vega are drawn as they are."""
    places = tuple(replace(place, name=name) for place, name in zip(view.places[:7], ODD, strict=True))
    odd = replace(view, places=(*places, *view.places[7:]))
    svg = drawn(goal_map_chart(odd, words, ink="#000", large=large), 900)
    (point, *_) = view.plot.points
    points = tuple(
        replace(point, place=place.id, place_name=place.name, titles=(place.name,), more="") for place in places
    )
    plot = plot_chart(replace(view.plot, points=points), words, ink="#000", large=large)
    assert sorted(row["titles"] for row in rows(plot, "titles")) == sorted(ODD)
    for seen in ("a:Q", "a.b", "x[0]", "it's", "back\\slash", "datum.count", "&lt;b&gt;bold&lt;/b&gt;"):
        assert f">{seen}" in svg
        assert f">{seen}" in drawn(plot, 900)


def test_where_places_meet_none_hides_another(model: Model, words: Words) -> None:
    points = rows(plot_chart(view_of(many(model, 2_000), model, words).plot, words, ink="#000"), "titles")
    assert len({(point["x"], point["y"]) for point in points}) == len(points)
    for point in points:
        assert abs(point["x"] - point["clarity_step"]) < 5
        assert abs(point["y"] - point["vision_step"]) < 5


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_items_are_drawn_too(count: int, model: Model, words: Words) -> None:
    few = replace(portfolio(model), items=portfolio(model).items[:count])
    view = view_of(few, model, words)
    assert drawn(goal_map_chart(view, words, ink="#000")).count(">0<") >= 8
    assert words("chart.vision_axis") in drawn(plot_chart(view.plot, words, ink="#000"))
