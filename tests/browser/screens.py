"""A picture of every state of every page, in every size, light, dark and on paper: ``make screens``.

    python -m tests.browser.screens [NAME ...]

With names, only the states that begin with one of them. The pictures are in test-results/screenshots/all; what
looks wrong by rule is printed, and the command fails then.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error

from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS
from tests.browser.conftest import SCREENSHOTS, THEMES, Console, keep_screenshot
from tests.browser.looks import problems
from tests.browser.states import State, all_states
from tests.serving import CHECKOUT, OKR_ASSISTANT, chromium, free_port, running

SIZES = {"360": 740, "768": 1024, "1440": 900, "720": 450}
"""Widths and heights in CSS pixels; the last is what 1440 by 900 has at 200 %."""


def main() -> None:
    """Take the pictures, print what looks wrong, and fail if anything does."""
    wanted = tuple(sys.argv[1:]) or ("",)
    models = Models(MODELS)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        port = free_port()
        command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
        with running(command, port, Path(folder) / "log", cwd=CHECKOUT) as server:
            wrong = 0
            for state in all_states(models.newest, models, server.data):
                for line in taken(browser, server.url, state) if state.name.startswith(wanted) else ():
                    print(line, flush=True)
                    wrong += 1
    sys.exit(1 if wrong else 0)


def taken(browser: Browser, url: str, state: State) -> Iterator[str]:
    """Take all pictures of a state; yield what looks wrong. Each theme opens it anew: charts have its colours."""
    for theme in THEMES:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)
        context.set_default_timeout(60_000)
        page = context.new_page()
        console = Console(page)
        try:
            state.open(page, url)
            for size, height in SIZES.items():
                page.set_viewport_size({"width": int(size), "height": height})
                yield from (f"{state.name} {size} {theme}: {line}" for line in problems(page, patience=3_000))
                keep_screenshot(page, f"all/{state.name}-{size}-{theme}")
        except Error as error:  # the other states are still wanted
            yield f"{state.name} {theme}: {error.message}"
        yield from (f"{state.name} {theme}: {line}" for line in console.complaints)
        if theme == "light":
            page.emulate_media(media="print")
            page.pdf(path=SCREENSHOTS / "all" / f"{state.name}.pdf", format="A4")
        context.close()


if __name__ == "__main__":
    main()
