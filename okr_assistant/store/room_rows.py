"""Between rows and what ``workshop`` knows. A room is JSON text, with what is asked for often beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from okr_assistant.store.rows import as_text, readable
from okr_assistant.workshop.room import Participant, Room, Vote

_ROOM = TypeAdapter(Room)


def room_to_row(room: Room) -> dict[str, Any]:
    """Return the columns of a room that its every change writes."""
    return {
        "state": as_text(_ROOM.dump_python(room, mode="json")),
        "revision": room.revision,
        "round": len(room.rounds),
        "closes_at": _closes_by_itself(room),
    }


def room_from_row(row: Row[Any]) -> Room:
    """Return the room of a row; ``StoreError`` when it cannot be read."""
    with readable():
        # What somebody edited, or a newer release wrote, is refused, and not taken for something similar.
        return _ROOM.validate_json(row.state, strict=True, extra="forbid")


def participant_to_row(participant: Participant) -> dict[str, Any]:
    """Return the columns of a participant that say nothing of room and token."""
    return {key: getattr(participant, key) for key in Participant.__slots__}


def participant_from_row(row: Row[Any]) -> Participant:
    """Return the participant of a row."""
    return Participant(**{key: getattr(row, key) for key in Participant.__slots__})


def vote_to_row(room_id: str, vote: Vote) -> dict[str, Any]:
    """Return the columns of a vote in this room."""
    return {"room_id": room_id} | {key: getattr(vote, key) for key in Vote.__slots__}


def vote_from_row(row: Row[Any]) -> Vote:
    """Return the vote of a row."""
    return Vote(**{key: getattr(row, key) for key in Vote.__slots__})


def _closes_by_itself(room: Room) -> datetime | None:
    current = room.round
    return None if current is None or current.closed_at is not None else current.closes_at
