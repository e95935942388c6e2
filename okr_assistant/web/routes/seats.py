"""Taking a seat in a workshop, changing one's name, and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.errors import OkrAssistantError, StoreError, TextError
from okr_assistant.web.forms import FormError, form_name
from okr_assistant.web.plain_pages import see_other
from okr_assistant.web.routes.guard import takes
from okr_assistant.web.routes.opening import base
from okr_assistant.web.workshop.participant.here import Here, room_here
from okr_assistant.web.workshop.participant.seat import forget_seat, set_seat
from okr_assistant.web.workshop.participant.seat_pages import JOIN, LEAVE, Typed, join_page, you_page
from okr_assistant.workshop.errors import RoomError

_BAD_REQUEST, _CONFLICT, _UNAVAILABLE = 400, 409, 503


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return what takes the forms."""
    return [
        takes("/w/{room}/join", partial(_join, public_url), public_url),
        takes("/w/{room}/leave", partial(_leave, public_url), public_url),
    ]


def _join(public_url: str | None, request: Request, fields: Mapping[str, str]) -> Response:
    here, address = room_here(request), base(request, public_url)
    if not set(fields) <= {"token", "name", "watch"}:
        raise FormError("fields")
    typed = Typed(fields.get("name", ""), fields.get("watch") == "yes")
    new = _form(here, JOIN, fields)
    if new is None:
        stale = replace(typed, problem=here.services.words("join.stale"))
        return _refused(here, address, stale, _BAD_REQUEST)
    token = here.seat if here.me else new
    try:
        here.voting.join(token, typed.name, spectator=typed.watches)
    except (RoomError, TextError, StoreError) as error:
        return _refused(here, address, _with(typed, error, here), _status(error))
    if here.me:
        return see_other(f"{here.path}?you=saved")
    answer = see_other(f"{here.path}?joined=1")
    set_seat(answer, here.room.id, token, address.startswith("https:"))
    return answer


def _leave(public_url: str | None, request: Request, fields: Mapping[str, str]) -> Response:
    here, address = room_here(request), base(request, public_url)
    words = here.services.words
    if here.me:
        typed = Typed(here.me.name, here.me.spectator)
        if _form(here, LEAVE, fields) is None:
            return _refused(here, address, replace(typed, problem=words("join.stale")), _BAD_REQUEST)
        if fields.get("sure") != "yes":
            return _refused(here, address, replace(typed, problem=words("join.not_sure")), _BAD_REQUEST)
        try:
            here.voting.leave(here.seat)
        except (RoomError, StoreError) as error:
            return _refused(here, address, _with(typed, error, here), _status(error))
    answer = see_other(f"{here.path}?left=1")  # also after a second click
    forget_seat(answer, here.room.id)
    return answer


def _refused(here: Here, address: str, typed: Typed, status: int) -> Response:
    """The page with the form again, and what was typed."""
    if here.me:
        return you_page(here, here.me, address, typed, status)
    return join_page(here, typed, status)


def _with(typed: Typed, error: OkrAssistantError, here: Here) -> Typed:
    """What was typed, and what is wrong with it where that is."""
    sentence = here.services.words.error_sentence(error)
    return replace(typed, name_problem=sentence) if error.place == "name" else replace(typed, problem=sentence)


def _status(error: OkrAssistantError) -> int:
    if isinstance(error, StoreError):
        return _UNAVAILABLE
    return _CONFLICT if error.place == "workshop" else _BAD_REQUEST


def _form(here: Here, purpose: str, fields: Mapping[str, str]) -> str | None:
    """The name of our own form for this purpose in this room; None for any other."""
    return form_name(fields.get("token", ""), here.services.store.secret(), purpose, here.room.id, here.now)
