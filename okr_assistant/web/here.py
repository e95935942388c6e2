"""A workshop's room as whoever asks has it: what it is, and who they are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from starlette.requests import Request

from okr_assistant.decision.model import Model
from okr_assistant.errors import UnknownModelError
from okr_assistant.views.check import check_view
from okr_assistant.views.reveal import reveal_view
from okr_assistant.web.context import Services, services
from okr_assistant.web.reveals import Revealed
from okr_assistant.web.seat import seat_token
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import Participant, Phase, Room, Vote
from okr_assistant.workshop.voting import Voting


@dataclass(frozen=True)
class Here:
    """A room, the model it was made with, and the participant who asks; None for anybody else."""

    services: Services
    voting: Voting
    room: Room
    model: Model
    seat: str
    """The token of the seat that the browser says it has."""
    me: Participant | None
    now: datetime

    @property
    def path(self) -> str:
        """The address of the room, without the host."""
        return f"/w/{self.room.id}"

    @property
    def phase(self) -> Phase:
        """Where the workshop stands."""
        return self.room.phase(self.now)

    @property
    def kept_until(self) -> date:
        """The day on which the room will be deleted if nobody does anything in it until then."""
        return self.services.workshops.kept_until(self.room.id).date()

    @cached_property
    def own_votes(self) -> tuple[Vote, ...]:
        """The votes of who asks, by round and question."""
        return self.voting.my_votes(self.me) if self.me else ()

    def revealed(self) -> Revealed:
        """Return what the votes of the revealed rounds say, the same for everybody."""
        return self.services.reveals.get(self.room.id, self.room.revision, self._revealed)

    def _revealed(self) -> Revealed:
        room, words, votes, people = self.room, self.services.words, self.voting.votes(), self.voting.people()
        found = reveal(room, votes, self.model)
        return Revealed(
            reveal_view(found, room, people, votes, self.model, words), check_view(room, people, votes, words)
        )


def room_here(request: Request) -> Here:
    """Return the room in the address; ``NoRoomError`` when there is none, or it is gone."""
    known = services()
    voting = known.workshops.voting(request.path_params["room"])
    room = voting.room()
    model = known.models.get(room.setup.model)
    if model.digest != room.setup.digest:
        raise UnknownModelError("unknown_model", place="room", found=room.setup.model)
    seat = seat_token(request)
    return Here(known, voting, room, model, seat, voting.me(seat), known.clock.now())
