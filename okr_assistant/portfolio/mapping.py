"""What the columns of a table mean: a field of a work item, a question of the model, or nothing.

Nothing is inferred. A column is recognised when its heading *is* one of a few names, a question's id or its text,
and a value when it *is* an option's id or label; case and blanks around it aside. Everything else is for people.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.items import LEVELS
from okr_assistant.portfolio.raw_table import RawTable, column_place

Field: TypeAlias = Literal["title", "id", "team", "level", "result_for", "today", "out_of_range"]
FIELDS: tuple[Field, ...] = get_args(Field)

HEADINGS: collections.abc.Mapping[Field, tuple[str, ...]] = {
    "title": ("title", "name", "summary", "piece of work"),
    "id": ("id", "key", "issue key"),
    "team": ("team",),
    "level": ("level",),
    "result_for": ("result for",),
    "today": ("today",),
    "out_of_range": ("out of range",),
}
"""The headings that a field is recognised by; the first is the one that our own tables have."""

CHOSEN: frozenset[Field] = frozenset({"level", "today", "out_of_range"})
"""Fields whose values are chosen, and not text."""

YES, NO, OPEN = "yes", "no", ""
MOST_SHOWN = 100
"""Distinct values of a column that are listed."""
_UNSURE_WORDS = (UNSURE, "i don't know", "i don’t know")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means: a field, a question, or neither, and then it is left out.

    ``values`` says which option a cell's text stands for, where there are options to choose from: of the question,
    of level and today, and yes and no of out of range. An empty option means "nothing is said".
    """

    header: str
    field: Field | None = None
    question: str = ""
    values: collections.abc.Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """The field or the question; empty when the column is left out."""
        return self.field or self.question


@dataclass(frozen=True, slots=True)
class Mapping:
    """The meaning of each column of a table."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Distinct:
    """The values of a column with their counts, the most frequent first; ``more`` are not listed."""

    values: tuple[tuple[str, int], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value that stands for no option, in so many rows; nothing is said for them."""

    header: str
    value: str
    rows: int


def proposed(table: RawTable, model: Model) -> Mapping:
    """Return the mapping that headings and values say themselves; two columns can claim the same meaning."""
    fields = {name: means for means, names in HEADINGS.items() for name in (*names, means)}
    questions = {_same(name): q.id for q in model.questions for name in (q.id, q.text)}
    found = []
    for header in table.headers:
        name = _same(_first_of(header, table.headers))
        means = fields.get(name)
        plain = Column(header, means, "" if means else questions.get(name, ""))
        found.append(replace(plain, values=recognised(table, plain, model)))
    return Mapping(tuple(found))


def recognised(table: RawTable, column: Column, model: Model) -> dict[str, str]:
    """Return the column's values that are an option's id or label, with that option."""
    known: dict[str, str] = {}
    for option, names in choices(model, column).items():
        for name in names:
            known.setdefault(_same(name), option)
    if not known:
        return {}
    counted = _counted(table, column.header)
    return {value: known[_same(value)] for value in counted if _same(value) in known}


def choices(model: Model, column: Column) -> dict[str, tuple[str, ...]]:
    """Return the options that a cell of this column can stand for, each with the texts that mean it."""
    match column.field:
        case "level":
            return {level: (level,) for level in LEVELS}
        case "today":
            return {approach.id: (approach.id, approach.name) for approach in model.approaches}
        case "out_of_range":
            return {YES: (YES, "true", "1"), NO: (NO, "false", "0")}
    question = model.questions_by_id.get(column.question)
    if question is None:
        return {}
    return {**{option.id: (option.id, option.label) for option in question.options}, UNSURE: _UNSURE_WORDS}


def distinct(table: RawTable, header: str) -> Distinct:
    """Return what is in a column, at most ``MOST_SHOWN`` values."""
    counted = _counted(table, header)
    return Distinct(tuple(counted.most_common(MOST_SHOWN)), max(0, len(counted) - MOST_SHOWN))


def unmapped(table: RawTable, mapping: Mapping, model: Model) -> tuple[Unmapped, ...]:
    """Return the values of columns with options that the mapping says nothing about, the most frequent first."""
    return tuple(
        Unmapped(entry.header, value, rows)
        for entry in mapping.columns
        if entry.header in table.headers and choices(model, entry)
        for value, rows in _counted(table, entry.header).most_common()
        if value not in entry.values
    )


def for_table(mapping: Mapping, table: RawTable) -> tuple[Mapping, tuple[str, ...]]:
    """Return the mapping for another table, and the headings with a meaning that this table does not have.

    Columns that the mapping does not know are left out.
    """
    known = {entry.header: entry for entry in mapping.columns}
    missing = [entry.header for entry in mapping.columns if entry.meaning and entry.header not in table.headers]
    return Mapping(tuple(known.get(header, Column(header)) for header in table.headers)), tuple(missing)


def problems(mapping: Mapping, model: Model) -> Iterator[PortfolioError]:
    """Yield what is wrong with a mapping: two columns for one meaning, no title, what the model does not have."""
    by_meaning: dict[str, list[str]] = {}
    for entry in mapping.columns:
        where = f"mapping, {column_place(entry.header)}"
        if entry.meaning:
            by_meaning.setdefault(entry.meaning, []).append(entry.header)
        if entry.question and entry.question not in model.questions_by_id:
            allowed = model.questions_by_id
            yield PortfolioError("unknown_question", place=where, found=entry.question, allowed=allowed)
            continue
        options = (*choices(model, entry), OPEN)
        for option in entry.values.values():
            if option not in options:
                yield PortfolioError("unknown_option", place=where, found=option, allowed=filter(None, options))
    for meaning, headers in by_meaning.items():
        if len(headers) > 1:
            yield PortfolioError("mapped_twice", place=f"mapping: {meaning}", found=", ".join(headers))
    if "title" not in by_meaning:
        yield PortfolioError("no_title_column", place="mapping")


def _counted(table: RawTable, header: str) -> Counter[str]:
    place = table.headers.index(header)
    counted = Counter(row[place].strip() for row in table.rows)
    del counted[""]
    return counted


def _first_of(header: str, headers: tuple[str, ...]) -> str:
    """The heading that this one repeats: "Team" of "Team (2)" where both are there."""
    first, _, number = header.rpartition(" (")
    return first if number.removesuffix(")").isdigit() and first in headers else header


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()
