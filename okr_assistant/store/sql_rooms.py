"""Rooms, their people and votes in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from okr_assistant.store import room_statements
from okr_assistant.store.database import Database, insert, inserts
from okr_assistant.store.room_rows import participant_from_row, room_from_row, room_to_row, vote_from_row
from okr_assistant.store.sql_room_change import SqlRoomChange, add_facilitator
from okr_assistant.store.tables import facilitators, participants, rooms, votes, wrong_codes
from okr_assistant.workshop.ports import Keys, LetInBy, RoomChange
from okr_assistant.workshop.room import Participant, Pulse, Room, Vote

_WRONG_CODES_KEPT = timedelta(days=1)


class SqlRooms:
    """``workshop.ports.RoomStore``: what each method promises is said there."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add_room(self, room: Room, keys: Keys, browser_hash: bytes | None) -> bool:
        """Keep a new room, facilitated by this browser; False, and nothing is kept, when its code is taken."""
        row = room_to_row(room) | {
            "id": room.id,
            "code": room.code,
            "facilitator_hash": keys.facilitator,
            "co_facilitator_hash": keys.co_facilitator,
            "used_at": room.made_at,
            "seats": 0,
        }
        with self.database.write() as connection:
            if not inserts(connection, rooms, row, unless=rooms.c.code):
                return False
            if browser_hash is not None:
                add_facilitator(connection, room.id, browser_hash, by_co_key=False)
        return True

    def one_state(self) -> AbstractContextManager[None]:
        """All that this thread reads in the block is of one state; it must not write in it."""
        return self.database.one_state()

    @contextmanager
    def change_room(self, room_id: str) -> Iterator[RoomChange]:
        """Open a transaction on a room: kept when the block ends, nothing when it raises."""
        with self.database.write() as connection:
            yield SqlRoomChange(connection, room_id)

    def room(self, room_id: str) -> Room | None:
        """Return the room with this id."""
        with self.database.read() as connection:
            row = connection.execute(room_statements.ROOM, {"in_room": room_id}).first()
        return None if row is None else room_from_row(row)

    def room_with_code(self, code: str) -> str | None:
        """Return the id of the room with this code."""
        with self.database.read() as connection:
            return connection.execute(select(rooms.c.id).where(rooms.c.code == code)).scalar()

    def room_with_key(self, key_hash: bytes) -> tuple[str, LetInBy] | None:
        """Return the id of the room that this key facilitates, and which of its two keys it is."""
        is_own, is_co = rooms.c.facilitator_hash == key_hash, rooms.c.co_facilitator_hash == key_hash
        with self.database.read() as connection:
            row = connection.execute(select(rooms.c.id, is_own).where(or_(is_own, is_co))).first()
        return None if row is None else (row[0], "own_key" if row[1] else "co_key")

    def facilitates(self, room_id: str, browser_hash: bytes) -> LetInBy | None:
        """Tell by which key this browser was let in to facilitate the room; None when it was not."""
        here = {"in_room": room_id, "browser": browser_hash}
        with self.database.read() as connection:
            row = connection.execute(room_statements.FACILITATES, here).first()
        return None if row is None else ("co_key" if row.by_co_key else "own_key")

    def rooms_of(self, browser_hash: bytes) -> tuple[Room, ...]:
        """Return the rooms that this browser facilitates, the last made first."""
        query = select(rooms.c.state).join(facilitators).where(facilitators.c.browser_hash == browser_hash)
        with self.database.read() as connection:
            found = [room_from_row(row) for row in connection.execute(query.order_by(rooms.c.id))]
        return tuple(sorted(found, key=lambda room: room.made_at, reverse=True))

    def count_rooms_of(self, browser_hash: bytes) -> int:
        """Count the rooms that this browser facilitates."""
        query = select(func.count()).where(facilitators.c.browser_hash == browser_hash)
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def pulse(self, room_id: str) -> Pulse | None:
        """Return what everybody asks for all the time, with one statement."""
        with self.database.read() as connection:
            row = connection.execute(room_statements.PULSE, {"in_room": room_id}).first()
        return None if row is None else Pulse(*row)

    def people(self, room_id: str) -> tuple[Participant, ...]:
        """Return everybody in a room, by seat."""
        query = select(participants).where(participants.c.room_id == room_id).order_by(participants.c.seat)
        with self.database.read() as connection:
            return tuple(participant_from_row(row) for row in connection.execute(query))

    def participant(self, token_hash: bytes) -> tuple[str, Participant] | None:
        """Return the participant with this token and the id of their room."""
        with self.database.read() as connection:
            row = connection.execute(room_statements.PARTICIPANT, {"token": token_hash}).first()
        return None if row is None else (row.room_id, participant_from_row(row))

    def votes(self, room_id: str, rounds: Sequence[int]) -> tuple[Vote, ...]:
        """Return all votes of these rounds, by round, seat and question."""
        query = select(votes).where(votes.c.room_id == room_id, votes.c.round.in_(rounds))
        with self.database.read() as connection:
            found = [vote_from_row(row) for row in connection.execute(query)]
        # Here and not there: databases differ in how they sort text.
        return tuple(sorted(found, key=lambda vote: (vote.round, vote.seat, vote.question)))

    def own_votes(self, room_id: str, seat: int) -> tuple[Vote, ...]:
        """Return the votes of one participant, by round and question."""
        here = {"in_room": room_id, "in_seat": seat}
        with self.database.read() as connection:
            found = [vote_from_row(row) for row in connection.execute(room_statements.OWN_VOTES, here)]
        return tuple(sorted(found, key=lambda vote: (vote.round, vote.question)))

    def delete_room(self, room_id: str) -> None:
        """Delete a room with everything in it; nothing happens when there is none."""
        with self.database.write() as connection:
            connection.execute(delete(rooms).where(rooms.c.id == room_id))

    def delete_rooms_not_used_since(self, instant: datetime) -> int:
        """Delete the rooms that were last used before ``instant``; return how many."""
        with self.database.write() as connection:
            return connection.execute(delete(rooms).where(rooms.c.used_at < instant)).rowcount

    def used_at(self, room_id: str) -> datetime | None:
        """Return when the room was last used."""
        with self.database.read() as connection:
            return connection.execute(room_statements.USED_AT, {"in_room": room_id}).scalar()

    def wrong_codes(self, since: datetime) -> int:
        """Count the codes that were typed since and led to no room."""
        query = select(func.coalesce(func.sum(wrong_codes.c.codes), 0)).where(wrong_codes.c.at > since)
        with self.database.read() as connection:
            codes: int = connection.execute(query).scalar_one()
        return codes

    def add_wrong_code(self, at: datetime) -> None:
        """Note that a code led to no room; those noted more than a day before are forgotten."""
        with self.database.write() as connection:
            made = insert(connection, wrong_codes, {"at": at, "codes": 1})
            one_more = {"codes": wrong_codes.c.codes + 1}
            connection.execute(made.on_conflict_do_update(index_elements=[wrong_codes.c.at], set_=one_more))
            connection.execute(delete(wrong_codes).where(wrong_codes.c.at < at - _WRONG_CODES_KEPT))
