"""One transaction on one room, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from okr_assistant.store import room_statements
from okr_assistant.store.database import insert
from okr_assistant.store.room_rows import (
    participant_from_row,
    participant_to_row,
    room_from_row,
    room_to_row,
    vote_from_row,
    vote_to_row,
)
from okr_assistant.store.tables import facilitators, participants, rooms, votes
from okr_assistant.workshop.ports import Keys
from okr_assistant.workshop.room import Participant, Room, Vote


class SqlRoomChange:
    """``workshop.ports.RoomChange``: what each method promises is said there."""

    def __init__(self, connection: Connection, room_id: str) -> None:
        self._connection = connection
        self._id = room_id
        row = connection.execute(room_statements.ROOM_TO_CHANGE, {"in_room": room_id}).first()
        self._room = None if row is None else room_from_row(row)

    @property
    def room(self) -> Room | None:
        """The room as it is now."""
        return self._room

    def save(self, room: Room) -> None:
        """Put this in the place of the room, with a revision that is one higher than it was."""
        if self._room is None or room.revision != self._room.revision + 1:
            raise ValueError(f"revision {room.revision} does not follow the room's")
        self._set(room_to_row(room))
        self._room = room

    def used(self, at: datetime) -> None:
        """Note that somebody was active; the latest time counts."""
        self._connection.execute(room_statements.SET_USED_AT, {"in_room": self._id, "before": at, "used_at": at})

    def keys(self) -> Keys:
        """Return the keys of the room."""
        query = select(rooms.c.facilitator_hash, rooms.c.co_facilitator_hash).where(rooms.c.id == self._id)
        return Keys(*self._connection.execute(query).one())

    def set_co_facilitator(self, key_hash: bytes) -> None:
        """Replace the co-facilitator's key, and let go of the browsers that the old one let in."""
        self._set({"co_facilitator_hash": key_hash})
        by_old_key = (facilitators.c.room_id == self._id) & facilitators.c.by_co_key
        self._connection.execute(delete(facilitators).where(by_old_key))

    def let_in(self, browser_hash: bytes, *, by_co_key: bool) -> None:
        """Let this browser facilitate the room, once."""
        add_facilitator(self._connection, self._id, browser_hash, by_co_key=by_co_key)

    def participants(self) -> int:
        """Count the people in the room, spectators too."""
        query = select(func.count()).where(participants.c.room_id == self._id)
        return self._connection.execute(query).scalar_one()

    def participant(self, token_hash: bytes) -> Participant | None:
        """Return the participant of this room with this token."""
        here = {"in_room": self._id, "token": token_hash}
        row = self._connection.execute(room_statements.PARTICIPANT_HERE, here).first()
        return None if row is None else participant_from_row(row)

    def person(self, seat: int) -> Participant | None:
        """Return the participant of this room with this seat."""
        here = (participants.c.room_id == self._id) & (participants.c.seat == seat)
        row = self._connection.execute(select(participants).where(here)).first()
        return None if row is None else participant_from_row(row)

    def add(self, token_hash: bytes, name: str, at: datetime, *, spectator: bool) -> Participant:
        """Give somebody a seat that nobody in this room ever had."""
        given = select(rooms.c.seats).where(rooms.c.id == self._id)
        seat = self._connection.execute(given).scalar_one() + 1
        self._set({"seats": seat})
        participant = Participant(seat, name, spectator, at)
        row = participant_to_row(participant) | {"room_id": self._id, "token_hash": token_hash}
        self._connection.execute(insert(self._connection, participants, row))
        return participant

    def update(self, participant: Participant) -> None:
        """Put this in the place of the participant with the same seat."""
        here = {"in_room": self._id, "in_seat": participant.seat}
        self._connection.execute(room_statements.SET_PARTICIPANT, here | participant_to_row(participant))

    def remove(self, seat: int) -> None:
        """Delete a participant with their votes and receipts."""
        here = (participants.c.room_id == self._id) & (participants.c.seat == seat)
        self._connection.execute(delete(participants).where(here))

    def votes_of(self, seat: int, round_: int) -> tuple[Vote, ...]:
        """Return what this participant voted in this round."""
        here = {"in_room": self._id, "in_seat": seat, "in_round": round_}
        rows = self._connection.execute(room_statements.OWN_VOTES_IN_ROUND, here)
        return tuple(vote_from_row(row) for row in rows)

    def voters(self, round_: int) -> Mapping[str, int]:
        """Count who voted in this round, by question; without those on which nobody did."""
        here = (votes.c.room_id == self._id) & (votes.c.round == round_)
        query = select(votes.c.question, func.count().label("voted")).where(here).group_by(votes.c.question)
        return {row.question: row.voted for row in self._connection.execute(query)}

    def put_votes(self, new: Sequence[Vote]) -> None:
        """Keep votes, each in the place of an earlier one of that seat on that question in that round."""
        if new:
            put = room_statements.put_votes(self._connection.dialect.name)
            self._connection.execute(put, [vote_to_row(self._id, vote) for vote in new])

    def receipts(self, seat: int) -> int:
        """Count what was received from this participant."""
        here = {"in_room": self._id, "in_seat": seat}
        return self._connection.execute(room_statements.RECEIPTS, here).scalar_one()

    def receipt(self, seat: int, key: str) -> bytes | None:
        """Return the digest of what was received from this participant under this key."""
        here = {"in_room": self._id, "in_seat": seat, "with_key": key}
        digest: bytes | None = self._connection.execute(room_statements.RECEIPT, here).scalar()
        return digest

    def add_receipt(self, seat: int, key: str, digest: bytes) -> None:
        """Note that something was received under this key; there is none under it yet."""
        row = {"room_id": self._id, "seat": seat, "key": key, "digest": digest}
        self._connection.execute(room_statements.ADD_RECEIPT, row)

    def _set(self, values: dict[str, Any]) -> None:
        self._connection.execute(update(rooms).where(rooms.c.id == self._id).values(values))


def add_facilitator(connection: Connection, room_id: str, browser_hash: bytes, *, by_co_key: bool) -> None:
    """Let this browser facilitate the room; whom the facilitator's own key let in stays so."""
    row = {"room_id": room_id, "browser_hash": browser_hash, "by_co_key": by_co_key}
    made, same = insert(connection, facilitators, row), facilitators.primary_key
    if by_co_key:
        connection.execute(made.on_conflict_do_nothing(index_elements=same))
    else:
        connection.execute(made.on_conflict_do_update(index_elements=same, set_={"by_co_key": False}))
