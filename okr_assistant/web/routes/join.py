"""The page for a code that somebody reads from a screen."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.web.context import services
from okr_assistant.web.forms import FormError
from okr_assistant.web.plain_pages import page, see_other
from okr_assistant.web.routes.guard import shows, takes
from okr_assistant.workshop.errors import RoomError

_BAD_REQUEST, _NOT_FOUND, _TOO_MANY = 400, 404, 429
_STATUS = {"no_code": _BAD_REQUEST, "wrong_code": _NOT_FOUND, "too_many_codes": _TOO_MANY}


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the page and what takes its form."""
    return [shows("/join", _page), takes("/join", _take, public_url)]


def _page(request: Request) -> Response:
    del request
    return page("join.html", typed="", problem="")


def _take(request: Request, fields: Mapping[str, str]) -> Response:
    del request
    if set(fields) != {"code"}:
        raise FormError("fields")
    known, typed = services(), fields["code"]
    try:
        room_id = known.workshops.find(typed)
    except RoomError as error:
        # As it was typed, not as it was read: whoever typed a B and finds an 8 would look for the mistake there.
        problem = known.words.error_sentence(error)
        return page("join.html", _STATUS[error.problem], typed=typed, problem=problem)
    return see_other(f"/w/{room_id}")
