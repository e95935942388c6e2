"""The goal map in words: what belongs where, what to do about it, and how it is spread over the teams."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.model import OKR
from okr_assistant.portfolio.advice import Advice
from okr_assistant.portfolio.goal_map import NOT_PLACED, UNDECIDED, GoalMap
from okr_assistant.views.parts import Citation, citations
from okr_assistant.views.portfolio.advice import AdviceView, advice_views
from okr_assistant.views.portfolio.items import place_name
from okr_assistant.views.portfolio.places import PlaceView, in_order, place_views
from okr_assistant.views.portfolio.plot import PlotView, plot_view
from okr_assistant.words import Words

_SOURCE = "svorstol-2022"
"""The picture that the map re-tells."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """What one team has in each place, in the order of ``ByTeam.places``."""

    team: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ByTeam:
    """Teams in alphabetical order, against the places that have items; of several, the last row is the sum."""

    places: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class GoalMapView:
    """Everything that there is to show of a map, in reading order; ``item_details`` are worked out apart.

    ``headline`` is the map in one or two sentences, with "so far" unless every place is firm; that none belongs in
    OKRs it says of items with a place only. ``standing`` says how many items have no place yet and how many places
    are firm, and is empty when all are. ``shares`` says of what the shares are.
    """

    headline: str
    standing: str
    shares: str
    places: tuple[PlaceView, ...]
    advice: tuple[AdviceView, ...]
    nothing_to_advise: str
    by_team: ByTeam
    plot: PlotView
    described: str
    model: str
    sources: tuple[Citation, ...]

    def place(self, id_: str) -> PlaceView:
        """Return one of the places."""
        return next(place for place in self.places if place.id == id_)


def goal_map_view(map_: GoalMap, advice: Advice, words: Words) -> GoalMapView:
    """Return what there is to show of a map and of what it advises, ``advice(map_)``."""
    places = place_views(map_, words)
    advised = advice_views(map_, advice, words)
    return GoalMapView(
        headline=_headline(map_, advice, words),
        standing=_standing(map_, words),
        shares=words("goal_map.shares") if any(place.share for place in places) else "",
        places=places,
        advice=advised,
        nothing_to_advise="" if advised or not map_.items else _nothing_to_advise(map_, words),
        by_team=_by_team(map_, words),
        plot=plot_view(map_, words),
        described=_described(places, words),
        model=words("result.model", version=map_.model.version),
        sources=citations(map_.model, [id_ for id_ in (_SOURCE,) if id_ in map_.model.sources_by_id]),
    )


def _headline(map_: GoalMap, advice: Advice, words: Words) -> str:
    if not map_.items:
        return words("goal_map.empty")
    at_okr = sum(placed.likely or placed.until_it_holds for placed in map_.at(OKR))
    maybe = map_.counts[OKR] - at_okr
    if at_okr:
        belong = words.counted("goal_map.belong", at_okr)
    else:
        belong = words.counted("goal_map.may_belong", maybe) if maybe else _none_belongs(map_, words)
    pieces = words.counted("goal_map.pieces", len(map_.items))
    so_far = any(placed.has_place and not placed.firm for placed in map_.items)
    said = [words("goal_map.headline_so_far" if so_far else "goal_map.headline", pieces=pieces, belong=belong)]
    if at_okr and maybe:
        said.append(words.counted("goal_map.maybe", maybe))
    if advice.stop:
        said.append(words.counted("goal_map.should_not", len(advice.stop)))
    return " ".join(said)


def _none_belongs(map_: GoalMap, words: Words) -> str:
    """Of what has a place; of the others nobody knows."""
    placed = sum(each.has_place for each in map_.items)
    if placed == len(map_.items):
        return words("goal_map.belong_none")
    if placed:
        return words.counted("goal_map.belong_none_placed", placed)
    if map_.counts[NOT_PLACED] == len(map_.items):
        return words.counted("goal_map.nothing_known", len(map_.items))
    return words("goal_map.no_place")


def _standing(map_: GoalMap, words: Words) -> str:
    places = [place for place in (UNDECIDED, NOT_PLACED) if map_.counts[place]]
    said = [words.counted(f"goal_map.standing.{place}", map_.counts[place]) for place in places]
    placed = [each for each in map_.items if each.has_place]
    firm = sum(each.firm for each in placed)
    if firm < len(placed):
        said.append(words.counted("goal_map.standing.firm", firm, of=len(placed)))
    return " ".join(said)


def _nothing_to_advise(map_: GoalMap, words: Words) -> str:
    told = any(placed.item.today for placed in map_.items)
    return words("goal_map.nothing_to_advise" if told else "goal_map.today_unknown")


def _described(places: tuple[PlaceView, ...], words: Words) -> str:
    """The picture for those who listen to it."""
    some = [
        words("goal_map.described_place", name=place.name, count=place.count) for place in places if place.count
    ]
    return words("goal_map.described", places=words.listed(some)) if some else words("goal_map.empty")


def _by_team(map_: GoalMap, words: Words) -> ByTeam:
    places = tuple(place for place in in_order(map_.model) if map_.counts[place])
    rows = [
        TeamRow(team or words("goal_map.no_team"), tuple(counts[place] for place in places), sum(counts.values()))
        for team, counts in map_.by_team.items()
    ]
    if len(rows) > 1:
        counts = tuple(map_.counts[place] for place in places)
        rows.append(TeamRow(words("goal_map.all_teams"), counts, sum(counts)))
    names = tuple(place_name(map_.model, words, place) for place in places)
    return ByTeam(places, names, tuple(rows))
