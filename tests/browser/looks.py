"""What can be seen to be wrong with a page without taste: too wide, cut, on top of each other, long lines."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page

_RULES = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")


def problems(page: Page, patience: int = 1) -> list[str]:
    """Return a sentence for everything of this page that breaks a rule of ``looks.js``.

    For as many milliseconds, it is waited for that there is none: a chart takes the width of its page a moment
    after the page.
    """
    with suppress(Error):
        page.wait_for_function(f"() => ({_RULES}).length === 0", timeout=patience, polling=250)
    found: list[str] = page.evaluate(_RULES)
    return found
