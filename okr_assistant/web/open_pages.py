"""How many pages of the app are open at once: each has a websocket, and its session costs memory."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

MOST_OPEN: Final = 1000
"""Several times what one process answers quickly (docs/load.md). Participants' and shared pages need none."""

_TRY_AGAIN_LATER: Final = 1013


class MostWebsockets:
    """Refuses websockets beyond ``most``, so that whoever opens them without end leaves the other pages alone."""

    def __init__(self, app: ASGIApp, most: int = MOST_OPEN) -> None:
        self.app = app
        self._most = most
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it while it lasts if it is a websocket."""
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        if self._open >= self._most:
            return await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
        self._open += 1
        try:
            return await self.app(scope, receive, send)
        finally:
            self._open -= 1
