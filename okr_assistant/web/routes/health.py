"""Is the server alive, and can it be sent people? For load balancers and containers.

Both answer under any Host name and tell nobody anything about this installation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from okr_assistant.web.context import NotConnectedError, services
from okr_assistant.web.plain_pages import NO_STORE

ALIVE: Final = "/healthz"
READY: Final = "/healthz/ready"

_PATIENCE: Final = 1.0
"""Seconds that an answer waits for the database."""
_UNAVAILABLE: Final = 503


class StoreProbe:
    """Whether the store can be read, asked once at a time and in a thread that nothing else needs.

    However long the database hangs and however often this is asked: one thread waits, and each answer
    ``patience`` seconds at most.
    """

    def __init__(self, check: Callable[[], None], patience: float = _PATIENCE) -> None:
        self._check = check
        self._patience = patience
        self._asking: asyncio.Task[bool] | None = None

    async def is_readable(self) -> bool:
        """Tell whether a small read succeeds in time."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        answered, _ = await asyncio.wait({self._asking}, timeout=self._patience)
        return bool(answered) and self._asking.result()

    async def _ask(self) -> bool:
        try:
            await to_thread.run_sync(self._check, abandon_on_cancel=True, limiter=CapacityLimiter(1))
        except Exception:
            # Not logged: whoever asks every second would fill the log. What people meet is.
            return False
        return True


def routes() -> list[Route]:
    """Return both routes; the second remembers what it is asking."""
    probe = StoreProbe(_read_the_store)

    async def ready(request: Request) -> JSONResponse:
        del request
        missing = [
            name for name, there in (("model", _has_model()), ("store", await probe.is_readable())) if not there
        ]
        if missing:
            return _answer({"status": "not ready", "missing": missing}, _UNAVAILABLE)
        return _answer({"status": "ready"})

    return [Route(ALIVE, _alive), Route(READY, ready)]


async def _alive(request: Request) -> JSONResponse:
    """``{"status": "ok"}`` as long as the process answers; touches nothing."""
    del request
    return _answer({"status": "ok"})


def _answer(content: object, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"Cache-Control": NO_STORE})


def _has_model() -> bool:
    try:
        return bool(services().models.newest)
    except NotConnectedError:  # started without the launcher: there is neither model nor store
        return False


def _read_the_store() -> None:
    services().store.check()
