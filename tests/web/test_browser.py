"""What only a real browser shows: our Content-Security-Policy lets Streamlit and Vega work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.serving import Server, chromium

pytestmark = pytest.mark.browser

FIRST_VISIT_LIMIT = 1_800_000


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def fresh_page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context()
    yield context.new_page()
    context.close()


def _problems(page: Page) -> list[str]:
    """Filled with every error and warning of the page from now on."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_page_and_chart_work_under_the_policy(chart_server: Server, fresh_page: Page) -> None:
    problems = _problems(fresh_page)
    fresh_page.goto(chart_server.url)
    chart = fresh_page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("svg, canvas").first).to_be_visible()
    fresh_page.get_by_role("button", name="press").click()
    expect(fresh_page.get_by_text("pressed")).to_be_visible()
    fresh_page.locator("input[type=file]").set_input_files(
        {"name": "work.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    expect(fresh_page.get_by_test_id("stFileUploader")).to_contain_text("work.csv")
    assert problems == []


def test_a_script_that_is_not_ours_does_not_run(chart_server: Server, fresh_page: Page) -> None:
    problems = _problems(fresh_page)
    fresh_page.goto(chart_server.url)
    fresh_page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert fresh_page.evaluate("window.ran") is None
    assert any("Content Security Policy" in problem for problem in problems)


def test_a_first_visit_stays_small(chart_server: Server, fresh_page: Page) -> None:
    """Without our compression it was 3.8 MB with a chart; 50 phones in a workshop fetched 190 MB."""
    sizes: list[float] = []
    network = fresh_page.context.new_cdp_session(fresh_page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    fresh_page.goto(chart_server.url)
    expect(fresh_page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first).to_be_visible()
    fresh_page.wait_for_load_state("networkidle")
    assert 500_000 < sum(sizes) < FIRST_VISIT_LIMIT


@pytest.mark.robustness(44)
def test_an_error_in_a_page_leaks_neither_to_the_screen_nor_to_the_log(
    chart_server: Server, fresh_page: Page
) -> None:
    fresh_page.goto(chart_server.url)
    fresh_page.get_by_role("button", name="fail").click()
    expect(fresh_page.get_by_text("Something went wrong on our side")).to_be_visible()
    assert "SECRET" not in fresh_page.content()
    assert "ValueError at __main__:" in chart_server.output()
    assert "SECRET" not in chart_server.output()
