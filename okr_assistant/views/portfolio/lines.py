"""A goal map as plain lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from okr_assistant.views.portfolio.report import ReportView
from okr_assistant.words import Words


def map_lines(report: ReportView, words: Words) -> Iterator[str]:
    """Yield the map line by line: headline, places with their counts, what to do, and what is different."""
    yield from (report.title, report.headline, *report.lines)
    for place in report.places:
        share = f" ({place.share_text})" if place.share_text else ""
        yield f"  {place.count:>6,}  {place.name}{share}"
    yield from ("", words("goal_map.report.advice")) if report.advice else ()
    for listing in report.advice:
        yield f"  {listing.title}"
        yield from (f"    - {entry.title} ({entry.about})" for entry in listing.entries)
        yield from (f"    {listing.more}",) if listing.more else ()
    yield from (f"  {line}" for line in (report.more_advice, report.nothing_to_advise) if line)
    if report.difference:
        yield from ("", report.difference)
    for listing in report.changes:
        yield f"  {listing.title}"
        for entry in listing.entries:
            yield f"    - {entry.title} ({entry.about})"
            yield from (f"      {entry.said}",) if entry.said else ()
        yield from (f"    {listing.more}",) if listing.more else ()
    yield from ("", report.model[0])
