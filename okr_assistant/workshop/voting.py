"""What a participant can do: join, vote, come back, take their votes away. A token is who they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from okr_assistant import audit
from okr_assistant.clock import hashed, is_token
from okr_assistant.decision.model import Model
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.in_room import InRoom, there
from okr_assistant.workshop.ports import RoomChange
from okr_assistant.workshop.room import PLACES, Participant, Room, Round, Vote

REASON_LIMIT = 500
MOST_SENT = 5000
"""Submissions of one participant that are kept apart: a script gone wild sends more, and nobody else does."""
Received: TypeAlias = Literal["saved", "already_received"]
_PLACE = "vote"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for one question, and why; ``reason`` may be empty."""

    question: str
    choice: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Voting(InRoom):
    """One room for its participants; ``token`` is what ``join`` gave to one of them."""

    def me(self, token: str) -> Participant | None:
        """Return the participant of this room with this token."""
        found = self.store.participant(hashed(token)) if is_token(token) else None
        return found[1] if found and found[0] == self.room_id else None

    def my_votes(self, me: Participant) -> tuple[Vote, ...]:
        """Return a participant's own votes, by round and question."""
        return self.store.own_votes(self.room_id, me.seat)

    def join(self, token: str, name: str, *, spectator: bool = False) -> Participant:
        """Take a seat under this name; whoever has this token has the seat.

        Joining again with the same token, by a second click or to change the name, keeps the seat. ``TextError``
        when the name cannot be kept, ``RoomError`` when there is none, the room is full, the workshop is over, or
        the token is one of another room.
        """
        cleaned = clean_title(name, "name")
        if not cleaned:
            raise RoomError("no_name", place="name")
        now = self.clock.now()
        with self.store.change_room(self.room_id) as change:
            room = there(change)
            if room.finished_at is not None:
                raise RoomError("is_finished", place="workshop")
            me = change.participant(hashed(token)) if is_token(token) else None
            if me is not None:
                changed = replace(me, name=cleaned, spectator=spectator and not me.begun)
                if changed != me:
                    change.update(changed)
                    if room.setup.named:
                        _shown_anew(change, room)
            else:
                self._refuse_other_token(token)
                if change.participants() >= PLACES:
                    raise RoomError("room_is_full", place="workshop", allowed=str(PLACES))
                changed = change.add(hashed(token), cleaned, now, spectator=spectator)
            change.used(now)
        return changed

    def vote(self, token: str, round_: int, choices: Sequence[Choice], key: str, model: Model) -> Received:
        """Keep these votes, all or none, in the place of earlier ones on the same questions in this round.

        ``key`` is a token that is new for everything that is sent. What is sent again with the same key is known
        to be received, also after the round was closed; something else with it is refused. ``RoomError`` and
        ``TextError`` say what cannot be kept and why.
        """
        if not is_token(key):
            raise RoomError("no_key", place=_PLACE)
        cleaned = [
            replace(choice, reason=clean_note(choice.reason, choice.question, REASON_LIMIT)) for choice in choices
        ]
        now = self.clock.now()
        with self.store.change_room(self.room_id) as change:
            room = there(change)
            me = self._participant(change, token)
            received, digest = change.receipt(me.seat, key), _digest(round_, cleaned)
            if received is not None:
                if received != digest:
                    raise RoomError("other_submission", place=_PLACE)
                return "already_received"
            if change.receipts(me.seat) >= MOST_SENT:
                raise RoomError("too_many_sent", place=_PLACE, allowed=str(MOST_SENT))
            _keep(change, room, me, round_, cleaned, model, now)
            change.add_receipt(me.seat, key, digest)
            change.used(now)
        return "saved"

    def leave(self, token: str) -> None:
        """Take a participant's votes and name away; refused once the group's answers stand."""
        now = self.clock.now()
        with self.store.change_room(self.room_id) as change:
            room = there(change)
            me = self._participant(change, token)
            if room.answers_are_agreed:
                raise RoomError("answers_stand", place="workshop")
            change.remove(me.seat)
            _shown_anew(change, room)
            change.used(now)

    def _participant(self, change: RoomChange, token: str) -> Participant:
        me = change.participant(hashed(token)) if is_token(token) else None
        if me is None:
            self._refuse_other_token(token)
            raise RoomError("not_in_this_room", place="workshop")
        return me

    def _refuse_other_token(self, token: str) -> None:
        """Refuse what is no token, and the token of a participant of another room, of which the log is told."""
        if not is_token(token):
            raise RoomError("not_in_this_room", place="workshop")
        if self.store.participant(hashed(token)):
            audit.note("refused: a participant of another room", self.room_id, refused=True)
            raise RoomError("not_in_this_room", place="workshop")


def _shown_anew(change: RoomChange, room: Room) -> None:
    """Whoever has a reveal before them sees it as it is now: without these votes, or with this name.

    Before there is one, nobody's page has to be made anew: the counts of the pulse say who came and who went.
    """
    if room.votes_shown:
        change.save(replace(room, revision=room.revision + 1))


def _keep(
    change: RoomChange,
    room: Room,
    me: Participant,
    number: int,
    choices: Sequence[Choice],
    model: Model,
    now: datetime,
) -> None:
    current = _takes_votes(room, me, number, now)
    for choice in choices:
        if choice.question not in current.questions:
            raise RoomError("other_question", place=_PLACE, found=choice.question, allowed=current.questions)
        allowed = room.choices(choice.question, model)
        if choice.choice not in allowed:
            raise RoomError("unknown_option", place=choice.question, found=choice.choice, allowed=allowed)
    change.put_votes([Vote(me.seat, number, said.question, said.choice, said.reason, now) for said in choices])
    given = {vote.question for vote in change.votes_of(me.seat, number)}
    # Whatever was answered: who is done would tell something about an answer if it left out other questions.
    done = number if given.issuperset(current.questions) else me.done
    change.update(replace(me, begun=number if given else me.begun, done=done))


def _takes_votes(room: Room, me: Participant, number: int, now: datetime) -> Round:
    """The round that these votes are for, if it can take them."""
    phase = room.phase(now)
    if phase != "voting" or room.round is None:
        raise RoomError(f"late_{phase}" if phase in {"closed", "revealed"} else f"is_{phase}", place=_PLACE)
    if room.round.number != number:
        raise RoomError("other_round", place=_PLACE)
    if me.spectator:
        raise RoomError("spectators_watch", place=_PLACE)
    return room.round


def _digest(round_: int, choices: Sequence[Choice]) -> bytes:
    said = [round_, *((choice.question, choice.choice, choice.reason) for choice in choices)]
    return hashlib.sha256(json.dumps(said).encode()).digest()
