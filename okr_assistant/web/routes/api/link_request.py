"""Reading what somebody wants a link of: the choices of the page *Share*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from okr_assistant.errors import SheetError
from okr_assistant.sharing.links import DAYS, USUAL_DAYS, Days
from okr_assistant.sharing.record import FORMAT, Record, record_from_json
from okr_assistant.sharing.snapshot import LEVELS, USUAL_LEVEL, Level

Kind: TypeAlias = Literal["portable", "stored"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_KEYS = {
    "portable": ("kind", "sheet", "notes", "with_text"),
    "stored": ("kind", "sheet", "notes", "decision", "level", "days"),
}


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """``with_text`` is for a portable link, ``level`` and ``days`` are for a stored one."""

    kind: Kind
    record: Record
    with_text: bool
    level: Level
    days: Days


def read_link_request(raw: Any, place: str = "link") -> LinkRequest:
    """Read the request from parsed JSON; ``SheetError`` and ``TextError`` name the place."""
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place=place, found=raw, allowed='a table with "kind" and "sheet"')
    for key in ("kind", "sheet"):
        if key not in raw:
            raise SheetError("missing_key", place=f"{place}: {key}")
    kind: Kind = _one_of(raw["kind"], KINDS, f"{place}: kind")
    for key in raw:
        if key not in _KEYS[kind]:
            raise SheetError("unknown_key", place=place, found=key, allowed=_KEYS[kind])
    with_text = raw.get("with_text", False)
    if not isinstance(with_text, bool):
        raise SheetError("wrong_type", place=f"{place}: with_text", found=with_text, allowed="true, false")
    parts = {key: raw[key] for key in ("sheet", "notes", "decision") if key in raw}
    return LinkRequest(
        kind,
        record_from_json(parts | {"format": FORMAT}, place)[0],
        with_text,
        _one_of(raw.get("level", USUAL_LEVEL), LEVELS, f"{place}: level"),
        _one_of(raw.get("days", USUAL_DAYS), DAYS, f"{place}: days"),
    )


def _one_of(found: Any, allowed: tuple[Any, ...], place: str) -> Any:
    """One of the values, and of their type: ``True`` and 30.0 are equal to numbers."""
    if not any(type(found) is type(value) and found == value for value in allowed):
        raise SheetError("not_allowed", place=place, found=found, allowed=map(str, allowed))
    return found
