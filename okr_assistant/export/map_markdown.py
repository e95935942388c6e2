"""A goal map as Markdown; what people typed is text in it, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okr_assistant.export.markdown import cited, paragraphs, row, section, text
from okr_assistant.views.portfolio.report import Listing, ReportView
from okr_assistant.words import Words


def map_markdown(report: ReportView, words: Words) -> str:
    """Return the whole document, ending in a line break; the same map gives the same text."""
    return "\n".join(_blocks(report, words)).rstrip("\n") + "\n"


def _blocks(report: ReportView, words: Words) -> Iterator[str]:
    yield from (f"# {text(report.title)}", "", f"**{text(report.headline)}**", "")
    yield from paragraphs(report.lines)
    yield from (f"- {text(label)}: {text(value)}" for label, value in report.facts)
    yield ""
    yield from section(words("goal_map.report.picture"), _places(report, words))
    advice = [*_listings(report.advice), *paragraphs([report.more_advice, report.nothing_to_advise])]
    yield from section(words("goal_map.report.advice"), advice)
    if report.difference:
        changes = [*paragraphs([report.difference]), *_listings(report.changes)]
        yield from section(words("goal_map.report.difference"), changes)
    yield from section(words("goal_map.report.by_team"), _by_team(report, words))
    yield from section(words("goal_map.report.pieces"), _listings(report.listings))
    yield "---"
    yield from ("", *paragraphs(report.model))
    if report.sources:
        yield f"{text(words('goal_map.report.source'))} {cited(report.sources)}"


def _places(report: ReportView, words: Words) -> Iterator[str]:
    pieces, share = words("goal_map.report.pieces"), words("goal_map.report.share")
    yield from (
        row(words("goal_map.table.followed_by"), words("goal_map.table.name"), pieces, share),
        "|---|---|--:|--:|",
    )
    yield from (
        row(place.row_name, place.name, words.number(place.count), place.share_text) for place in report.places
    )


def _by_team(report: ReportView, words: Words) -> Iterator[str]:
    by_team = report.by_team
    if by_team.rows:
        yield row(words("goal_map.report.team"), *by_team.names, words("goal_map.report.total"))
        yield f"|---|{'--:|' * (len(by_team.names) + 1)}"
    yield from (row(each.team, *map(str, each.counts), str(each.total)) for each in by_team.rows)
    yield from ("", *paragraphs([report.more_teams])) if report.more_teams else ()


def _listings(listings: Iterable[Listing]) -> Iterator[str]:
    for listing in listings:
        yield from (f"### {text(listing.title)}", "")
        why = f"{text(listing.why)} ({cited(listing.citations)})" if listing.citations else text(listing.why)
        yield from (why, "") if why else ()
        for entry in listing.entries:
            said = f": {text(entry.said)}" if entry.said else ""
            yield f"- **{text(entry.title)}** ({text(entry.about)}){said}"
        yield ""
        yield from paragraphs([listing.more])
