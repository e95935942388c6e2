"""Rounds side by side: what the votes said after each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from okr_assistant.decision.model import Model
from okr_assistant.workshop.reveal import Reveal, reveal
from okr_assistant.workshop.room import Room, Vote


def after_each_round(room: Room, votes: Iterable[Vote], model: Model) -> Mapping[int, Reveal]:
    """Return the reveal after each revealed round of voting, by its number, as if nothing had been agreed.

    What was agreed came out of all rounds; with it, every round would seem to have led to the same.
    """
    given, of_votes = tuple(votes), replace(room, agreed={})
    return {round_.number: reveal(of_votes, given, model, up_to=round_.number) for round_ in room.votes_shown}
