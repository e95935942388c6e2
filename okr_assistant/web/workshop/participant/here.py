"""A workshop's room as whoever asks has it: what it is, and who they are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from starlette.requests import Request

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.check import CheckView
from okr_assistant.views.workshop.reveal import RevealView
from okr_assistant.web.context import Services, services
from okr_assistant.web.workshop.facilitator.result import model_of
from okr_assistant.web.workshop.participant.seat import seat_token
from okr_assistant.web.workshop.revealed import checks, own_choices, revealed
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

    def votes(self) -> RevealView:
        """Return what the votes of the revealed rounds say, of which there is one."""
        view = revealed(self.room, self.model, self.voting)
        assert view is not None  # noqa: S101 - as promised
        return view

    def own_choices(self) -> Mapping[str, str]:
        """Return the choices of who asks that are counted in what was revealed, by question."""
        return own_choices(self.room, self.voting, self.me, self.own_votes) if self.me else {}

    def checks(self) -> tuple[CheckView, ...]:
        """Return every fist of five that was revealed, the first one first."""
        return checks(self.room, self.voting)


def room_here(request: Request) -> Here:
    """Return the room in the address; ``NoRoomError`` or ``UnknownModelError`` when it or its model is gone."""
    known = services()
    room = known.workshops.room(request.path_params["room"])
    voting = known.workshops.voting_in(room)
    seat = seat_token(request)
    return Here(known, voting, room, model_of(known.models, room), seat, voting.me(seat), known.clock.now())
