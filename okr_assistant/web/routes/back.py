"""Going on with one's seat on another device, by the personal link.

The link asks first: what loads addresses by itself, as previews do, takes no seat, and neither does a wrong touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.web.forms import form_name
from okr_assistant.web.opened import NotHereError
from okr_assistant.web.plain_pages import see_other
from okr_assistant.web.routes.guard import shows, takes
from okr_assistant.web.routes.opening import base
from okr_assistant.web.workshop.participant.here import Here, room_here
from okr_assistant.web.workshop.participant.seat import set_seat
from okr_assistant.web.workshop.participant.seat_pages import BACK, back_page, other_page
from okr_assistant.workshop.room import Participant

_PATH = "/w/{room}/me/{token}"


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the page that asks, and what takes its answer."""
    return [shows(_PATH, _ask), takes(_PATH, partial(_go_on, public_url), public_url)]


def _ask(request: Request) -> Response:
    here, somebody = _found(request)
    if here.me:
        return _seated(here, here.me, somebody)
    return back_page(here, request.url.path, somebody.name)


def _go_on(public_url: str | None, request: Request, fields: Mapping[str, str]) -> Response:
    here, somebody = _found(request)
    if here.me:
        return _seated(here, here.me, somebody)
    link = request.url.path
    if form_name(fields.get("token", ""), here.services.store.secret(), BACK, link, here.now) is None:
        return back_page(here, link, somebody.name, stale=True)
    answer = see_other(here.path)
    secure = base(request, public_url).startswith("https:")
    set_seat(answer, here.room.id, request.path_params["token"], secure)
    return answer


def _found(request: Request) -> tuple[Here, Participant]:
    here = room_here(request)
    somebody = here.voting.me(request.path_params["token"])
    if somebody is None:
        raise NotHereError
    return here, somebody


def _seated(here: Here, me: Participant, somebody: Participant) -> Response:
    """Whoever sends somebody such a link does not take their seat from them."""
    return see_other(here.path) if me.seat == somebody.seat else other_page(here, me)
