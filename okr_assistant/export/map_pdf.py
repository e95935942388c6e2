"""A goal map as a PDF, laid out by ``map.typ``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okr_assistant.charts.palette import colour, place_colour
from okr_assistant.decision.model import OKR
from okr_assistant.export.typeset import Data, head, links, typed, typeset
from okr_assistant.paths import MAP_TEMPLATE
from okr_assistant.views.portfolio.places import ROWS, PlaceView
from okr_assistant.views.portfolio.report import Listing, ReportView
from okr_assistant.words import Words


def map_pdf(report: ReportView, words: Words) -> bytes:
    """Return the document as the bytes of a PDF file."""
    return typeset(MAP_TEMPLATE, map_pdf_data(report, words), report.made_on, words)


def map_pdf_data(report: ReportView, words: Words) -> Data:
    """Return what the template is given: strings, numbers and lists of them, in reading order."""
    return head(report.kind, report.title, report.made_on, report.facts, words) | {
        "colour": colour(OKR),
        "sentence": report.headline,
        "lines": list(report.lines),
        "parts": list(_parts(report, words)),
    }


def _parts(report: ReportView, words: Words) -> Iterator[Data]:
    yield {
        "kind": "picture",
        "heading": words("goal_map.report.picture"),
        "rows": list(_rows(report.places, words)),
    }
    yield _listings(
        words("goal_map.report.advice"), [], report.advice, [report.more_advice, report.nothing_to_advise]
    )
    if report.difference:
        yield _listings(words("goal_map.report.difference"), [report.difference], report.changes)
    if report.by_team.rows:
        yield {
            "kind": "teams",
            "heading": words("goal_map.report.by_team"),
            "columns": [words("goal_map.report.team"), *report.by_team.names, words("goal_map.report.total")],
            "rows": [
                {"team": typed(row.team), "counts": [str(count) for count in (*row.counts, row.total)]}
                for row in report.by_team.rows
            ],
            "more": report.more_teams,
        }
    if report.listings:
        yield _listings(words("goal_map.report.pieces"), [], report.listings)
    yield {
        "kind": "end",
        "heading": words("record.model"),
        "lead": list(report.model),
        "source": words("goal_map.report.source"),
        "sources": links(report.sources),
    }


def _rows(places: tuple[PlaceView, ...], words: Words) -> Iterator[Data]:
    for row in ROWS:
        found = [place for place in places if place.row == row]
        yield {"name": found[0].row_name, "places": [_tile(place, words) for place in found]}


def _tile(place: PlaceView, words: Words) -> Data:
    return {
        "name": place.name,
        "count": words.number(place.count),
        "share": place.share_text,
        "per_mille": round(10 * (place.share or 0)),
        "colour": place_colour(place.id),
    }


def _listings(heading: str, said: list[str], found: Iterable[Listing], after: Iterable[str] = ()) -> Data:
    return {
        "kind": "listings",
        "heading": heading,
        "said": said,
        "listings": [_listing(each) for each in found],
        "after": [sentence for sentence in after if sentence],
    }


def _listing(listing: Listing) -> Data:
    return {
        "title": listing.title,
        "why": listing.why,
        "sources": links(listing.citations),
        "entries": [
            {"title": typed(entry.title), "about": typed(entry.about), "said": entry.said}
            for entry in listing.entries
        ],
        "more": listing.more,
    }
