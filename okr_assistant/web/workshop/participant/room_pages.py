"""The page of a room as one participant has it, whatever phase the workshop is in."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from okr_assistant.views.workshop.ballot import Ballot, ballot
from okr_assistant.views.workshop.room import agreed_view, own_outcome
from okr_assistant.views.workshop.texts import choice_text
from okr_assistant.web.workshop.facilitator.result import explore_address
from okr_assistant.web.workshop.participant.ballot_pages import EVERY, ballot_again, ballot_page
from okr_assistant.web.workshop.participant.here import Here
from okr_assistant.web.workshop.participant.room_frame import Refused, framed
from okr_assistant.workshop.room import FIST, Participant, Round


def room_page(
    here: Here, me: Participant, question: str = "", after: str = "", refused: Refused | None = None
) -> Response:
    """Return what a participant sees now: this question, ``EVERY`` one, or whatever comes ``after`` that one."""
    current = here.room.round
    if current is None:
        return _waiting(here, me, "lobby", None, refused)
    found = ballot(current, here.own_votes, here.model, here.services.words)
    match here.phase:
        case "voting" if me.spectator:
            return _waiting(here, me, "watching", found, refused)
        case "voting":
            return _voting(here, me, found, question, after, refused)
        case "finished":
            return _finished(here, me, refused)
        case "revealed":
            return _revealed(here, me, current, refused)
    return _waiting(here, me, "closed", found, refused)


def _voting(
    here: Here, me: Participant, found: Ballot, question: str, after: str, refused: Refused | None
) -> Response:
    if refused is not None and refused.round == found.round:
        return ballot_again(here, me, found, refused)
    shown = question if question == EVERY or found.question(question) else found.next_open(after)
    if not shown:
        return _waiting(here, me, "done", found, refused)
    return ballot_page(here, me, found, shown, refused)


def _waiting(here: Here, me: Participant, waits: str, found: Ballot | None, refused: Refused | None) -> Response:
    values = {"waits": waits, "ballot": found, "kept": _kept(here)}
    return framed(here, me, "room_waiting.html", values, refused)


def _kept(here: Here) -> dict[str, str]:
    """One's own answers of earlier rounds that count where one does not vote again, in words; no fingers do."""
    words, choices = here.services.words, here.own_choices()
    return {id_: choice_text(here.model, words, id_, choice) for id_, choice in choices.items() if id_ != FIST}


def _revealed(here: Here, me: Participant, current: Round, refused: Refused | None) -> Response:
    agreed = agreed_view(here.room, here.model, here.services.words) if here.room.agreed else None
    values = {"check": current.kind == "check", "agreed": agreed, **_shown(here)}
    return framed(here, me, "room_revealed.html", values, refused)


def _finished(here: Here, me: Participant, refused: Refused | None) -> Response:
    words, room = here.services.words, here.room
    outcome = room.outcome
    assert outcome is not None  # noqa: S101 - a finished room has one
    values = {
        "outcome": outcome,
        "review_on": words.date(outcome.review_on) if outcome.review_on else "",
        "result": explore_address(here.services.models, room),
        "agreed": agreed_view(room, here.model, words),
        **_shown(here),
    }
    return framed(here, me, "room_finished.html", values, refused)


def _shown(here: Here) -> dict[str, Any]:
    """What was revealed, with one's own part of it; of several checks the last one stands."""
    checks, view, mine = here.checks(), here.votes(), here.own_choices()
    shown = {question.id for question in view.questions}
    return {
        "reveal": view,
        "own_outcome": own_outcome(here.model, shown, mine, here.services.words),
        "last_check": checks[-1] if checks else None,
        "mine": mine,
        "focus": here.room.focus,
        "fist": FIST,
    }
