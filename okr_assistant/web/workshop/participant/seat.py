"""Who a participant is: the token of their seat, in a cookie that scripts cannot read and only their room gets."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from okr_assistant.clock import is_token
from okr_assistant.workshop.room import KEPT

COOKIE = "okr_seat"


def seat_token(request: Request) -> str:
    """Return the participant token that the browser sent; empty without one, or for what cannot be one."""
    token = request.cookies.get(COOKIE, "")
    return token if is_token(token) else ""


def set_seat(response: Response, room_id: str, token: str, secure: bool) -> None:
    """Have the browser keep the seat as long as a room is kept; ``secure`` where people come by https."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(KEPT.total_seconds()),
        path=_path(room_id),
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def forget_seat(response: Response, room_id: str) -> None:
    """Have the browser forget the seat it has in this room."""
    # Without the date on which it ends, which `delete_cookie` adds from the clock of this machine.
    response.set_cookie(COOKIE, "", max_age=0, path=_path(room_id), httponly=True, samesite="lax")


def _path(room_id: str) -> str:
    return f"/w/{room_id}"
