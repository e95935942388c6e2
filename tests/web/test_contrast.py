"""The contrast of every pair of colours that says something, worked out from where the colours are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from okr_assistant.charts import card
from okr_assistant.charts.goal_map import goal_map_chart
from okr_assistant.charts.goal_map_plot import plot_chart
from okr_assistant.charts.palette import COLOURS, OTHER
from okr_assistant.charts.ranking import ranking_chart
from okr_assistant.charts.votes import outcomes_chart
from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import RECORD_TEMPLATE, STREAMLIT_CONFIG, STYLE, TEMPLATES
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.views.portfolio.goal_map import goal_map_view
from okr_assistant.views.result import result_view
from okr_assistant.words import Words
from tests.contrast import MARK, TEXT, contrast, mixed
from tests.portfolio.samples import portfolio
from tests.views.workshop.test_reveal import twelve, view_of
from tests.web.site import ANSWERS

APPEARANCES = ("light", "dark")
WHITE = "#fff"
READABLE = re.compile(
    r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b|\b(?:inherit|none|transparent|currentcolor|solid|\d+px)\b|!important"
    r"|color-mix\(in srgb, currentcolor \d+%, transparent\)"
)
"""All that may be in a colour of the style sheet or beside it; the test of small print reads what is mixed."""
BUTTON_STATES = 2
"""A main button, and one that is pointed at."""


@dataclass(frozen=True)
class Appearance:
    """The colours of pages, as they are written for one of the two."""

    ink: str
    page: str
    field: str
    link: str
    main: str
    edge: str


def of_streamlit(appearance: str) -> Appearance:
    theme = tomllib.loads(STREAMLIT_CONFIG.read_text(encoding="utf-8"))["theme"][appearance]
    names = (
        "textColor",
        "backgroundColor",
        "secondaryBackgroundColor",
        "linkColor",
        "primaryColor",
        "borderColor",
    )
    return Appearance(*(theme[name] for name in names))


def style() -> str:
    return STYLE.read_text(encoding="utf-8")


def plain_style() -> str:
    return (TEMPLATES / "plain.css").read_text(encoding="utf-8")


def of_plain_pages(appearance: str) -> dict[str, str]:
    """The variables of the style sheet; the dark ones stand in its place where they differ."""
    light, dark = re.findall(r":root\{([^}]*--ink[^}]*)\}", plain_style())[:2]
    given = light if appearance == "light" else f"{light};{dark}"
    return dict(re.findall(r"--(\w+):(#\w+)", given))


def hex_colours(pattern: str, text: str) -> set[str]:
    return {colour.lower() for colour in re.findall(pattern, text)}


def in_style(properties: str, appearance: str) -> set[str]:
    """The colours that these properties have in one appearance; a colour that cannot be read here is refused."""
    found: set[str] = set()
    for value in re.findall(rf"(?<![\w-])(?:{properties}):\s*([^;}}]+)", style()):
        own = r"\1" if appearance == "light" else r"\2"
        value = re.sub(r"light-dark\(\s*([^,()]+),\s*([^,()]+)\)", own, value).lower()
        assert not READABLE.sub("", value).strip(), f"write this colour with #: {value}"
        found |= set(re.findall(r"#\w+", value))
    return found


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_text_and_links_of_app_pages_can_be_read(appearance: str) -> None:
    look = of_streamlit(appearance)
    small_print = re.search(r"color-mix\(in srgb, currentcolor (\d+)%", style())
    assert small_print
    for page in (look.page, look.field):
        assert contrast(look.ink, page) >= TEXT
        assert contrast(look.link, page) >= TEXT
        assert contrast(mixed(look.ink, page, int(small_print[1]) / 100), page) >= TEXT
    assert in_style("color", appearance) == {look.link.lower(), WHITE}, "white stands on main buttons"


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_white_can_be_read_on_every_main_button(appearance: str) -> None:
    look = of_streamlit(appearance)
    buttons = in_style("background|background-color", appearance)
    buttons.remove(look.page.lower())  # of what stays at the edge of a phone
    assert look.main.lower() in buttons, "links that are steps look like Streamlit's buttons"
    assert len(buttons) == BUTTON_STATES
    assert all(contrast(WHITE, button) >= TEXT for button in buttons)


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_fields_options_and_the_place_of_the_keyboard_have_an_edge_that_is_seen(appearance: str) -> None:
    look = of_streamlit(appearance)
    assert min(contrast(look.edge, look.page), contrast(look.edge, look.field)) >= MARK
    assert contrast(look.main, look.page) >= MARK, "the dot of what is chosen"
    edges = in_style(r"(?:border|outline)(?:-[a-z]+)*(?<!-radius)(?<!-offset)", appearance)
    assert {"#d55e00", look.edge.lower()} < edges
    for edge in edges:
        assert contrast(edge, look.page) >= MARK, edge


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_plain_pages_can_be_read(appearance: str) -> None:
    look = of_plain_pages(appearance)
    for page in (look["page"], look["box"]):
        for text in ("ink", "soft", "link", "alarm"):
            assert contrast(look[text], page) >= TEXT, text
        assert contrast("#d55e00", page) >= MARK, "the place of the keyboard"
    assert contrast(WHITE, look["main"]) >= TEXT
    assert re.search(r"input\[type=text\]\{[^}]*border:1px solid var\(--soft\)", plain_style()), "a field's edge"
    assert ".step{border:1px solid var(--soft)" in plain_style(), "a button's edge"
    assert hex_colours(r"outline:[^;]*(#\w+)", plain_style()) == {"#d55e00"}


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield spec
    for inner in spec.get("layer", ()):
        yield from layers(inner)


def in_colours_of_approaches(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers whose colour comes from the data."""
    return [
        layer
        for layer in layers(spec)
        if any("field" in layer.get("encoding", {}).get(channel, {}) for channel in ("fill", "color"))
    ]


