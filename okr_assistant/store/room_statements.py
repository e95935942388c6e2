"""What the pages of a workshop and votes ask of the database all the time, each statement made once.

To make one takes SQLAlchemy longer than to have it answered.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, FunctionFilter, Integer, String, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from okr_assistant.store.database import inserting
from okr_assistant.store.tables import facilitators, participants, receipts, rooms, votes

# Not the names of columns, which an update takes as the new values.
_ROOM, _SEAT = bindparam("in_room", type_=String), bindparam("in_seat", type_=Integer)
_IN_ROOM = rooms.c.id == _ROOM


def _people_who(are: ColumnElement[bool]) -> FunctionFilter[int]:
    return func.count(participants.c.seat).filter(are)


_VOTE = ~participants.c.spectator
_IN_ROUND = _VOTE & (rooms.c.round > 0)  # before the first one nobody has begun it

PULSE = (
    select(
        rooms.c.revision,
        rooms.c.round,
        rooms.c.closes_at,
        rooms.c.used_at,
        _people_who(_VOTE),
        _people_who(participants.c.spectator),
        _people_who(_IN_ROUND & (participants.c.begun == rooms.c.round)),
        _people_who(_IN_ROUND & (participants.c.done == rooms.c.round)),
    )
    .outerjoin_from(rooms, participants)
    .where(_IN_ROOM)
    .group_by(rooms.c.id)
)
ROOM = select(rooms.c.state).where(_IN_ROOM)
# Others who change this room wait here. SQLite has one writer anyway and leaves the lock out.
ROOM_TO_CHANGE = ROOM.with_for_update()
USED_AT = select(rooms.c.used_at).where(_IN_ROOM)
SET_USED_AT = update(rooms).where(_IN_ROOM, rooms.c.used_at < bindparam("before"))

FACILITATES = select(facilitators.c.by_co_key).where(
    facilitators.c.room_id == _ROOM, facilitators.c.browser_hash == bindparam("browser")
)

PARTICIPANT = select(participants).where(participants.c.token_hash == bindparam("token"))
PARTICIPANT_HERE = PARTICIPANT.where(participants.c.room_id == _ROOM)
SET_PARTICIPANT = update(participants).where(participants.c.room_id == _ROOM, participants.c.seat == _SEAT)

OWN_VOTES = select(votes).where(votes.c.room_id == _ROOM, votes.c.seat == _SEAT)
OWN_VOTES_IN_ROUND = OWN_VOTES.where(votes.c.round == bindparam("in_round"))

RECEIPT = select(receipts.c.digest).where(
    receipts.c.room_id == _ROOM, receipts.c.seat == _SEAT, receipts.c.key == bindparam("with_key")
)
ADD_RECEIPT = receipts.insert()
RECEIPTS = select(func.count()).where(receipts.c.room_id == _ROOM, receipts.c.seat == _SEAT)


@cache
def put_votes(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Keep votes, each in the place of an earlier one of that seat on that question in that round."""
    made = inserting(dialect, votes)
    said = {name: made.excluded[name] for name in ("choice", "reason", "at")}
    return made.on_conflict_do_update(index_elements=votes.primary_key, set_=said)
