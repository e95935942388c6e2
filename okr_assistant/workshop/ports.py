"""What workshops need of a store. ``okr_assistant/store`` has the one implementation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from okr_assistant.workshop.room import Participant, Pulse, Room, Vote

LetInBy: TypeAlias = Literal["own_key", "co_key"]
"""Whether somebody leads by the facilitator's own key or by the co-facilitator's."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What is stored of the keys of a room: the SHA-256 of the facilitator's and of the co-facilitator's."""

    facilitator: bytes
    co_facilitator: bytes


class RoomChange(Protocol):
    """One transaction on one room. What is read in it stays so until it ends: nobody else changes this room.

    ``room`` is None when there is none (any more); then nothing else is asked.
    """

    @property
    def room(self) -> Room | None:
        """The room as it is now."""

    def save(self, room: Room) -> None:
        """Put this in the place of the room, with a revision that is one higher than it was."""

    def used(self, at: datetime) -> None:
        """Note that somebody was active, from which the end of the room is counted; the latest time counts."""

    def keys(self) -> Keys:
        """Return the keys of the room."""

    def set_co_facilitator(self, key_hash: bytes) -> None:
        """Replace the co-facilitator's key, and let go of the browsers that the old one let in."""

    def let_in(self, browser_hash: bytes, *, by_co_key: bool) -> None:
        """Let this browser facilitate the room, once; whom the facilitator's own key let in stays so."""

    def participants(self) -> int:
        """Count the people in the room, spectators too."""

    def participant(self, token_hash: bytes) -> Participant | None:
        """Return the participant of this room with this token."""

    def person(self, seat: int) -> Participant | None:
        """Return the participant of this room with this seat."""

    def add(self, token_hash: bytes, name: str, at: datetime, *, spectator: bool) -> Participant:
        """Give somebody a seat that nobody in this room ever had."""

    def update(self, participant: Participant) -> None:
        """Put this in the place of the participant with the same seat."""

    def remove(self, seat: int) -> None:
        """Delete a participant with their votes and receipts."""

    def votes_of(self, seat: int, round_: int) -> tuple[Vote, ...]:
        """Return what this participant voted in this round."""

    def voters(self, round_: int) -> Mapping[str, int]:
        """Count who voted in this round, by question; without those on which nobody did."""

    def put_votes(self, votes: Sequence[Vote]) -> None:
        """Keep votes, each in the place of an earlier one of that seat on that question in that round."""

    def receipts(self, seat: int) -> int:
        """Count what was received from this participant."""

    def receipt(self, seat: int, key: str) -> bytes | None:
        """Return the digest of what was received from this participant under this key."""

    def add_receipt(self, seat: int, key: str, digest: bytes) -> None:
        """Note that something was received under this key; there is none under it yet."""


class RoomStore(Protocol):
    """Rooms with their people and votes. Who may do what is judged in ``workshop``, not here.

    Every method that changes something has done so when it returns, or raises ``StoreError`` and has changed
    nothing.
    """

    def add_room(self, room: Room, keys: Keys, browser_hash: bytes | None) -> bool:
        """Keep a new room, facilitated by this browser; False, and nothing is kept, when its code is taken."""

    def one_state(self) -> AbstractContextManager[None]:
        """All that this thread reads in the block is of one state; it must not write in it."""

    def change_room(self, room_id: str) -> AbstractContextManager[RoomChange]:
        """Open a transaction on a room: kept when the block ends, nothing when it raises."""

    def room(self, room_id: str) -> Room | None:
        """Return the room with this id."""

    def room_with_code(self, code: str) -> str | None:
        """Return the id of the room with this code."""

    def room_with_key(self, key_hash: bytes) -> tuple[str, LetInBy] | None:
        """Return the id of the room that this key facilitates, and which of its two keys it is."""

    def facilitates(self, room_id: str, browser_hash: bytes) -> LetInBy | None:
        """Tell by which key this browser was let in to facilitate the room; None when it was not."""

    def rooms_of(self, browser_hash: bytes) -> tuple[Room, ...]:
        """Return the rooms that this browser facilitates, the last made first."""

    def count_rooms_of(self, browser_hash: bytes) -> int:
        """Count the rooms that this browser facilitates."""

    def pulse(self, room_id: str) -> Pulse | None:
        """Return what everybody asks for all the time; at most one row is read of each table but participants."""

    def people(self, room_id: str) -> tuple[Participant, ...]:
        """Return everybody in a room, by seat."""

    def participant(self, token_hash: bytes) -> tuple[str, Participant] | None:
        """Return the participant with this token and the id of their room."""

    def votes(self, room_id: str, rounds: Sequence[int]) -> tuple[Vote, ...]:
        """Return all votes of these rounds, by round, seat and question."""

    def own_votes(self, room_id: str, seat: int) -> tuple[Vote, ...]:
        """Return the votes of one participant, by round and question."""

    def delete_room(self, room_id: str) -> None:
        """Delete a room with everything in it; nothing happens when there is none."""

    def delete_rooms_not_used_since(self, instant: datetime) -> int:
        """Delete the rooms that were last used before ``instant``; return how many."""

    def used_at(self, room_id: str) -> datetime | None:
        """Return when the room was last used."""

    def wrong_codes(self, since: datetime) -> int:
        """Count the codes that were typed since and led to no room."""

    def add_wrong_code(self, at: datetime) -> None:
        """Note that a code led to no room; those noted more than a day before may be forgotten."""
