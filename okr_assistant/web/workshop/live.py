"""When what a room shows may have changed: what every screen asks for all the time."""

from __future__ import annotations

from datetime import datetime

from okr_assistant.workshop.room import Pulse, Room


def version(seen: Pulse | Room, now: datetime) -> str:
    """Return a text that changes when the room does, and when a round closes by itself."""
    if isinstance(seen, Room):
        runs = seen.round is not None and seen.round.closed_at is None
        ends = seen.round.closes_at if seen.round and runs else None
    else:
        ends = seen.closes_at
    return f"{seen.revision}{'c' if ends and now >= ends else ''}"
