"""The cookie of a seat: exactly its attributes, and nothing but a token is ever read from it."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response

from okr_assistant.web.workshop.participant.seat import forget_seat, seat_token, set_seat

ROOM, TOKEN = "room0000000000000000AB", "seat0000000000000000AB"


def sent(cookie: str) -> Request:
    return Request({"type": "http", "headers": [(b"cookie", cookie.encode("latin-1"))]})


@pytest.mark.parametrize(("secure", "end"), [(False, ""), (True, "; Secure")])
def test_a_seat_is_kept_for_its_room_only_and_out_of_reach_of_scripts(secure: bool, end: str) -> None:
    response = Response()
    set_seat(response, ROOM, TOKEN, secure)
    expected = f"okr_seat={TOKEN}; HttpOnly; Max-Age=7776000; Path=/w/{ROOM}; SameSite=lax{end}"
    assert response.headers["set-cookie"] == expected


def test_a_seat_is_forgotten_where_it_was_kept() -> None:
    response = Response()
    forget_seat(response, ROOM)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith('okr_seat=""; ')
    assert "; Max-Age=0; " in cookie
    assert f"; Path=/w/{ROOM};" in cookie


@pytest.mark.parametrize(
    ("cookie", "token"),
    [
        (f"okr_seat={TOKEN}", TOKEN),
        (f"okr_browser=x; okr_seat={TOKEN}", TOKEN),
        ("", ""),
        ("okr_seat=", ""),
        ("okr_seat=short", ""),
        (f"okr_seat={TOKEN}x", ""),
        ("okr_seat=" + "\u00e9" * 22, ""),
    ],
)
def test_only_what_can_be_a_token_is_read(cookie: str, token: str) -> None:
    assert seat_token(sent(cookie)) == token
