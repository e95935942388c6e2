"""What every plain page has in common: work off the event loop, and a page for whatever goes wrong.

Pages, forms, and what takes long (pictures and files) have few threads, and each their own. Few, because Python
runs one at a time: among forty, whoever has the database's write lock waits for the others after each statement.
Their own, so that nobody who opens a page waits for a picture, or for the lock.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, Lock, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from okr_assistant.errors import PayloadError, StoreError, UnknownModelError
from okr_assistant.web import plain_pages
from okr_assistant.web.context import services
from okr_assistant.web.forms import SMALL, FormError, LargeFormError, Limits, read_form
from okr_assistant.web.opened import NotHereError
from okr_assistant.web.plain_pages import Notice
from okr_assistant.web.routes.workers import BusyError, Workers
from okr_assistant.workshop.errors import NoRoomError

_Given = TypeVar("_Given")
_Told = TypeVar("_Told")

_LOG = logging.getLogger(__name__)

_PAGES = CapacityLimiter(2)
_TURNS = WeakValueDictionary[str, Lock]()
"""Of each room, or other address, whose forms are here: one at a time. The database would have them wait for each
other as well, and a room that is held up holds one thread and not all of them."""

_THREADS = 2
MOST_WAITING = 20
"""Pictures and files that wait for a thread: a few seconds. Whoever comes then is asked to come again."""

_MAKERS = Workers(_THREADS, MOST_WAITING)


def shows(path: str, show: Callable[[Request], Response]) -> Route:
    """Return a route for GET and HEAD."""
    return tells(path, partial(in_thread, show))


def tells(path: str, tell: Callable[[Request], Awaitable[Response]]) -> Route:
    """Return a route for GET and HEAD that mostly knows the answer; what takes time in it goes ``in_thread``."""

    async def endpoint(request: Request) -> Response:
        try:
            return await tell(request)
        except Exception as error:
            return _trouble(error, request)

    return Route(path, endpoint, methods=["GET"])


async def in_thread(call: Callable[[_Given], _Told], given: _Given) -> _Told:
    """Return what a call returns, made on one of the threads that pages have."""
    return await to_thread.run_sync(call, given, limiter=_PAGES)


def makes(path: str, make: Callable[[Request], Response]) -> Route:
    """Return a route for GET and HEAD of a picture or a file."""

    async def endpoint(request: Request) -> Response:
        try:
            return await _MAKERS.run(partial(make, request))
        except Exception as error:
            return _trouble(error, request)

    return Route(path, endpoint, methods=["GET"])


def nothing(path: str) -> Route:
    """Return a route that says that there is nothing, where Streamlit would answer with a page of the app."""
    return shows(path, _nothing)


def _nothing(request: Request) -> Response:
    del request
    raise NotHereError


def takes(
    path: str,
    take: Callable[[Request, Mapping[str, str]], Response],
    public_url: str | None,
    limits: Limits = SMALL,
) -> Route:
    """Return a route for the forms that are sent to ``path``."""

    async def endpoint(request: Request) -> Response:
        try:
            fields = await read_form(request, public_url, limits)
            turn = _TURNS.setdefault(request.path_params.get("room", request.url.path), Lock())
            async with turn:
                return await to_thread.run_sync(take, request, fields, limiter=services().writing)
        except Exception as error:
            return _trouble(error, request)

    return Route(path, endpoint, methods=["POST"])


def wants_json(request: Request) -> bool:
    """Tell whether a script asks, which shows a problem beside what it sent."""
    return "application/json" in request.headers.get("accept", "")


def _trouble(error: Exception, request: Request) -> Response:
    notice = _notice_for(error)
    return plain_pages.notice_json(notice) if wants_json(request) else plain_pages.notice_page(notice)


def _notice_for(error: Exception) -> Notice:
    match error:
        case NotHereError() | NoRoomError():
            return plain_pages.NOT_HERE
        case PayloadError():
            return plain_pages.DAMAGED
        case UnknownModelError():
            return plain_pages.OTHER_MODEL
        case LargeFormError():
            return plain_pages.LARGE_FORM
        case FormError():
            return plain_pages.BAD_FORM
        case BusyError():
            return plain_pages.BUSY
        case StoreError():
            _LOG.warning("The storage could not be used: %s", error.problem)
            return plain_pages.NO_STORAGE
    # The record factory of logs.py keeps its kind and lines, and nothing of what it says.
    _LOG.error("A plain page failed", exc_info=error)
    return plain_pages.TROUBLE
