"""Workshops: made, found by link, code or key. Keys are never stored, and open nothing but their own room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from okr_assistant import audit
from okr_assistant.clock import Clock, Tokens, hashed, is_token
from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.workshop.codes import Codes, read_code
from okr_assistant.workshop.errors import NoRoomError, RoomError
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.ports import Keys, LetInBy, RoomStore
from okr_assistant.workshop.room import GROUP_SIZES, KEPT, Pulse, Room, Setup
from okr_assistant.workshop.voting import Voting

ABOUT_LIMIT = 1000
MOST_ROOMS = 200
"""Of one browser. Two that are made at the same moment may both be the last one, which does no harm."""
MOST_WRONG_CODES = 300
WRONG_CODES_WITHIN = timedelta(minutes=10)
"""Of all who type codes together. A code is one of 3.8e11: with a thousand rooms, 300 guesses every ten minutes
find one in about 24 years. Whoever has the link needs no code."""

_TRIES = 20


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room that was just made, with the two keys to it, which nobody can look up again."""

    id: str
    facilitator_key: str
    co_facilitator_key: str


@dataclass(frozen=True, slots=True)
class Workshops:
    """All that can be done with workshops; ``browser`` is the random id of a browser's cookie."""

    store: RoomStore
    clock: Clock
    tokens: Tokens
    codes: Codes

    def make(
        self,
        model: Model,
        *,
        title: str,
        about: str = "",
        questions: Sequence[str] = (),
        named: bool = False,
        smallest_group: int = 3,
        decider: str = "",
        browser: str | None = None,
    ) -> NewRoom:
        """Make a room for a workshop on these questions of the model, all of them when none is named.

        ``TextError`` and ``RoomError`` name the place of what cannot be.
        """
        for question in questions:
            if question not in model.questions_by_id:
                allowed = model.questions_by_id
                raise RoomError("other_question", place="questions", found=question, allowed=allowed)
        if smallest_group not in GROUP_SIZES:
            allowed_sizes = map(str, GROUP_SIZES)
            raise RoomError("not_allowed", place="smallest_group", found=smallest_group, allowed=allowed_sizes)
        setup = Setup(
            title=clean_title(title, "title"),
            about=clean_note(about, "about", ABOUT_LIMIT),
            model=model.version,
            digest=model.digest,
            questions=tuple(id_ for id_ in model.questions_by_id if not questions or id_ in questions),
            named=named,
            smallest_group=smallest_group,
            decider=clean_title(decider, "decider"),
        )
        if not setup.title:
            raise RoomError("no_title", place="title")
        if browser and self.store.count_rooms_of(hashed(browser)) >= MOST_ROOMS:
            raise RoomError("too_many_rooms", place="workshop", allowed=str(MOST_ROOMS))
        return self._keep(setup, browser)

    def _keep(self, setup: Setup, browser: str | None) -> NewRoom:
        new = NewRoom(self.tokens.token(), self.tokens.token(), self.tokens.token())
        keys = Keys(hashed(new.facilitator_key), hashed(new.co_facilitator_key))
        for _ in range(_TRIES):
            room = Room(new.id, self.codes.code(), setup, self.clock.now())
            if self.store.add_room(room, keys, hashed(browser) if browser else None):
                audit.note("room made", new.id)
                return new
        raise StoreError("storage_failed", place="storage", found="no free code")

    def room(self, room_id: str) -> Room:
        """Return a room by the id in its address; ``NoRoomError`` when there is none."""
        room = self.store.room(room_id) if is_token(room_id) else None
        if room is None or not self._is_kept(room_id):
            raise NoRoomError
        return room

    def kept_until(self, room_id: str) -> datetime:
        """Return when the room will be deleted if nobody does anything in it until then."""
        used = self.store.used_at(room_id)
        if used is None:
            raise NoRoomError
        return used + KEPT

    def pulse(self, room_id: str) -> Pulse:
        """Return what tells whether anything changed in a room; ``NoRoomError`` when there is none."""
        pulse = self.store.pulse(room_id) if is_token(room_id) else None
        if pulse is None or not self._lasts(pulse.used_at):
            raise NoRoomError
        return pulse

    def find(self, typed: str) -> str:
        """Return the id of the room with the code that somebody typed.

        ``RoomError`` when it leads to none, or so many others did lately that guessing has to be made slow; the
        room's link works all the same.
        """
        now = self.clock.now()
        wrong = self.store.wrong_codes(now - WRONG_CODES_WITHIN)
        if wrong >= MOST_WRONG_CODES:
            raise RoomError("too_many_codes", place="code", allowed=str(WRONG_CODES_WITHIN.seconds // 60))
        code = read_code(typed)
        if code is None:
            raise RoomError("no_code", place="code")
        found = self.store.room_with_code(code)
        if found is None or not self._is_kept(found):
            self.store.add_wrong_code(now)
            if wrong + 1 == MOST_WRONG_CODES:
                audit.note(
                    "refused: typed codes, for some minutes; too many were wrong", refused=True, wrong=wrong + 1
                )
            raise RoomError("wrong_code", place="code")
        return found

    def facilitation(self, room_id: str, browser: str | None) -> Facilitation:
        """Return what a browser that was let in can do; ``NoRoomError`` when it was not."""
        let_in_by = self.store.facilitates(room_id, hashed(browser)) if browser and is_token(room_id) else None
        if let_in_by is None:
            raise NoRoomError
        return self._facilitation(room_id, let_in_by)

    def facilitation_by_key(self, key: str) -> Facilitation:
        """Return what a facilitator's or co-facilitator's key allows; ``NoRoomError`` when it opens nothing."""
        found = self.store.room_with_key(hashed(key)) if is_token(key) else None
        if found is None:
            raise NoRoomError
        return self._facilitation(*found)

    def let_in(self, key: str, browser: str) -> str:
        """Let a browser facilitate the room that this key opens, without the key from now on; return its id."""
        room_id = self.facilitation_by_key(key).room_id
        with self.store.change_room(room_id) as change:
            # Asked again: the co-facilitator's key may have been replaced since.
            keys = None if change.room is None else change.keys()
            if keys is None or hashed(key) not in {keys.facilitator, keys.co_facilitator}:
                raise NoRoomError
            change.let_in(hashed(browser), by_co_key=hashed(key) == keys.co_facilitator)
        return room_id

    def rooms_of(self, browser: str) -> tuple[Room, ...]:
        """Return the rooms that this browser facilitates, the last made first."""
        return tuple(room for room in self.store.rooms_of(hashed(browser)) if self._is_kept(room.id))

    def voting(self, room_id: str) -> Voting:
        """Return what participants can do in a room; ``NoRoomError`` when there is none."""
        return self.voting_in(self.room(room_id))

    def voting_in(self, room: Room) -> Voting:
        """Return what participants can do in this room, which is there."""
        return Voting(room.id, self.store, self.clock, self.tokens)

    def _is_kept(self, room_id: str) -> bool:
        used = self.store.used_at(room_id)
        return used is not None and self._lasts(used)

    def _lasts(self, used: datetime) -> bool:
        """Tell whether a room last used then is there for people: at the very instant of its end it is not."""
        return self.clock.now() < used + KEPT

    def _facilitation(self, room_id: str, by: LetInBy) -> Facilitation:
        if not self._is_kept(room_id):
            raise NoRoomError
        return Facilitation(room_id, self.store, self.clock, self.tokens, is_co=by == "co_key")
