"""What can be seen to be wrong with a page without taste: too wide, cut, on top of each other, long lines."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_RULES = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")


def problems(page: Page) -> list[str]:
    """Return a sentence for everything of this page, as it is shown now, that breaks a rule of ``looks.js``."""
    found: list[str] = page.evaluate(_RULES)
    return found
