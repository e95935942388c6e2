"""From a table to work items: every row that can be taken is, every other is named with its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError, PortfolioError
from okr_assistant.free_text import clean_title
from okr_assistant.portfolio.items import Level, WorkItem, free_ids
from okr_assistant.portfolio.mapping import CHOSEN, OPEN, YES, Field, Mapping, Unmapped, problems, unmapped
from okr_assistant.portfolio.raw_table import RawTable, at

STEP = 500
"""Rows between two reports of progress."""
_BREAKS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """The items in the order of the table, a problem for each row that is none, and values that say nothing.

    ``said`` has for each item the names of the fields that its row says something about; the others have their
    usual value, and ``id`` one that is free.
    """

    items: tuple[WorkItem, ...]
    said: tuple[frozenset[str], ...]
    problems: tuple[OkrAssistantError, ...]
    unmapped: tuple[Unmapped, ...]

    @property
    def skipped(self) -> int:
        """How many rows did not; blank ones are not counted."""
        return len(self.problems)


def take(
    table: RawTable, mapping: Mapping, model: Model, progress: Callable[[int, int], None] | None = None
) -> Imported:
    """Take the rows as the mapping says; ``progress`` is told every few rows how many of how many are done.

    ``PortfolioError`` when the mapping itself cannot be used. Answers and choices of a value that is not mapped
    stay open, and it is listed with its count. An item without an id gets the number of its line or row.
    """
    for problem in problems(mapping, model):
        raise problem
    rows = _Rows(table, mapping, model)
    items: list[WorkItem] = []
    said: list[frozenset[str]] = []
    found: list[OkrAssistantError] = [*table.problems]
    for place in range(len(table.rows)):
        if progress and place % STEP == 0:
            progress(place, len(table.rows))
        try:
            item, fields = rows.item(place)
        except OkrAssistantError as error:
            found.append(error)
        else:
            items.append(item)
            said.append(fields)
    return Imported(_numbered(items, said), tuple(said), tuple(found), unmapped(table, mapping, model))


def _numbered(items: list[WorkItem], said: list[frozenset[str]]) -> tuple[WorkItem, ...]:
    """Give items without an id of their own the number of their line or row, or another where that is an id."""
    own = {item.id for item, fields in zip(items, said, strict=True) if "id" in fields}
    lines = {item.id for item, fields in zip(items, said, strict=True) if "id" not in fields}
    fresh = free_ids(own | lines)
    return tuple(
        replace(item, id=next(fresh)) if "id" not in fields and item.id in own else item
        for item, fields in zip(items, said, strict=True)
    )


class _Rows:
    """The rows of a table, read one after the other: an id that was there before is refused."""

    def __init__(self, table: RawTable, mapping: Mapping, model: Model) -> None:
        places = {header: place for place, header in enumerate(table.headers)}
        for column in mapping.columns:
            if column.meaning and column.header not in places:
                raise PortfolioError("no_column", place="mapping", found=column.header, allowed=table.headers)
        self._table = table
        self._fields = {c.field: (places[c.header], c) for c in mapping.columns if c.field}
        asked = {c.question: (places[c.header], c) for c in mapping.columns if c.question}
        self._questions = [(id_, *asked[id_]) for id_ in model.questions_by_id if id_ in asked]
        self._ids: set[str] = set()

    def item(self, place: int) -> tuple[WorkItem, frozenset[str]]:
        """Return the item in this row with the fields that the row has, or say why there is none."""
        cells, number = self._table.rows[place], self._table.lines[place]
        title = self._text("title", cells, number)
        if not title:
            raise PortfolioError("untitled", place=self._place("title", number))
        id_ = self._text("id", cells, number)
        item = WorkItem(
            id=id_ or str(number),
            title=title,
            answers=self._answers(cells),
            level=cast("Level", self._choice("level", cells) or "team"),
            team=self._text("team", cells, number),
            result_for=self._text("result_for", cells, number),
            today=self._choice("today", cells),
            out_of_range=self._choice("out_of_range", cells) == YES,
        )
        if id_ in self._ids:
            raise PortfolioError("repeated_id", place=self._place("id", number), found=id_)
        self._ids |= {id_} - {""}
        return item, frozenset(name for name in self._fields if self._says(name, cells))

    def _says(self, field: Field, cells: tuple[str, ...]) -> bool:
        place, column = self._fields[field]
        cell = cells[place].strip()
        return bool(column.values.get(cell)) if field in CHOSEN else bool(cell)

    def _answers(self, cells: tuple[str, ...]) -> dict[str, str]:
        said = ((id_, column.values.get(cells[place].strip(), OPEN)) for id_, place, column in self._questions)
        return {id_: option for id_, option in said if option != OPEN}

    def _text(self, field: str, cells: tuple[str, ...], number: int) -> str:
        """A cell as a name of one line; line breaks and tabs in it are blanks."""
        if field not in self._fields:
            return ""
        cell = cells[self._fields[field][0]]
        return clean_title(_BREAKS.sub(" ", cell), self._place(field, number)) if cell else ""

    def _choice(self, field: str, cells: tuple[str, ...]) -> str:
        if field not in self._fields:
            return OPEN
        place, column = self._fields[field]
        return column.values.get(cells[place].strip(), OPEN)

    def _place(self, field: str, number: int) -> str:
        header = self._fields[field][1].header if field in self._fields else ""
        return at(self._table.unit, number, header)
