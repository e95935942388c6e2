"""A record: an answer sheet with what people added to it. What is saved, exported or shared is made from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from okr_assistant.decision.sheet import AnswerSheet, sheet_from_json
from okr_assistant.errors import SheetError
from okr_assistant.free_text import clean_note, clean_title

FORMAT = 1
_KEYS = ("format", "sheet", "notes", "decision", "result")
_DECISION_KEYS = ("decided", "because", "owner", "review_on")


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided, which may differ from the advice. All of it is their own text; empty means not said."""

    decided: str = ""
    because: str = ""
    owner: str = ""
    review_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.decided or self.because or self.owner or self.review_on)


@dataclass(frozen=True, slots=True)
class Record:
    """``sheet.model`` names the version that the answers were given on; ``notes`` is free text."""

    sheet: AnswerSheet
    notes: str = ""
    decision: Decision = field(default_factory=Decision)

    def to_json(self) -> dict[str, Any]:
        """The record without a result, as plain JSON values; ``record_from_json`` reads it."""
        sheet: dict[str, Any] = {"answers": dict(self.sheet.answers), "title": self.sheet.title}
        if self.sheet.model is not None:
            sheet["model"] = self.sheet.model
        return {
            "format": FORMAT,
            "sheet": sheet,
            "notes": self.notes,
            "decision": {
                "decided": self.decision.decided,
                "because": self.decision.because,
                "owner": self.decision.owner,
                "review_on": self.decision.review_on.isoformat() if self.decision.review_on else None,
            },
        }


def record_from_json(raw: Any, place: str = "record") -> tuple[Record, Any]:
    """Read a record, or a bare answer sheet, from parsed JSON; and the result it came with, unread.

    ``SheetError`` and ``TextError`` name the place. Whether the answers fit a model is not checked here.
    """
    if not isinstance(raw, dict) or "sheet" not in raw:
        return Record(sheet_from_json(raw, place)), None
    _only(raw, _KEYS, place)
    if raw.get("format") != FORMAT or isinstance(raw["format"], bool):
        raise SheetError("not_allowed", place=f"{place}: format", found=raw.get("format"), allowed=str(FORMAT))
    sheet = sheet_from_json(raw["sheet"], f"{place}: sheet")
    notes = clean_note(_text(raw.get("notes", ""), f"{place}: notes"), f"{place}: notes")
    return Record(sheet, notes, _decision(raw.get("decision", {}), f"{place}: decision")), raw.get("result")


def _decision(raw: Any, place: str) -> Decision:
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place=place, found=raw, allowed="a table")
    _only(raw, _DECISION_KEYS, place)
    review_on = raw.get("review_on")
    return Decision(
        decided=clean_title(_text(raw.get("decided", ""), f"{place}.decided"), f"{place}.decided"),
        because=clean_note(_text(raw.get("because", ""), f"{place}.because"), f"{place}.because"),
        owner=clean_title(_text(raw.get("owner", ""), f"{place}.owner"), f"{place}.owner"),
        review_on=None if review_on is None else _date(review_on, f"{place}.review_on"),
    )


def _date(raw: Any, place: str) -> date:
    try:
        found = date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        found = None
    if found is None or found.isoformat() != raw:  # 20261231 and 2026-W01-1 are dates to Python as well
        raise SheetError("not_allowed", place=place, found=raw, allowed="a date such as 2026-12-31, or null")
    return found


def _only(raw: dict[str, Any], allowed: tuple[str, ...], place: str) -> None:
    for key in raw:
        if key not in allowed:
            raise SheetError("unknown_key", place=place, found=key, allowed=allowed)


def _text(raw: Any, place: str) -> str:
    if not isinstance(raw, str):
        raise SheetError("wrong_type", place=place, found=raw, allowed="text")
    return raw
