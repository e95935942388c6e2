"""What was revealed in a room, for the pages of whoever leads and of the projector: the same for everybody."""

from __future__ import annotations

from okr_assistant.decision.model import Model
from okr_assistant.views.reveal import RevealView, reveal_view
from okr_assistant.web.context import services
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import Room
from okr_assistant.workshop.voting import Voting


def revealed(room: Room, model: Model, source: Facilitation | Voting) -> RevealView | None:
    """Return what the votes of the revealed rounds say; None while there is no such round."""
    if not room.votes_shown:
        return None

    def make() -> RevealView:
        votes = source.votes()
        found = reveal(room, votes, model)
        return reveal_view(found, room, source.people(), votes, model, services().words)

    return services().reveals.get(room.id, room.revision, make)
