"""The addresses of the API."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from hashlib import sha256

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from okr_assistant.decision.strict_json import MAX_BYTES
from okr_assistant.web.context import services
from okr_assistant.web.routes.api import operations as do
from okr_assistant.web.routes.api.endpoint import Call, Elsewhere, Endpoint, Gate, Operation
from okr_assistant.web.routes.api.limits import Limits
from okr_assistant.web.routes.api.openapi import description
from okr_assistant.web.routes.api.responses import as_bytes, kept

_ROOT = "/api/v1"
_BRIEF = ("brief",)


def operations(public_url: str | None = None) -> tuple[Operation, ...]:
    """Return what the API does; links begin with ``public_url``, else with the host that was asked."""
    make_link = do.LinkMaker(public_url)
    known = [
        Operation(
            "assess", "What follows from one answer sheet", "POST", f"{_ROOT}/assess", do.assess, "result",
            query=_BRIEF, sent="sheet", most_bytes=MAX_BYTES,
        ),
        Operation(
            "batch", "What follows from many sheets, in order", "POST", f"{_ROOT}/batch", do.batch, "results",
            query=_BRIEF, sent="batch", most_bytes=do.BATCH_BYTES,
        ),
        Operation(
            "model", "Questions, options and approaches", "GET", f"{_ROOT}/model", do.model, "model",
            query=("version",), refusals=(404,),
        ),
        Operation(
            "links", "Make a link to a result", "POST", f"{_ROOT}/links", make_link, "made",
            status=201, sent="link", most_bytes=MAX_BYTES,
        ),
    ]  # fmt: skip

    @cache
    def described() -> bytes:
        return as_bytes(description(services(), known))

    def openapi(call: Call) -> Response:
        return kept(call, described(), sha256(described()).hexdigest())

    path = f"{_ROOT}/openapi.json"
    known.append(Operation("openapi", "This description", "GET", path, openapi, "description"))
    return tuple(known)


def routes(
    public_url: str | None, limits: Limits | None = None, now: Callable[[], float] = time.monotonic
) -> list[BaseRoute]:
    """Return the routes; ``now`` tells seconds that only ever grow."""
    gate = Gate(limits or Limits(), now)
    known = operations(public_url)
    paths = [operation.path for operation in known]
    return [
        *(Route(operation.path, Endpoint(operation, gate)) for operation in known),
        Route("/api/{rest:path}", Elsewhere(paths)),
    ]
