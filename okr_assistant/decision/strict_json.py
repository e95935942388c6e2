"""JSON that is read strictly: small, UTF-8, shallow, without duplicate keys, NaN or infinity."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from okr_assistant.errors import SheetError

MAX_BYTES = 64 * 1024
MAX_DEPTH = 16
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{}\]]', re.DOTALL)


def read_json(data: bytes, place: str, most: int = MAX_BYTES) -> Any:
    """Parse at most ``most`` bytes; ``SheetError`` names ``place`` and what is allowed."""
    if len(data) > most:
        raise SheetError("too_large", place=place, allowed=size(most))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SheetError("not_utf8", place=place, found=f"byte {error.start}") from error
    if text.startswith("\ufeff"):
        raise SheetError("byte_order_mark", place=place)
    if _depth(text) > MAX_DEPTH:
        raise SheetError("too_deep", place=place, allowed=f"{MAX_DEPTH} levels")

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key, value in items:
            if key in table:
                raise SheetError("duplicate_key", place=place, found=key)
            table[key] = value
        return table

    def constant(name: str) -> NoReturn:
        raise SheetError("not_a_number", place=place, found=name)

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        line = f", line {error.lineno}" if "\n" in text.strip() else ""
        where = f"{place}{line}, column {error.colno}"
        raise SheetError("not_json", place=where, found=error.msg) from error
    except ValueError as error:  # an integer of thousands of digits
        raise SheetError("not_a_number", place=place, found="a very long number") from error


def size(limit: int) -> str:
    """A limit as it is written in errors."""
    return f"{limit // 2**10} KiB" if limit % 2**20 else f"{limit // 2**20} MiB"


def _depth(text: str) -> int:
    """How deep brackets nest, strings left out; cheap, and it cannot overflow the stack as a parser can."""
    depth = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest
