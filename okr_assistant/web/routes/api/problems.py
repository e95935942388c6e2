"""What went wrong, for programs: problem details (RFC 9457) with the facts and the sentence of our own errors."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, Response

from okr_assistant.errors import NOTHING, OkrAssistantError, StoreError
from okr_assistant.export.programs.answers import fault
from okr_assistant.web.plain_pages import NO_STORE, interface_words
from okr_assistant.web.routes.workers import BusyError

_LOG = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = 60
_NOT_JSON = {"not_utf8", "byte_order_mark", "too_deep", "duplicate_key", "not_a_number", "not_json"}


class RequestError(OkrAssistantError):
    """A request that is refused for what it is and not for its sheet; ``headers`` go with the answer."""

    def __init__(
        self,
        problem: str,
        status: int,
        *,
        place: str,
        found: object = NOTHING,
        allowed: str | Iterable[str] = (),
        retry_after: int | None = None,
        methods: str | None = None,
    ) -> None:
        super().__init__(problem, place=place, found=found, allowed=allowed)
        self.status = status
        given = {"Retry-After": retry_after, "Allow": methods}
        self.headers = {name: str(value) for name, value in given.items() if value is not None}


def answer_to(error: Exception) -> Response:
    """Return the answer to a request that could not be done."""
    match error:
        case RequestError():
            return _problem(error.status, fault(error, interface_words()), error.headers)
        case BusyError():
            busy = RequestError("busy", 503, place="server", retry_after=_RETRY_AFTER)
            return _problem(busy.status, fault(busy, interface_words()), busy.headers)
        case StoreError():
            _LOG.warning("The storage could not be used: %s", error.problem)
            return _problem(503, fault(error, interface_words()), {"Retry-After": str(_RETRY_AFTER)})
        case OkrAssistantError():
            return _problem(_status(error), fault(error, interface_words()), {})
    # The record factory of logs.py keeps its kind and lines, and nothing of what it says.
    _LOG.error("The API failed", exc_info=error)
    detail = interface_words()("trouble.title")
    said = {"problem": "unexpected", "place": "server", "found": None, "allowed": "", "detail": detail}
    return _problem(500, said, {})


def _status(error: OkrAssistantError) -> int:
    if error.problem == "too_large":
        return 413
    return 400 if error.problem in _NOT_JSON else 422


def _problem(status: int, said: dict[str, Any], headers: dict[str, str]) -> Response:
    body = {"title": HTTPStatus(status).phrase, "status": status} | said
    return JSONResponse(body, status, {"Cache-Control": NO_STORE} | headers, MEDIA_TYPE)
