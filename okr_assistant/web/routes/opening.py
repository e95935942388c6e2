"""The result behind the address that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request

from okr_assistant.web.context import services
from okr_assistant.web.opened import Opened, opened_payload, opened_token

Open: TypeAlias = Callable[[Request], Opened]


def portable(request: Request) -> Opened:
    """Open what is at ``/p/{payload}``; ``PayloadError`` when it cannot be read."""
    return opened_payload(services(), request.path_params["payload"])


def stored(request: Request) -> Opened:
    """Open what is at ``/r/{token}``; ``NotHereError`` when there is no valid link."""
    return opened_token(services(), request.path_params["token"])
