"""My results: what a browser keeps here, without an account, until it has not been here for long."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from okr_assistant.clock import Clock, Tokens, hashed
from okr_assistant.decision.registry import Models
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import OkrAssistantError, SheetError
from okr_assistant.free_text import clean_title
from okr_assistant.sharing.ports import RESULTS_KEPT, ResultStore, SavedResult
from okr_assistant.sharing.record import Record, record_from_json

MOST = 500
"""Results of one browser."""
MAX_BYTES = 4 * 1024 * 1024
"""Of a file with results that is read; a record with long notes takes a few KiB."""
_TICK = timedelta(microseconds=1)
FORMAT = 1


class ResultsError(OkrAssistantError):
    """A result cannot be kept or changed."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that a browser can do with its results; ``browser`` is the random id of its cookie."""

    store: ResultStore
    clock: Clock
    tokens: Tokens

    def keep(self, browser: str, *records: Record) -> None:
        """Keep these as new results, listed in this order before all others.

        ``ResultsError`` when there would be too many, and none is kept.
        """
        now = self.clock.now()
        # the last changed is listed first
        times = [now + place * _TICK for place in reversed(range(len(records)))]
        new = [SavedResult(self.tokens.token(), record, at, at) for record, at in zip(records, times, strict=True)]
        if not self.store.keep(hashed(browser), new, most=MOST):
            raise ResultsError("too_many_results", place="results", allowed=str(MOST))

    def keep_once(self, browser: str, record: Record) -> None:
        """Keep a result unless the one kept last is the same: a second click on the button keeps nothing."""
        latest = next(iter(self.all(browser)), None)
        if latest is None or latest.record != record:
            self.keep(browser, record)

    def all(self, browser: str) -> tuple[SavedResult, ...]:
        """Return them, the last changed first."""
        return self.store.results(hashed(browser))

    def rename(self, browser: str, saved: SavedResult, title: str) -> None:
        """Give a result another title; ``TextError`` when it cannot be one, ``ResultsError`` when it is gone."""
        sheet = replace(saved.record.sheet, title=clean_title(title))
        record = replace(saved.record, sheet=sheet)
        if not self.store.save(hashed(browser), replace(saved, record=record, changed_at=self.clock.now())):
            raise ResultsError("result_is_gone", place="results")

    def delete(self, browser: str, result_id: str) -> None:
        """Delete one."""
        self.store.delete(hashed(browser), result_id)

    def delete_all(self, browser: str) -> None:
        """Delete all of them."""
        self.store.delete_all(hashed(browser))

    def visit(self, browser: str) -> datetime:
        """Note that the browser is here; return when its results will be deleted if it does not come again."""
        now = self.clock.now()
        self.store.visit(hashed(browser), now)
        return now + RESULTS_KEPT

    def to_file(self, browser: str) -> bytes:
        """Return all results as one JSON file, which ``from_file`` reads."""
        whole = {"format": FORMAT, "results": [saved.record.to_json() for saved in self.all(browser)]}
        return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode()

    def from_file(self, browser: str, data: bytes, models: Models, place: str) -> int:
        """Keep every result of a file, beside what is there already; return how many.

        ``SheetError``, ``TextError`` and ``UnknownModelError`` name the place, and nothing is kept.
        """
        records = _read(read_json(data, place, most=MAX_BYTES), place)
        for number, record in enumerate(records, start=1):
            models.for_sheet(record.sheet, f"{place}: results, {number}")
        self.keep(browser, *records)
        return len(records)


def _read(raw: Any, place: str) -> list[Record]:
    if not isinstance(raw, dict) or "results" not in raw:
        return [record_from_json(raw, place)[0]]  # a file with one result
    for key in raw:
        if key not in ("format", "results"):
            raise SheetError("unknown_key", place=place, found=key, allowed=("format", "results"))
    if raw.get("format") != FORMAT or isinstance(raw["format"], bool):
        raise SheetError("not_allowed", place=f"{place}: format", found=raw.get("format"), allowed=str(FORMAT))
    if not isinstance(raw["results"], list):
        raise SheetError("wrong_type", place=f"{place}: results", found=raw["results"], allowed="a list")
    return [
        record_from_json(entry, f"{place}: results, {number}")[0]
        for number, entry in enumerate(raw["results"], start=1)
    ]
