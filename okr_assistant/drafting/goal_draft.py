"""The first draft of a goal: what somebody wrote into a form, checked, and as strict JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from okr_assistant.decision.strict_json import read_json
from okr_assistant.drafting.forms import DraftForm, Field, form_for, forms
from okr_assistant.errors import DraftError
from okr_assistant.free_text import NOTE_LIMIT, clean_note, clean_title

FORMAT = 1
MAX_BYTES = 256 * 1024
LINE_LIMIT = 300
MOST_NUMBER = 9999
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)

Cell: TypeAlias = str | int
Row: TypeAlias = Mapping[str, Cell]
Value: TypeAlias = Cell | tuple[str, ...] | tuple[Row, ...]
"""By kind: text, a whole number, an ISO date, an option's id; lines; rows of these. What is empty is none."""

_KEYS = ("format", "approach", "variant", "title", "model", "values")
_MODEL = re.compile(r"\d{4}\.\d{1,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What is written for one approach and variant. ``model`` is the version that advised on it, or empty."""

    approach: str
    variant: str = ""
    title: str = ""
    model: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def form(self) -> DraftForm:
        """The form that it was written into."""
        found = form_for(self.approach, self.variant)
        assert found is not None  # noqa: S101 - a draft is of a form that there is
        return found

    @property
    def fields(self) -> tuple[Field, ...]:
        """What that form can ask for, whatever the answers are."""
        return self.form.fields(self.variant)

    def rows(self, id_: str) -> tuple[Row, ...]:
        """The rows of a field; none when nothing is written."""
        return self.values.get(id_, ())  # type: ignore[return-value]

    def text(self, id_: str) -> str:
        """What is written in a field of one text; empty when nothing is."""
        return str(self.values.get(id_, ""))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, in the order of the form; ``goal_draft_from_json`` reads them."""
        return {
            "format": FORMAT,
            "approach": self.approach,
            "variant": self.variant,
            "title": self.title,
            "model": self.model,
            "values": {each.id: _plain(self.values[each.id]) for each in self.fields if each.id in self.values},
        }


def read_goal_draft(data: bytes, place: str = "draft") -> GoalDraft:
    """Read a draft; ``DraftError``, ``SheetError`` and ``TextError`` name the place of what cannot be read."""
    return goal_draft_from_json(read_json(data, place, most=MAX_BYTES), place)


def goal_draft_from_json(raw: Any, place: str = "draft") -> GoalDraft:
    """Like ``read_goal_draft``, from parsed JSON."""
    table = _table(raw, place)
    _only(table, _KEYS, place)
    if table.get("format") != FORMAT or isinstance(table["format"], bool):
        raise DraftError("not_allowed", place=f"{place}: format", found=table.get("format"), allowed=str(FORMAT))
    approach, variant = _text(table, "approach", place), _text(table, "variant", place)
    form = form_for(approach, variant)
    if form is None:
        known = [" ".join(filter(None, (each.approach, one))) for each in forms() for one in each.variants]
        found = " ".join(filter(None, (approach, variant)))
        raise DraftError("not_allowed", place=f"{place}: approach", found=found, allowed=known)
    model = _text(table, "model", place)
    if model and not _MODEL.fullmatch(model):
        raise DraftError("not_allowed", place=f"{place}: model", found=model, allowed="a version such as 2026.1")
    given = _table(table.get("values", {}), f"{place}: values")
    fields = {each.id: each for each in form.fields(variant)}
    _only(given, tuple(fields), f"{place}: values")
    values = {id_: clean_value(fields[id_], value, f"{place}: {id_}") for id_, value in given.items()}
    title = clean_title(_text(table, "title", place), f"{place}: title")
    return GoalDraft(approach, variant, title, model, {id_: v for id_, v in values.items() if v not in ("", ())})


def clean_value(asked: Field, raw: Any, place: str) -> Value:
    """Return what was given as it can be kept, which is empty where nothing was; else an error names ``place``."""
    match asked.kind:
        case "lines":
            return _lines(asked, raw, place)
        case "rows":
            return _rows(asked, raw, place)
        case "number":
            return clean_number(raw, place)
        case "date":
            return _date(raw, place)
        case "choice":
            allowed = ("", *(option.id for option in asked.options))
            if raw not in allowed:
                raise DraftError("not_allowed", place=place, found=raw, allowed=allowed[1:])
            return str(raw)
        case "text":
            return clean_note(_string(raw, place), place, NOTE_LIMIT)
        case "line":
            return clean_title(_string(raw, place), place, LINE_LIMIT)


def clean_number(raw: Any, place: str) -> Cell:
    """Return a whole number as it can be kept; an empty text means none."""
    if raw == "":
        return ""
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= MOST_NUMBER:
        raise DraftError("not_allowed", place=place, found=raw, allowed=f"a whole number from 0 to {MOST_NUMBER}")
    return raw


def _lines(asked: Field, raw: Any, place: str) -> tuple[str, ...]:
    given = _list(raw, asked.most, place)
    cleaned = (
        clean_title(_string(line, f"{place} {number}"), f"{place} {number}", LINE_LIMIT)
        for number, line in enumerate(given, start=1)
    )
    return tuple(line for line in cleaned if line)


def _rows(asked: Field, raw: Any, place: str) -> tuple[Row, ...]:
    columns = {column.id: column for column in asked.columns}
    rows = []
    for number, given in enumerate(_list(raw, asked.most, place), start=1):
        table = _table(given, f"{place} {number}")
        _only(table, tuple(columns), f"{place} {number}")
        row = {
            id_: clean_value(columns[id_], table[id_], f"{place} {number}: {id_}")
            for id_ in columns
            if id_ in table
        }
        rows.append({id_: cell for id_, cell in row.items() if isinstance(cell, str | int) and cell != ""})
    return tuple(row for row in rows if row)


def _date(raw: Any, place: str) -> str:
    text = _string(raw, place)
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.isoformat() != text or not FIRST_DAY <= found <= LAST_DAY):
        raise DraftError(
            "not_allowed", place=place, found=text, allowed=f"a date such as 2026-12-31, to {LAST_DAY}"
        )
    return text


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [entry if isinstance(entry, str) else dict(entry) for entry in value]
    return value


def _list(raw: Any, most: int, place: str) -> list[Any]:
    if not isinstance(raw, list):
        raise DraftError("wrong_type", place=place, found=raw, allowed="a list")
    if len(raw) > most:
        raise DraftError("too_many", place=place, found=f"{len(raw)}", allowed=f"at most {most}")
    return raw


def _table(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise DraftError("wrong_type", place=place, found=raw, allowed="a table")
    return raw


def _only(table: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in allowed:
            raise DraftError("unknown_key", place=place, found=key, allowed=allowed)


def _text(table: Mapping[str, Any], key: str, place: str) -> str:
    if key not in table:
        raise DraftError("missing_key", place=f"{place}: {key}")
    return _string(table[key], f"{place}: {key}")


def _string(raw: Any, place: str) -> str:
    if not isinstance(raw, str):
        raise DraftError("wrong_type", place=place, found=raw, allowed="text")
    return raw
