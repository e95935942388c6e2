"""What changes where people come by https: told to stay there, and cookies for that alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request

from okr_assistant.web import browser, context, middleware
from okr_assistant.web.browser import COOKIE, BrowserCookie, browser_of
from tests.web.guarded import guarded_server
from tests.web.site import CountedTokens, a_site, counted_token
from tests.web.test_middleware import Inner, ask, header

HSTS = "Strict-Transport-Security"


def test_browsers_are_told_to_stay_with_https_where_the_whole_host_is_ours() -> None:
    assert middleware.security_headers("https://okr.example.org")[HSTS] == "max-age=31536000"


@pytest.mark.parametrize("public_url", [None, "http://okr.example.org", "https://okr.example.org:8443"])
def test_they_are_not_where_others_may_be_reached_by_http(public_url: str | None) -> None:
    assert HSTS not in middleware.security_headers(public_url)


def cookie_set(*, secure: bool, sent: str = "") -> str:
    app = BrowserCookie(Inner({"content-type": "text/html"}), CountedTokens(), secure=secure)
    (found,) = header(ask(app, "/", {"cookie": sent}), "set-cookie")
    return found


def test_by_https_the_cookie_is_one_that_only_this_host_can_set() -> None:
    assert cookie_set(secure=True).startswith(f"__Host-{COOKIE}=")
    assert cookie_set(secure=True).endswith("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure")
    assert cookie_set(secure=False).endswith("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax")


@pytest.mark.server
def test_over_https_every_cookie_is_for_https_and_every_answer_says_to_stay(tmp_path: Path) -> None:
    """Behind a proxy, which speaks http to us: Streamlit would leave its own cookies to both."""
    with guarded_server(tmp_path, {"OKR_ASSISTANT_PUBLIC_URL": "https://okr.example.org"}) as server:
        cookies = []
        for path in ("/", "/_stcore/health", "/auth/logout", "/test/fails", "/healthz", "/join"):
            answer = server.get(path, {"Host": "okr.example.org"})
            assert answer.headers[HSTS.lower()] == "max-age=31536000", path
            cookies += [answer.headers["set-cookie"]] if "set-cookie" in answer.headers else []
    assert [cookie.split("=")[0] for cookie in cookies[:2]] == ["__Host-okr_browser", "_streamlit_xsrf"]
    assert [cookie.count("; Secure") for cookie in cookies] == [1] * len(cookies)


def test_an_id_that_a_neighbour_planted_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """``planted.example.org`` may set a cookie for all of ``example.org``, though none whose name begins so."""
    planted, own = counted_token(7), counted_token(8)
    assert planted not in cookie_set(secure=True, sent=f"{COOKIE}={planted}")
    monkeypatch.setattr(context, "_connected", [])
    context.connect(replace(a_site().services, public_url="https://okr.example.org"))
    both = [(b"cookie", f"{COOKIE}={planted}; __Host-{COOKIE}={own}".encode())]
    assert browser_of(Request({"type": "http", "headers": both})) == own
    assert browser_of(Request({"type": "http", "headers": [(b"cookie", f"{COOKIE}={planted}".encode())]})) is None
    assert browser.cookie_name(secure=True) != browser.cookie_name(secure=False)
