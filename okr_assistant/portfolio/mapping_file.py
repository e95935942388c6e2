"""A mapping as a JSON file, so that the next export of the same tracker is read in the same way."""

from __future__ import annotations

import json
from typing import Any

from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import PortfolioError
from okr_assistant.portfolio.json_values import check_format, entries, table, text, texts
from okr_assistant.portfolio.mapping import FIELDS, Column, Mapping

FORMAT = "okr-assistant mapping 1"
MAX_BYTES = 2**20
_KEYS = ("header", "field", "question", "values")


def read_mapping(data: bytes, place: str = "mapping") -> Mapping:
    """Read a mapping; whether the model has its questions and options is for ``mapping.problems`` to say."""
    raw = table(read_json(data, place, MAX_BYTES), place, ("format", "columns"), ("format", "columns"))
    check_format(raw, FORMAT, place)
    columns = tuple(_column(entry, at) for entry, at in entries(raw, "columns", place))
    seen: set[str] = set()
    for number, column in enumerate(columns, start=1):
        if column.header in seen:
            raise PortfolioError("repeated_id", place=f"{place}: column {number}", found=column.header)
        seen.add(column.header)
    return Mapping(columns)


def write_mapping(mapping: Mapping) -> bytes:
    """Return the mapping as the bytes of a file."""
    whole = {"format": FORMAT, "columns": [_to_json(column) for column in mapping.columns]}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode()


def _column(raw: Any, place: str) -> Column:
    entry = table(raw, place, _KEYS, ("header",))
    if "field" in entry and "question" in entry:
        raise PortfolioError("not_allowed", place=place, found="field and question", allowed="one of them")
    field = text(entry["field"], f"{place}: field") if "field" in entry else None
    if field is not None and field not in FIELDS:
        raise PortfolioError("not_allowed", place=f"{place}: field", found=field, allowed=FIELDS)
    return Column(
        header=text(entry["header"], f"{place}: header"),
        field=field,
        question=text(entry.get("question", ""), f"{place}: question"),
        values=texts(entry.get("values", {}), f"{place}: values"),
    )


def _to_json(column: Column) -> dict[str, Any]:
    kept = {
        "header": column.header,
        "field": column.field,
        "question": column.question,
        "values": {**column.values},
    }
    return {key: value for key, value in kept.items() if value or key == "header"}
