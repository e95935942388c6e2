"""The cookie that stands for a browser: on app pages only, kept as it is, replaced when it is none of ours."""

from __future__ import annotations

import re

import pytest

from tests.serving import Server

pytestmark = pytest.mark.server

COOKIE = re.compile(r"okr_browser=([0-9A-Za-z]{22}); Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax$")


def cookie_of(server: Server, path: str, sent: str = "") -> str | None:
    headers = {"Cookie": f"okr_browser={sent}"} if sent else {}
    return server.get(path, headers).headers.get("set-cookie")


@pytest.mark.parametrize("path", ["/", "/results", "/share?a=x"])
def test_an_app_page_gives_the_browser_its_own_id(server: Server, path: str) -> None:
    first, second = (COOKIE.search(cookie_of(server, path) or "") for _ in range(2))
    assert first is not None
    assert second is not None
    assert first[1] != second[1]


def test_an_id_is_kept_and_renewed_and_nonsense_is_replaced(server: Server) -> None:
    known = "0123456789abcdefghijAB"
    assert f"okr_browser={known};" in (cookie_of(server, "/", known) or "")
    for nonsense in ("short", "x" * 1000, "0123456789abcdefghij%0"):
        given = COOKIE.search(cookie_of(server, "/", nonsense) or "")
        assert given is not None
        assert given[1] != nonsense


@pytest.mark.parametrize(
    "path", ["/p/zzzz", "/r/zzzz", "/w/zzzz", "/join", "/healthz", "/copy.js", "/favicon.png", "/robots.txt"]
)
def test_what_is_no_app_page_sets_none(server: Server, path: str) -> None:
    assert cookie_of(server, path) is None
