"""What is left after a workshop, for whoever was in it: a page to read and print, and files."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.export.workshop_formats import WORKSHOP_FORMATS, workshop_file_name
from okr_assistant.paths import ROOM_SCRIPT
from okr_assistant.web.browser import browser_of
from okr_assistant.web.context import services
from okr_assistant.web.opened import NotHereError
from okr_assistant.web.plain_pages import page
from okr_assistant.web.routes.downloads import attachment
from okr_assistant.web.routes.guard import makes, shows
from okr_assistant.web.scripts import script_address
from okr_assistant.web.workshop.facilitator.result import explore_address, portable_path
from okr_assistant.web.workshop.files import workshop_record
from okr_assistant.web.workshop.live import version
from okr_assistant.web.workshop.participant.seat import seat_token
from okr_assistant.workshop.voting import Voting

_NOT_FOUND = 404


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the routes; addresses in the files begin with ``public_url``, and are left out without one."""
    return [
        shows("/w/{room}/record", _page),
        makes("/w/{room}/record.{ending}", partial(_file, public_url or "")),
    ]


def _page(request: Request) -> Response:
    voting = _allowed(request)
    room, models = voting.room(), services().models
    if room.finished_at is None:
        return _not_yet(room.id, 200)
    return page(
        "workshop_record.html",
        script=script_address(ROOM_SCRIPT),
        version=version(room, services().clock.now()),
        view=workshop_record(voting, "").view,
        path=f"/w/{room.id}",
        explore=explore_address(models, room),
        portable=portable_path(models, room),
        files=WORKSHOP_FORMATS.values(),
    )


def _file(base: str, request: Request) -> Response:
    kind = WORKSHOP_FORMATS.get(request.path_params["ending"])
    voting = _allowed(request)
    if kind is None:
        raise NotHereError
    room = voting.room()
    if room.finished_at is None:
        return _not_yet(room.id, _NOT_FOUND)
    made = workshop_record(voting, base)
    return attachment(kind.write(made), workshop_file_name(room, kind.ending, made.words), kind.media_type)


def _allowed(request: Request) -> Voting:
    """The room for whoever has a seat in it or leads it; to anybody else it is not there."""
    workshops, room_id = services().workshops, request.path_params["room"]
    voting = workshops.voting(room_id)
    if voting.me(seat_token(request)) is None:
        workshops.facilitation(room_id, browser_of(request))
    return voting


def _not_yet(room_id: str, status: int) -> Response:
    return page("workshop_not_finished.html", status, path=f"/w/{room_id}")
