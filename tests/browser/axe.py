"""What axe finds on a page: all its rules, of any impact, and the short list of what is not ours to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All rules that are on by themselves, best practices among them, and the one of WCAG 2.2 that is not."""


@dataclass(frozen=True)
class Upstream:
    """A violation that Streamlit causes, and what it is good for that it is left."""

    rule: str
    selector: str
    """Every element of this kind, and nothing else."""
    issue: str
    why: str


UPSTREAM = (
    Upstream(
        "presentation-role-conflict",
        "[data-testid=stFileUploaderDropzone]",
        "streamlit/streamlit#15928",
        "The area to drop a file on has no role, but a name and tabindex=-1, so that Tab meets only its button.",
    ),
)
"""All that is let through; docs/accessibility.md says the same in words."""


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Return the rule, the element and what to do for each violation that is not ``UPSTREAM``."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        (violation["id"], node["html"][:200], node["failureSummary"])
        for violation in found
        for node in violation["nodes"]
        if not any(_is(page, violation["id"], node, known) for known in UPSTREAM)
    ]


def _is(page: Page, rule: str, node: dict[str, Any], known: Upstream) -> bool:
    if rule != known.rule:
        return False
    matches = "([target, selector]) => document.querySelector(target)?.matches(selector) ?? false"
    return bool(page.evaluate(matches, [node["target"][0], known.selector]))
