"""A line for each request, if the operator asks for them: which route, never the address itself.

An address of ours may be somebody's answers or the key to them; the pattern of its route is neither.
"""

from __future__ import annotations

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from okr_assistant.web.log_lines import REQUEST

HEADER = "X-Request-ID"
_LOG = logging.getLogger(__name__)
_OTHER = "none"
"""For what was refused before it came to a route."""
_FAILED = 500


class RequestLog:
    """Logs method, route, status, milliseconds and a random id, which the answer carries as ``X-Request-ID``.

    All that is logged meanwhile has the same id. Of a websocket, the status is 101 when it was opened and 403 when
    it was refused, and the line comes when it ends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell how it went."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        id_, begun, status = secrets.token_hex(8), time.monotonic(), _FAILED
        token = REQUEST.set(id_)

        async def watch(message: Message) -> None:
            nonlocal status
            match message["type"]:
                case "http.response.start":
                    status = message["status"]
                    MutableHeaders(scope=message)[HEADER] = id_
                case "websocket.accept":
                    status = 101
                case "websocket.close" if status == _FAILED:
                    status = 403
            await send(message)

        try:
            return await self.app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", _OTHER) or "/"
            facts = {"method": scope.get("method", "WEBSOCKET"), "route": route, "status": status}
            _LOG.info("answered", extra={"facts": {**facts, "ms": round((time.monotonic() - begun) * 1000)}})
            REQUEST.reset(token)
