"""The lossless export: a record as JSON with its result, and reading it again.

The result is for people and programs that read the file. Whoever opens it here gets what the answers give now; a
result that says something else is pointed out and otherwise not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from okr_assistant.decision import strict_json
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.registry import Models
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import SheetError
from okr_assistant.sharing.record import Record, record_from_json

MAX_BYTES = 1024 * 1024
"""Of a record with its result, which is larger than a sheet; a bare sheet keeps the limit of ``strict_json``."""


def document(found: Assessment, record: Record) -> bytes:
    """Return the record with its result as JSON; the sheet names the model that it was worked out with."""
    return as_json(document_data(found, record))


def document_data(found: Assessment, record: Record) -> dict[str, Any]:
    """Return the same as plain JSON values."""
    pinned = replace(record, sheet=replace(record.sheet, model=found.model.version))
    return pinned.to_json() | {"result": found.to_json()}


def as_json(whole: Mapping[str, Any]) -> bytes:
    """Return plain JSON values as the bytes of a file that people can read as well."""
    return f"{json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)}\n".encode()


def read_given(data: bytes, models: Models, place: str = "record") -> tuple[Record, dict[str, Any]]:
    """Read a record whose answers fit their model, and the result it came with, which is not looked at.

    A bare answer sheet is one too. ``SheetError``, ``TextError`` and ``UnknownModelError`` name the place.
    """
    raw = read_json(data, place, most=MAX_BYTES)
    is_record = isinstance(raw, dict) and "sheet" in raw
    if not is_record and len(data) > strict_json.MAX_BYTES:
        raise SheetError("too_large", place=place, allowed=strict_json.size(strict_json.MAX_BYTES))
    record, stored = record_from_json(raw, place)
    models.for_sheet(record.sheet, f"{place}: sheet" if is_record else place)
    if stored is not None and not isinstance(stored, dict):
        raise SheetError("wrong_type", place=f"{place}: result", found=stored, allowed="a table")
    return record, stored or {}


def differences(stored: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys under which two results differ, of those that both have: releases may add some."""
    return tuple(key for key in stored if key in now and not _same(stored[key], now[key]))


def _same(one: Any, other: Any) -> bool:
    """The same JSON value: 1 and 1.0 are, which some programs do not tell apart; true and 1 are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
