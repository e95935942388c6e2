"""A goal map as tables: rows of texts and numbers, in which nothing is a formula (see ``table.py``).

The table of items is one that our importer reads: its first columns have the headings that it knows, then comes a
column for each question with ids of options. What follows from the answers stands behind them, and is left out
when the table is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from okr_assistant.decision.model import Model
from okr_assistant.export.table import Cell, csv_file
from okr_assistant.portfolio.goal_map import GoalMap, Placed
from okr_assistant.portfolio.mapping import HEADINGS, NO, YES, Field
from okr_assistant.views.portfolio.difference import DifferenceView
from okr_assistant.views.portfolio.items import next_questions, place_name, recommended, strongest
from okr_assistant.words import Words

if TYPE_CHECKING:
    from okr_assistant.export.map_formats import MapExport

FIELDS: tuple[Field, ...] = ("id", "title", "team", "level", "result_for", "today", "out_of_range")
FOLLOWS = ("place", "verdict", "ways", "why", "next")


def map_csv(made: MapExport) -> bytes:
    """Return all items as the bytes of a CSV file."""
    return csv_file(item_rows(made.map_, made.words))


def item_rows(map_: GoalMap, words: Words) -> Iterator[list[Cell]]:
    """Yield the headings and a row for each item, each of the same length."""
    model = map_.model
    given = [HEADINGS[field][0] for field in FIELDS]
    yield [*given, *model.questions_by_id, *(words(f"goal_map.table.{column}") for column in FOLLOWS)]
    ahead = next_questions(map_)
    names = {place: place_name(model, words, place) for place in map_.places}
    for placed in map_.items:
        answers = (placed.item.answers.get(id_, "") for id_ in model.questions_by_id)
        yield [*_given(placed), *answers, names[placed.place], *_follows(model, placed, ahead, words)]


def _given(placed: Placed) -> Iterator[Cell]:
    item = placed.item
    yield from (item.id, item.title, item.team, item.level, item.result_for, item.today)
    yield YES if item.out_of_range else NO


def _follows(model: Model, placed: Placed, ahead: Mapping[str, str], words: Words) -> Iterator[Cell]:
    found = placed.found
    yield words(f"goal_map.verdict.{found.verdict}") if found and placed.item.answers else ""
    yield ways(placed)
    reasons = strongest(model, placed, recommended(model, placed))
    yield reasons[0].text if reasons else ""
    asked = ahead.get(placed.item.id)
    yield model.questions_by_id[asked].text if asked else ""


def ways(placed: Placed) -> Cell:
    """Return in how many of 100 ways of answering the rest the item stays; 100 only where it was so in all."""
    if not placed.has_place or placed.found is None:
        return ""
    return 100 if placed.found.share == 1 else min(round(100 * placed.found.share), 99)


def place_rows(made: MapExport) -> Iterator[list[Cell]]:
    """Yield the places with their counts, and a row that sums up."""
    columns = ("followed_by", "name", "pieces", "share", "explains")
    yield [made.words(f"goal_map.table.{column}") for column in columns]
    for place in made.view.places:
        share = "" if place.share is None else round(place.share)
        yield [place.row_name, place.name, place.count, share, place.explains]
    yield ["", made.words("goal_map.table.total"), len(made.map_.items), "", made.view.headline]


def advice_rows(made: MapExport) -> Iterator[list[Cell]]:
    """Yield a row for each item in each piece of advice."""
    columns = ("kind", "id", "title", "team", "name", "because", "source")
    yield [made.words(f"goal_map.table.{column}") for column in columns]
    for advised in made.view.advice:
        cited = "; ".join(f"{citation.text}: {citation.title}" for citation in advised.citations)
        for item in advised.items:
            yield [advised.title, item.id, item.title, item.team, item.place_name, advised.why, cited]


def team_rows(made: MapExport) -> Iterator[list[Cell]]:
    """Yield the teams with their counts in each place."""
    by_team = made.view.by_team
    yield [made.words("goal_map.table.team"), *by_team.names, made.words("goal_map.table.total")]
    for row in by_team.rows:
        counts: list[Cell] = [*row.counts, row.total]
        yield [row.team, *counts]


def change_rows(changes: DifferenceView, words: Words) -> Iterator[list[Cell]]:
    """Yield what moved, is new and is gone."""
    columns = ("changes", "id", "title", "team", "before", "now", "because")
    yield [words(f"goal_map.table.{column}") for column in columns]
    for moved in changes.moved:
        item = moved.item
        start: list[Cell] = [words("goal_map.table.change.moved"), item.id, item.title, item.team]
        yield [*start, moved.was_at, moved.is_at, " ".join(moved.because)]
    new = (("new", item) for item in changes.new)
    for kind, item in chain(new, (("gone", item) for item in changes.gone)):
        at: list[Cell] = ["", item.place_name] if kind == "new" else [item.place_name, ""]
        yield [words(f"goal_map.table.change.{kind}"), item.id, item.title, item.team, *at, ""]
