"""A workshop for whoever takes part: ``/w/{room}`` shows what is there to see or do; nothing here changes it."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from okr_assistant.web.context import services
from okr_assistant.web.plain_pages import NO_STORE, NOT_LISTED, see_other
from okr_assistant.web.routes.guard import in_thread, nothing, shows, tells
from okr_assistant.web.routes.opening import base
from okr_assistant.web.workshop.live import version
from okr_assistant.web.workshop.participant.here import room_here
from okr_assistant.web.workshop.participant.room_pages import room_page
from okr_assistant.web.workshop.participant.seat_pages import Typed, join_page, you_page


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the page, and what its script asks for."""
    return [
        shows("/w/{room}", partial(_page, public_url)),
        tells("/w/{room}/now", _now),
        # Whoever loads the page again that came instead of what a form should have done.
        *(shows(f"/w/{{room}}/{form}", _to_room) for form in ("join", "leave", "vote")),
    ]


def rest() -> list[BaseRoute]:
    """Return the route for whatever else is asked for below ``/w/``; it comes after all others."""
    # Streamlit would answer with an app page, which says nothing about the room.
    return [nothing("/w/{rest:path}")]


def _page(public_url: str | None, request: Request) -> Response:
    # A page of one state, and one transaction for it: whoever takes part asks for pages all the time.
    with services().store.one_state():
        return _page_of_now(public_url, request)


def _page_of_now(public_url: str | None, request: Request) -> Response:
    here, asked = room_here(request), request.query_params
    words = here.services.words
    if here.me is None:
        said = words("join.left") if "left" in asked else ""
        return join_page(here, Typed(said=said, problem=words("join.no_cookie") if "joined" in asked else ""))
    if "you" in asked:
        said = words("you.saved") if asked["you"] == "saved" else ""
        me = here.me
        return you_page(here, me, base(request, public_url), Typed(me.name, me.spectator, said=said))
    return room_page(here, here.me, asked.get("q", ""), asked.get("after", ""))


async def _now(request: Request) -> Response:
    known, room = services(), request.path_params["room"]
    pulse = await known.pulses.get(room, lambda: in_thread(known.workshops.pulse, room))
    seen = {"version": version(pulse, known.clock.now())}
    counts = {"joined": pulse.joined, "begun": pulse.begun, "done": pulse.done}
    headers = {"Cache-Control": NO_STORE, **NOT_LISTED}
    return JSONResponse(seen | counts, headers=headers)


def _to_room(request: Request) -> Response:
    return see_other(f"/w/{request.path_params['room']}")
