"""What whoever facilitates a workshop can do. Having one of these is the permission; ``workshops.py`` gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from okr_assistant import audit
from okr_assistant.clock import hashed
from okr_assistant.decision.model import Model
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.workshop import steps
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.in_room import InRoom, there
from okr_assistant.workshop.ports import RoomChange
from okr_assistant.workshop.room import Outcome, Room


@dataclass(frozen=True, slots=True)
class Facilitation(InRoom):
    """One room in the hands of its facilitator.

    Each step reads the room and changes it in one transaction: of two facilitators who do different things at the
    same moment, the second acts on what the first left. ``RoomError`` says why a step cannot be done now, and
    ``NoRoomError`` that the room is gone. ``lasts`` is how long a round runs; None until it is closed. ``is_co``
    is somebody who came by the co-facilitator's key.
    """

    is_co: bool

    def open_round(self, questions: Sequence[str] = (), lasts: timedelta | None = None) -> None:
        """Begin to vote on these questions; the first time on all of the room."""
        self._step(
            lambda room, now: steps.open_round(room, questions or room.setup.questions, _end(lasts, now), now)
        )

    def open_check(self, lasts: timedelta | None = None) -> None:
        """Put what was agreed to the check."""
        self._step(lambda room, now: steps.open_check(room, _end(lasts, now), now))

    def close(self) -> None:
        """End the voting without showing anything yet."""
        self._step(steps.close)

    def reopen(self, lasts: timedelta | None = None) -> None:
        """Vote on, or give the round another end."""
        self._step(lambda room, now: steps.reopen(room, _end(lasts, now), now))

    def reveal(self) -> None:
        """Show everybody's votes at once."""
        self._step_in(lambda change, room, now: steps.reveal(room, change.voters(len(room.rounds)), now))

    def focus(self, question: str) -> None:
        """Talk about this question; empty for none."""
        self._step(lambda room, now: steps.focus(room, question, now))

    def agree(
        self, answers: Mapping[str, str | None], model: Model, *, seen: Mapping[str, str] | None = None
    ) -> None:
        """Take these as the group's answers, if they are still as ``seen``; None takes one back."""
        self._step(lambda room, now: steps.agree(room, answers, model, now, seen=seen))

    def nudge(self) -> None:
        """Ask those who are not done to go on."""
        self._step(steps.nudge)

    def finish(self, decided: str, because: str = "", owner: str = "", review_on: date | None = None) -> None:
        """End the workshop with what came out of it; ``TextError`` when a text cannot be kept."""
        outcome = cleaned_outcome(decided, because, owner, review_on)
        self._step(lambda room, now: steps.finish(room, outcome, now))

    def correct(self, decided: str, because: str = "", owner: str = "", review_on: date | None = None) -> None:
        """Say otherwise what came out, after the end; ``TextError`` when a text cannot be kept."""
        outcome = cleaned_outcome(decided, because, owner, review_on)
        self._step(lambda room, now: steps.correct(room, outcome, now))

    def remove(self, seat: int) -> None:
        """Take somebody away who has not voted at all; whoever has can only leave by themselves.

        Nothing happens when nobody has this seat any more.
        """
        with self.store.change_room(self.room_id) as change:
            room, person = there(change), change.person(seat)
            if person is not None:
                if person.begun:
                    raise RoomError("has_voted", place="workshop")
                change.remove(seat)
                # Their own page has to be made anew, and asks them to join.
                change.save(replace(room, revision=room.revision + 1))
            change.used(self.clock.now())

    def new_co_facilitator_key(self) -> str:
        """Make another key for co-facilitators; the one before, and whoever came in by it, is out.

        ``RoomError`` for a co-facilitator: they would be out at once, and nobody would have seen the new key.
        """
        if self.is_co:
            raise RoomError("not_for_co", place="workshop")
        key, now = self.tokens.token(), self.clock.now()
        with self.store.change_room(self.room_id) as change:
            there(change)
            change.set_co_facilitator(hashed(key))
            change.used(now)
        audit.note("co-facilitator's key replaced", self.room_id)
        return key

    def delete(self) -> None:
        """Delete the room with everything in it."""
        self.store.delete_room(self.room_id)
        audit.note("room deleted by its facilitator", self.room_id)

    def _step(self, step: Callable[[Room, datetime], Room]) -> None:
        self._step_in(lambda _change, room, now: step(room, now))

    def _step_in(self, step: Callable[[RoomChange, Room, datetime], Room]) -> None:
        with self.store.change_room(self.room_id) as change:
            room = there(change)
            # Asked for when it is this step's turn: of two at once, the second is the later one.
            now = self.clock.now()
            changed = step(change, room, now)
            if changed != room:
                change.save(replace(changed, revision=room.revision + 1))
            change.used(now)


def cleaned_outcome(decided: str, because: str, owner: str, review_on: date | None) -> Outcome:
    """Return what came out as it would be kept.

    ``TextError`` names the text that cannot be; ``RoomError`` says that the decision itself is missing.
    """
    outcome = Outcome(
        decided=clean_title(decided, "decided"),
        because=clean_note(because, "because"),
        owner=clean_title(owner, "owner"),
        review_on=review_on,
    )
    if not outcome.decided:
        raise RoomError("no_decision", place="decided")
    return outcome


def _end(lasts: timedelta | None, now: datetime) -> datetime | None:
    return None if lasts is None else now + lasts
