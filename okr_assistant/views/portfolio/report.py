"""A goal map as a document to read: the same for paper and for Markdown, and short however long the map is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_assistant.portfolio.goal_map import GoalMap
from okr_assistant.views.parts import Citation
from okr_assistant.views.portfolio.advice import AdviceView
from okr_assistant.views.portfolio.difference import DifferenceView, MovedView
from okr_assistant.views.portfolio.goal_map import ByTeam, GoalMapView
from okr_assistant.views.portfolio.items import ItemView, recommended, strongest
from okr_assistant.views.portfolio.places import PlaceView
from okr_assistant.words import Words

LISTED = 25
"""Items of a place, or of a piece of advice, that a document lists; the tables have all."""
GROUPS = 12
"""Pieces of advice that a document has; maps of thousands can have one for each result."""
TEAMS = 40
"""Rows of the table of teams."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in a list: its title, whose it is and maybe where it belongs, and why (empty where plain)."""

    title: str
    about: str
    said: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list under its title; ``why`` is above it, ``more`` below says how many are not listed."""

    title: str
    why: str
    citations: tuple[Citation, ...]
    entries: tuple[Entry, ...]
    more: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything in the document, in reading order."""

    kind: str
    title: str
    made_on: date
    headline: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    places: tuple[PlaceView, ...]
    nothing_to_advise: str
    advice: tuple[Listing, ...]
    more_advice: str
    difference: str
    changes: tuple[Listing, ...]
    by_team: ByTeam
    more_teams: str
    listings: tuple[Listing, ...]
    sources: tuple[Citation, ...]
    model: tuple[str, ...]


def report_view(
    map_: GoalMap, view: GoalMapView, words: Words, name: str, day: date, changes: DifferenceView | None = None
) -> ReportView:
    """Return the document of a map; ``changes`` tells it from an earlier one."""
    beside, teams = len(view.advice) - GROUPS, len(view.by_team.rows) - TEAMS
    return ReportView(
        kind=words("goal_map.title"),
        title=name or words("goal_map.title"),
        made_on=day,
        headline=view.headline,
        lines=tuple(line for line in (view.standing, view.shares) if line),
        facts=(
            (words("record.date"), words.date(day)),
            (words("goal_map.report.pieces"), words.number(len(map_.items))),
            (words("record.model"), map_.model.version),
        ),
        places=view.places,
        nothing_to_advise=view.nothing_to_advise,
        advice=tuple(_advised(map_, each, words) for each in view.advice[:GROUPS]),
        more_advice=words.counted("goal_map.report.more_advice", beside) if beside > 0 else "",
        difference=" ".join(filter(None, (changes.headline, changes.model))) if changes else "",
        changes=_changes(changes, words) if changes else (),
        by_team=_short(view.by_team),
        more_teams=words.counted("goal_map.report.more_teams", teams) if teams > 0 else "",
        listings=tuple(_at(map_, place, words) for place in view.places if place.count),
        sources=view.sources,
        model=(view.model, words("record.digest", digest=map_.model.digest)),
    )


def _advised(map_: GoalMap, advised: AdviceView, words: Words) -> Listing:
    """Where an item belongs is said where it is told to go, and the reason with it."""
    goes = advised.kind in {"stop", "begin"}
    entries = [
        _entry(item, words, _why(map_, item) if goes else "", at=item.goes if goes else "")
        for item in advised.items[:LISTED]
    ]
    left = len(advised.items) - len(entries)
    return Listing(advised.title, advised.why, advised.citations, tuple(entries), _more(left, words))


def _at(map_: GoalMap, place: PlaceView, words: Words) -> Listing:
    """What is in a place; reasons are worked out for what is listed only."""
    entries = [
        _entry(item, words, " ".join(filter(None, (_why(map_, item), item.note, _sentence(item.firm)))))
        for item in place.items[:LISTED]
    ]
    title = words("goal_map.report.place", name=place.name, count=place.count)
    return Listing(title, place.explains, (), tuple(entries), _more(place.count - len(entries), words))


def _why(map_: GoalMap, item: ItemView) -> str:
    placed = map_.by_id[item.id]
    reasons = strongest(map_.model, placed, recommended(map_.model, placed))
    return reasons[0].text if reasons else ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _entry(item: ItemView, words: Words, said: str, at: str = "") -> Entry:
    team = item.team or words("goal_map.no_team")
    return Entry(item.title, words("goal_map.report.about", team=team, place=at) if at else team, said)


def _more(left: int, words: Words) -> str:
    return words.counted("goal_map.report.more", left) if left > 0 else ""


def _changes(changes: DifferenceView, words: Words) -> tuple[Listing, ...]:
    found = (
        ("moved", [_moved(moved, words) for moved in changes.moved]),
        ("new", [_entry(item, words, "", at=item.place_name) for item in changes.new]),
        ("gone", [_entry(item, words, "", at=item.place_name) for item in changes.gone]),
    )
    return tuple(
        Listing(
            words(f"goal_map.difference.title.{kind}"),
            "",
            (),
            tuple(entries[:LISTED]),
            _more(len(entries) - LISTED, words),
        )
        for kind, entries in found
        if entries
    )


def _moved(moved: MovedView, words: Words) -> Entry:
    way = words("goal_map.difference.moved", before=moved.was_at, now=moved.is_at)
    return _entry(moved.item, words, " ".join((way, *moved.because)))


def _short(by_team: ByTeam) -> ByTeam:
    """The first teams, and the sum of all."""
    if len(by_team.rows) <= TEAMS:
        return by_team
    return ByTeam(by_team.places, by_team.names, (*by_team.rows[: TEAMS - 1], by_team.rows[-1]))
