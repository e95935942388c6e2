"""The goal map in real Chromium: from a tracker's table to the map, to a draft, to files; and how it looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    SCREENS,
    Console,
    accessible,
    fits,
    follow,
    keep_screenshot,
    open_page,
    press,
    settled,
)
from tests.browser.states import paste
from tests.serving import Server

pytestmark = pytest.mark.browser

HOSTILE = '<b>Ship</b> *the* [app](http://x.y) :red[now] $y$ "; =1+1'
TABLE = f"""Issue key,Summary,Kind,Team,today
A-1,Payroll on time,keep,Finance,OKRs
A-2,"{HOSTILE.replace('"', '""')}",ordered,Web,OKRs
A-3,,ordered,Web,
A-4,Do people want to rent?,find out,New,
"""
CHOICES = {
    "“keep”, in 1 row, stands for": "Keep something running as it is",
    "“ordered”, in 2 rows, stands for": "Deliver a specific thing",
    "“find out”, in 1 row, stands for": "Find out what to build, or whether anyone needs it",
}
SECTIONS = ("The map", "Vision and outcome", "Pieces of work", "Next questions", "By team", "Quarters", "Files")


def choose_from(page: Page, label: str, option: str) -> None:
    """Choose an option of the box with this label.

    A list closes when the page scrolls, and a click on a box at the window's edge scrolls: it is brought in first.
    """
    box = page.get_by_role("combobox", name=label).last
    box.evaluate("box => box.scrollIntoView({block: 'center'})")
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def say_what_columns_mean(page: Page) -> None:
    """One column more than is recognised, and what each of its values stands for."""
    means = page.get_by_role("combobox", name="Means")
    expect(means).to_have_count(5)
    means.nth(2).click()
    page.get_by_role("option", name="What is this work mainly for?").click()
    settled(page)
    for label, option in CHOICES.items():
        choose_from(page, label, option)


def files_of_the_map(page: Page, folder: Path) -> dict[str, Path]:
    """Save a file of every kind, and return them by their ending."""
    files = {}
    for ending in ("json", "csv", "xlsx", "pdf", "png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"({ending.upper()})").last.click()
        files[ending] = folder / f"map.{ending}"
        download.value.save_as(files[ending])
        assert files[ending].stat().st_size > 100
    return files


def test_an_item_goes_from_import_to_map_to_draft_to_export(
    chrome: Browser, server: Server, tmp_path: Path
) -> None:
    page = chrome.new_context(**SCREENS["desktop"]).new_page()
    console = Console(page)
    table = tmp_path / "tracker.csv"
    table.write_text(TABLE, encoding="utf-8")
    open_page(page, f"{server.url}/goal_map")
    page.locator("input[type=file]").set_input_files(table)
    press(page, "Read tracker.csv")

    say_what_columns_mean(page)
    accessible(page)
    keep_screenshot(page, "50-goal-map-columns")
    press(page, "Take 4 rows")

    expect(page.get_by_text("1 row was not taken:")).to_be_in_viewport()
    expect(page.get_by_text("line 4, column Summary")).to_be_visible()
    expect(page.get_by_text("Stop writing OKRs for these 2")).to_be_visible()
    expect(page.get_by_test_id("stText").filter(has_text=HOSTILE).first).to_be_visible()
    accessible(page)
    fits(page)
    keep_screenshot(page, "51-goal-map-imported")

    choose_from(page, "Place", "Roadmap (1)")
    choose_from(page, "Look at one of them", HOSTILE)
    press(page, "Write the first draft")
    box = page.get_by_role("textbox").nth(1)
    box.fill("The export is in the hands of its buyer")
    box.press("Tab")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="(Markdown)").last.click()
    draft = tmp_path / "draft.md"
    download.value.save_as(draft)
    assert "The export is in the hands of its buyer" in draft.read_text(encoding="utf-8")

    press(page, "Back to the goal map")
    section(page, "Files")
    saved = json.loads(files_of_the_map(page, tmp_path)["json"].read_text(encoding="utf-8"))
    assert [item["title"] for item in saved["items"]] == ["Payroll on time", HOSTILE, "Do people want to rent?"]
    assert console.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_part_of_the_example_is_readable(
    chrome: Browser, server: Server, screen: str, theme: Literal["light", "dark"]
) -> None:
    page = chrome.new_context(**SCREENS[screen], color_scheme=theme).new_page()
    console = Console(page)
    open_page(page, f"{server.url}/goal_map")
    accessible(page)
    fits(page)
    press(page, "Look at the example")
    for name in SECTIONS:
        section(page, name)
        accessible(page)
        fits(page)
        keep_screenshot(page, f"52-goal-map-{name.split()[-1].lower()}-{screen}-{theme}")
    assert console.complaints == []


def test_a_click_on_a_tile_shows_its_place_and_a_reload_shows_what_is_kept(
    chrome: Browser, server: Server
) -> None:
    page = chrome.new_context(**SCREENS["desktop"]).new_page()
    open_page(page, f"{server.url}/goal_map")
    press(page, "Look at the example")
    page.get_by_test_id("stVegaLiteChart").get_by_text("Discovery", exact=True).click(
        force=True
    )  # a mark lies under it
    settled(page)
    expect(page.get_by_role("combobox", name="Place")).to_have_value("Discovery (4)")
    press(page, "Keep in this browser")
    page.reload()
    settled(page)
    expect(page.get_by_text("30 pieces of work", exact=False).first).to_be_visible()
    expect(page.get_by_text("Kept in this browser. Every change is saved.")).to_be_visible()


def test_edits_stay_when_another_part_is_looked_at(chrome: Browser, server: Server) -> None:
    page = chrome.new_context(**SCREENS["desktop"]).new_page()
    open_page(page, f"{server.url}/goal_map")
    press(page, "Look at the example")
    for row, title in ((1, "Renamed first"), (2, "Renamed second")):
        section(page, "Pieces of work")
        page.wait_for_timeout(1000)  # the grid is drawn in steps
        grid = page.get_by_test_id("data-grid-canvas").bounding_box()
        assert grid
        page.mouse.dblclick(grid["x"] + 140, grid["y"] + 18 + 35 * row)
        page.locator(".gdg-input").fill(title)  # a cell's editor opens a moment later
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        settled(page)
        section(page, "The map")
    expect(page.get_by_text("30 pieces of work", exact=False).first).to_be_visible()
    section(page, "Files")
    with page.expect_download() as download:
        page.get_by_role("button", name="(CSV)").last.click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Renamed first" in table
    assert "Renamed second" in table


@pytest.mark.robustness(38)
def test_tables_offer_no_file_in_which_a_text_may_be_a_formula(chrome: Browser, server: Server) -> None:
    page = chrome.new_context(**SCREENS["desktop"]).new_page()
    open_page(page, f"{server.url}/goal_map")
    press(page, "Look at the example")
    for name in ("The map", "Pieces of work", "By team"):
        section(page, name)
        table = page.get_by_test_id("stDataFrame")
        table.hover()
        expect(table.get_by_role("button", name="Search: ")).to_be_visible()
        expect(table.get_by_role("button", name="Fullscreen: ")).to_be_visible()
        button = page.locator("button[aria-label^='Download as CSV']")
        expect(button).to_have_count(1)  # Streamlit has it still, under this name
        expect(button).to_be_hidden()


def take(page: Page, table: str) -> None:
    """Read a table that was copied, and take all its rows."""
    paste(table, page)
    page.get_by_role("button", name="Take ").click()
    settled(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_what_moved_and_what_is_not_saved_is_readable(
    chrome: Browser, server: Server, screen: str, theme: Literal["light", "dark"], tmp_path: Path
) -> None:
    context = chrome.new_context(**SCREENS[screen], color_scheme=theme)
    page = context.new_page()
    open_page(page, f"{server.url}/goal_map")
    take(page, f"id\ttitle\tteam\twork_kind\n1\tPayroll on time\tFinance\tdeliver\n2\t{HOSTILE[:50]}\tWeb\tlearn")
    press(page, "Keep in this browser")
    section(page, "Quarters")
    page.get_by_role("textbox", name="Name of the quarter").fill("2026 Q4")
    press(page, "Freeze it")
    other = context.new_page()
    open_page(other, page.url)
    for each in (other, page):
        section(each, "Pieces of work")
        take(each, "id\ttitle\tteam\twork_kind\n1\tPayroll on time\tFinance\tsustain\n3\tA shop\tWeb\tchange")
    expect(page.get_by_text("this map was changed or deleted in another tab")).to_be_visible()
    expect(page.get_by_text("Every change is saved")).to_have_count(0)
    section(page, "Quarters")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    accessible(page)
    fits(page)
    keep_screenshot(page, f"53-goal-map-compared-{screen}-{theme}")
    with page.expect_download() as download:
        page.get_by_role("button", name="(Markdown)").click()
    file = tmp_path / "map.md"
    download.value.save_as(file)
    assert "From Roadmap to Health metrics." in file.read_text(encoding="utf-8")
    press(page, "Open what is saved")
    expect(page.get_by_text("Every change is saved")).to_be_visible()
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_split_work_waits_while_a_map_is_open_that_is_not_kept(
    chrome: Browser, server: Server, screen: str
) -> None:
    page = chrome.new_context(**SCREENS[screen]).new_page()
    open_page(page, f"{server.url}/goal_map?t=Loyalty+card&work_kind=mixed")
    press(page, "Look at the example")
    follow(page, "Result")
    press(page, "Split it on the goal map")
    expect(page.get_by_text("“Loyalty card” with 5 pieces of work waits to be opened.")).to_be_visible()
    accessible(page)
    fits(page)
    keep_screenshot(page, f"54-goal-map-waits-{screen}")
    press(page, "Stay with the open one")
    expect(page.get_by_text("Example: a maker of bicycles", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    press(page, "Close it")
    expect(page.get_by_role("button", name="Look at the example")).to_be_visible()
