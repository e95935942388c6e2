"""How the pages of one person look, by rule: nothing too wide, cut or on top of something else, in any size.

Chosen states, the hardest of each page; ``make screens`` looks at all of them and takes their pictures.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from tests.browser.conftest import Console, open_page
from tests.browser.looks import problems
from tests.browser.screens import SIZES
from tests.browser.states import State, all_states
from tests.serving import Server

pytestmark = pytest.mark.browser

CHOSEN = (
    "start-continue", "assess-hostile", "assess-all-full", "result-blocked", "result-hostile", "share-full",
    "map-columns", "map-example-map", "draft-written", "shared-stored-hostile", "owner-hostile", "de-start",
    "de-result", "es-share",
)  # fmt: skip


@pytest.fixture(scope="module")
def states(server: Server, model: Model, models: Models) -> dict[str, State]:
    return {state.name: state for state in all_states(model, models, server.data)}


@pytest.mark.parametrize("name", CHOSEN)
def test_nothing_is_too_wide_cut_or_on_top_of_something_else(
    chrome: Browser, server: Server, states: dict[str, State], name: str
) -> None:
    context = chrome.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    console = Console(page)
    states[name].open(page, server.url)
    found: dict[str, list[str]] = {}
    for size, height in SIZES.items():
        page.set_viewport_size({"width": int(size), "height": height})
        found |= {size: lines} if (lines := problems(page, patience=10_000)) else {}
    assert found == {}
    assert console.complaints == []
    context.close()


@pytest.mark.parametrize("width", [360, 720, 1440])
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_menu_is_one_line(page: Page, server: Server, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{server.url}/method?lang={language}")
    menu = page.locator(".st-key-menu")
    shown = [box for each in menu.locator("a, button").all() if (box := each.bounding_box())]
    middles = [box["y"] + box["height"] / 2 for box in shown]
    assert len(shown) == (9 if width > 767 else 3)
    assert max(middles) - min(middles) < 5
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in shown)


def test_a_rule_that_is_broken_is_found(page: Page) -> None:
    page.set_content(
        "<style>p.over {position: absolute; top: 0; left: 0}</style>"
        "<p class='over'>One over</p><p class='over'>another</p>"
        "<div style='margin-top:4em;width:4em;overflow:hidden;white-space:nowrap'>Cut at its side</div>"
        "<div style='width:3000px'>wide</div>"
        f"<p style='width:2000px'>{'Longer than anybody reads. ' * 40}</p>"
    )
    kinds = {line.split(":")[0] for line in problems(page)}
    assert {"on top of each other", "cut at the side"} <= kinds
    assert any("wide in" in kind for kind in kinds)
    assert any("characters a line" in kind for kind in kinds)


def test_on_a_phone_the_next_question_is_under_the_thumb(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{server.url}/assess?work_kind=change&q=stakeholder_involvement")
    expect(page.get_by_role("button", name="Skip for now")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 390, "height": 450})
    expect(page.get_by_role("button", name="Skip for now")).not_to_be_in_viewport()
