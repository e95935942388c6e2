"""What was revealed in a room, worked out once for all who look at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.check import CheckView, check_view
from okr_assistant.views.workshop.movement import MovementView, movement_view
from okr_assistant.views.workshop.reveal import RevealView, reveal_view
from okr_assistant.web.context import services
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.reveal import reveal
from okr_assistant.workshop.room import Participant, Room, Vote
from okr_assistant.workshop.standing import Standing, standing_votes
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


def own_choices(room: Room, source: Voting, me: Participant, own: Iterable[Vote]) -> Mapping[str, str]:
    """Return somebody's own choices by question, as the reveal and the last fist of five count them."""

    def make() -> Mapping[str, Standing]:
        return standing_votes(room, source.votes())

    standing = services().standing.get(room.id, room.revision, make)
    chosen = {id_: found.now[me.seat].choice for id_, found in standing.items() if me.seat in found.now}
    last = max(
        (round_.number for round_ in room.rounds if round_.kind == "check" and round_.revealed_at), default=0
    )
    return chosen | {vote.question: vote.choice for vote in own if vote.round == last}


def checks(room: Room, source: Facilitation | Voting) -> tuple[CheckView, ...]:
    """Return every fist of five that was revealed, the first one first."""

    def make() -> tuple[CheckView, ...]:
        return check_view(room, source.people(), source.votes(), services().words)

    return services().checks.get(room.id, room.revision, make)


def rounds(room: Room, model: Model, source: Facilitation | Voting) -> MovementView:
    """Return the revealed rounds of voting side by side."""

    def make() -> MovementView:
        return movement_view(room, source.votes(), model, services().words)

    return services().movements.get(room.id, room.revision, make)
