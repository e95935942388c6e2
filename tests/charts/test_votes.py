"""The pictures of votes show the numbers of their views, and mark what counts by text and shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt
import pytest
import vl_convert

from okr_assistant.charts.palette import COLOURS
from okr_assistant.charts.votes import outcomes_chart, votes_chart
from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.picture import OutcomeBar
from okr_assistant.views.workshop.reveal import RevealedQuestion
from okr_assistant.words import Words
from tests.views.workshop.test_reveal import question, twelve, view_of

VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


@pytest.fixture
def asked(model: Model, words: Words) -> RevealedQuestion:
    found = twelve(model, agreed={"work_kind": "sustain"})
    return question(view_of(model, found, words), "work_kind")


def rows(chart: alt.LayerChart, column: str) -> list[dict[str, Any]]:
    """The data set that has this column."""
    (found,) = (data for data in chart.to_dict()["datasets"].values() if column in data[0])
    return list(found)


def drawn(chart: alt.LayerChart) -> str:
    return vl_convert.vegalite_to_svg(chart.properties(width=500).to_dict(), vl_version=VERSION)


def test_every_bar_is_as_long_as_its_number_and_says_it(asked: RevealedQuestion, words: Words) -> None:
    data = rows(votes_chart(asked, words, ink="#000"), "people")
    assert [row["people"] for row in data] == [7, 0, 4, 0, 0, 0, 1]
    assert [row["label"] for row in data] == ["7", "0", "4", "0", "0", "0", "1"]
    assert [row["standing"] for row in data] == ["most common answer", "", "the group's answer", "", "", "", ""]


def test_what_counts_has_a_shape_of_its_own(asked: RevealedQuestion, words: Words) -> None:
    """Not by colour: everything is in the colour of text."""
    chart = votes_chart(asked, words, ink="#123456")
    shapes = {
        layer["transform"][0]["filter"]: layer["mark"]["shape"]
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "point"
    }
    assert shapes == {"datum.proposal": "diamond", "datum.agreed": "square"}
    data = rows(chart, "people")
    assert [row["name"] for row in data if row["proposal"]] == ["Change how something performs"]
    assert [row["name"] for row in data if row["agreed"]] == ["Keep something running as it is"]
    assert {layer["mark"]["color"] for layer in chart.to_dict()["layer"]} == {"#123456"}


def test_each_outcome_has_the_colours_of_its_approaches(words: Words) -> None:
    outcomes = (
        OutcomeBar(("okr",), "OKRs", 7, 100),
        OutcomeBar(("okr", "bets"), "A tie of OKRs and bets", 3, 300 / 7),
    )
    chart = outcomes_chart(outcomes, words, ink="#000")
    assert [(row["name"], row["label"]) for row in rows(chart, "people")] == [
        ("OKRs", "7"), ("A tie of OKRs and bets", "3"),
    ]  # fmt: skip
    assert [(row["from"], row["to"], row["colour"]) for row in rows(chart, "colour")] == [
        (0, 7, COLOURS["okr"]), (0, 1.5, COLOURS["okr"]), (1.5, 3, COLOURS["bets"]),
    ]  # fmt: skip


def test_on_the_screen_letters_are_larger(asked: RevealedQuestion, words: Words) -> None:
    page, screen = (votes_chart(asked, words, ink="#000", large=large).to_dict() for large in (False, True))

    def sizes(chart: dict[str, Any]) -> list[float]:
        axis = chart["layer"][0]["encoding"]["y"]["axis"]
        return [axis["labelFontSize"], chart["layer"][1]["mark"]["fontSize"], chart["title"]["fontSize"]]

    assert all(
        large >= 22 and large > 1.5 * small for small, large in zip(sizes(page), sizes(screen), strict=True)
    )


def test_on_a_page_a_label_is_above_its_bar_and_has_the_width_of_a_phone(
    asked: RevealedQuestion, words: Words
) -> None:
    """Beside the bars, labels left a phone some thirty pixels for them, and what counts was cut off."""
    chart = votes_chart(asked, words, ink="#000")
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["axis"]["labelAlign"] == "left"
    lines = [line for row in rows(chart, "people") for line in row["name"].split("\n")]
    assert max(map(len, lines)) <= 38
    assert len(lines) > len(asked.bars)


@pytest.mark.parametrize("large", [False, True])
def test_they_are_drawn_in_the_colour_of_text(asked: RevealedQuestion, words: Words, large: bool) -> None:
    """On a dark page as well: no text in a colour of its own."""
    outcomes = (OutcomeBar(("okr",), "OKRs", 7, 100.0),)
    for chart in (
        votes_chart(asked, words, ink="#ABCDEF", large=large),
        outcomes_chart(outcomes, words, ink="#ABCDEF", large=large),
    ):
        svg = drawn(chart)
        assert svg.count("<text") >= 3
        assert all('fill="#ABCDEF"' in text for text in svg.split("<text")[1:])


@pytest.mark.robustness(39)
def test_labels_are_text_and_never_expressions(asked: RevealedQuestion, words: Words) -> None:
    """Robustness 39: labels with signs that mean something to Vega are drawn as they are."""
    odd = ["a:Q", "a.b", "x[0]", 'it\'s "so"', "back\\slash", "datum.people", "<b>bold</b>"]
    bars = tuple(replace(bar, label=label) for bar, label in zip(asked.bars, odd, strict=True))
    chart = votes_chart(replace(asked, bars=bars), words, ink="#000")
    assert [row["name"] for row in rows(chart, "people")] == odd
    svg = drawn(chart)
    for seen in ("a:Q", "a.b", "x[0]", "it's", "back\\slash", "datum.people", "&lt;b&gt;bold&lt;/b&gt;"):
        assert f">{seen}" in svg


def test_a_question_without_votes_is_drawn_too(asked: RevealedQuestion, words: Words) -> None:
    bars = tuple(replace(bar, people=0, share=0.0, standing="") for bar in asked.bars)
    none = replace(asked, bars=bars, proposal=None, agreed=None)
    assert drawn(votes_chart(none, words, ink="#000")).count(">0<") == len(bars)
