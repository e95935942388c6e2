"""What whoever leads a room and whoever takes part in it can both read: never a vote before its reveal."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.clock import Clock, Tokens
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.ports import RoomChange, RoomStore
from okr_assistant.workshop.room import Participant, Pulse, Room, Vote


@dataclass(frozen=True, slots=True)
class InRoom:
    """One room, by its id."""

    room_id: str
    store: RoomStore
    clock: Clock
    tokens: Tokens

    def room(self) -> Room:
        """Return the room as it is now; ``NoRoomError`` when it is gone."""
        room = self.store.room(self.room_id)
        if room is None:
            raise NoRoomError
        return room

    def pulse(self) -> Pulse:
        """Return what tells whether anything changed; ``NoRoomError`` when the room is gone."""
        pulse = self.store.pulse(self.room_id)
        if pulse is None:
            raise NoRoomError
        return pulse

    def people(self) -> tuple[Participant, ...]:
        """Return everybody in the room, by seat."""
        return self.store.people(self.room_id)

    def votes(self) -> tuple[Vote, ...]:
        """Return the votes of all rounds that were revealed, the check's among them, and of no other.

        Nothing else in this program reads votes of others.
        """
        room = self.room()
        return self.store.votes(room.id, [round_.number for round_ in room.rounds if round_.revealed_at])


def there(change: RoomChange) -> Room:
    """Return the room of a transaction; ``NoRoomError`` when it is gone."""
    if change.room is None:
        raise NoRoomError
    return change.room
