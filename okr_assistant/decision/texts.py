"""The words of an approach: one Markdown file with a fixed set of second-level headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

HEADINGS = {
    "What it is": "what",
    "When it fits": "fits",
    "First step on Monday": "monday",
    "Rhythm": "rhythm",
    "Pitfalls": "pitfalls",
    "When to revisit": "revisit",
    "The strongest argument against it": "against",
}
"""Heading in the file -> field, in the order in which a file has them."""


@dataclass(frozen=True, slots=True)
class ApproachText:
    """What is said about an approach, each part as Markdown."""

    what: str
    fits: str
    monday: str
    rhythm: str
    pitfalls: str
    revisit: str
    against: str


assert tuple(HEADINGS.values()) == tuple(field.name for field in fields(ApproachText))  # noqa: S101


class BadHeadings(ValueError):  # noqa: N818 - it never leaves the loader, which turns it into a ModelFileError
    """The headings are not the ones a file must have; the first argument is what was found."""


def parse_approach_text(markdown: str) -> ApproachText:
    """Split the file at its second-level headings; all of ``HEADINGS``, in order, each with some text."""
    intro, *parts = re.split(r"^## +", markdown, flags=re.MULTILINE)
    sections = {heading.strip(): body.strip() for heading, _, body in (part.partition("\n") for part in parts)}
    if intro.strip():
        raise BadHeadings("text before the first heading")
    if list(sections) != list(HEADINGS) or len(parts) != len(HEADINGS):
        raise BadHeadings(", ".join(part.partition("\n")[0].strip() for part in parts) or "no headings")
    empty = [heading for heading, body in sections.items() if not body]
    if empty:
        raise BadHeadings(f"nothing under: {', '.join(empty)}")
    return ApproachText(**{HEADINGS[heading]: body for heading, body in sections.items()})
