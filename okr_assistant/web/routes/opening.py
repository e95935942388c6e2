"""What is behind the address that was asked for, and what whole addresses begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request

from okr_assistant.web import options
from okr_assistant.web.context import services
from okr_assistant.web.opened import Opened, opened_payload, opened_token

Open: TypeAlias = Callable[[Request], Opened]


def portable(request: Request) -> Opened:
    """Open what is at ``/p/{payload}``; ``PayloadError`` when it cannot be read."""
    return opened_payload(services(), request.path_params["payload"])


def stored(request: Request) -> Opened:
    """Open what is at ``/r/{token}``; ``NotHereError`` when there is no valid link."""
    return opened_token(services(), request.path_params["token"])


def base(request: Request, public_url: str | None) -> str:
    """Scheme and host; the middleware has refused hosts that are not ours.

    The scheme is not the request's, which uvicorn takes from ``X-Forwarded-Proto`` if the one who asks is on this
    machine.
    """
    return public_url or f"{options.own_scheme()}://{request.headers.get('host', '')}"
