"""When a round closes by itself, for whoever leads it and for whoever answers: the same steps, other sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from okr_assistant.words import Words
from okr_assistant.workshop.room import Room

_COUNTED_DOWN = timedelta(hours=6)
_SAID_IN_HOURS = timedelta(hours=2)
_SAID_AS_A_DATE = timedelta(hours=36)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """When a round closes. ``seconds`` are left, None where nobody counts that far."""

    text: str
    seconds: int | None


def closes(at: datetime | None, now: datetime, words: Words) -> str:
    """Return when a round closes, on a page that is live; empty when it does not by itself, or has."""
    if at is None or at <= now:
        return ""
    left = at - now
    if left > _SAID_AS_A_DATE:
        return words("facilitate.closes_on", date=words.date(at.date()))
    if left >= _SAID_IN_HOURS:
        hours = words.counted("facilitate.hours", round(left / _HOUR))
        return words("facilitate.closes_in", left=hours)
    seconds = -(-left // timedelta(seconds=1))  # rounded up: while it is open, something is left
    clock = words("facilitate.left", minutes=seconds // 60, seconds=f"{seconds % 60:02}")
    return words("facilitate.closes_in", left=clock)


def closing_view(room: Room, now: datetime, words: Words) -> ClosingView | None:
    """Return when the round that is open closes, for a page that stands still without scripts.

    None where somebody closes it.
    """
    ends = room.round.closes_at if room.round and room.phase(now) == "voting" else None
    if ends is None:
        return None
    left = ends - now
    seconds = int(left.total_seconds()) if left <= _COUNTED_DOWN else None
    return ClosingView(_said(left, ends, words), seconds)


def _said(left: timedelta, ends: datetime, words: Words) -> str:
    if left > _SAID_AS_A_DATE:
        return words("room.closes_on", date=words.date(ends.date()))
    if left >= _SAID_IN_HOURS:
        return words.counted("room.closes_hours", round(left / _HOUR))
    minutes = round(left.total_seconds() / 60)
    return words.counted("room.closes_minutes", minutes) if minutes else words("room.closes_now")