def charts(model: Model, words: Words, ink: str) -> dict[str, dict[str, Any]]:
    ranked = result_view(model, assess(model, AnswerSheet(ANSWERS)), words).ranking
    map_ = goal_map(model, portfolio(model))
    shown = goal_map_view(map_, advice(map_), words)
    votes = view_of(model, twelve(model, agreed={"work_kind": "sustain"}), words)
    return {
        "ranking": ranking_chart(ranked, words, ink=ink).to_dict(),
        "votes": outcomes_chart(votes.by_person, words, ink=ink).to_dict(),
        "map": goal_map_chart(shown, words, ink=ink).to_dict(),
        "plot": plot_chart(shown.plot, words, ink=ink).to_dict(),
    }


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_every_mark_in_the_colour_of_an_approach_has_an_edge_that_is_seen(
    model: Model, words: Words, appearance: str
) -> None:
    """The colours are fixed, and told apart with colour blindness; two of them are too pale on white alone."""
    look = of_streamlit(appearance)
    assert contrast(look.ink, look.page) >= MARK
    for name, spec in charts(model, words, look.ink).items():
        found = in_colours_of_approaches(spec)
        assert found, name
        for layer in found:
            assert layer["mark"]["stroke"] == look.ink, name


def test_the_edge_is_needed_only_on_a_light_page() -> None:
    """Which colours do without is known: a new one that is paler is looked at."""
    colours = COLOURS | {"other": OTHER}
    light, dark = of_streamlit("light"), of_streamlit("dark")
    assert {id_ for id_, one in colours.items() if contrast(one, light.page) < MARK} == {
        "milestones",
        "flow",
        "other",
    }
    assert {id_ for id_, one in colours.items() if contrast(one, dark.page) < MARK} == set()


def test_every_mark_of_plain_pages_and_documents_has_an_edge() -> None:
    assert ".mark{stroke:var(--ink)" in plain_style()
    for page in TEMPLATES.glob("*.html"):
        for mark in re.findall(r"<rect[^>]*fill=\"\{\{ colour[^>]*>", page.read_text(encoding="utf-8")):
            assert 'class="mark"' in mark, page.name
    for program in RECORD_TEMPLATE.parent.glob("*.typ"):
        for bar in re.findall(r"rect\([^}]*?rgb\(\w*\.?colour\)[^}]*", program.read_text(encoding="utf-8")):
            assert "stroke: 0.5pt + ink" in bar, program.name


def test_the_picture_of_a_link_and_documents_can_be_read() -> None:
    for text in (card._INK, card._SOFT, card._ACCENT):
        assert contrast(text, card._PAPER) >= TEXT
    parts = (RECORD_TEMPLATE.parent / "parts.typ").read_text(encoding="utf-8")
    inks = dict(re.findall(r'#let (ink|quiet) = rgb\("(#\w+)"\)', parts))
    boxes = re.findall(r'fill: rgb\("(#\w+)"\)', parts)
    assert (len(inks), len(boxes)) == (2, 1)
    assert all(contrast(ink, page) >= TEXT for ink in inks.values() for page in (WHITE, *boxes))
