"""Which browser this is: a random id in a cookie that scripts cannot read. It stands for no account."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from okr_assistant.clock import Tokens, is_token
from okr_assistant.sharing.ports import RESULTS_KEPT
from okr_assistant.web.context import services
from okr_assistant.web.options import is_https
from okr_assistant.web.plain_pages import NO_STORE

COOKIE = "okr_browser"


class BrowserCookie:
    """Gives a browser that opens an app page its id, and renews it: it ends when its results do.

    Plain pages set none: shared ones are for readers, and in a workshop a seat is a cookie of its own.
    """

    def __init__(self, app: ASGIApp, tokens: Tokens, *, secure: bool) -> None:
        self.app = app
        self._tokens = tokens
        self._secure = secure
        self._name = cookie_name(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie to an app page."""
        if scope["type"] != "http" or scope["method"] != "GET" or _is_no_app_page(scope["path"]):
            return await self.app(scope, receive, send)
        known = cookie_parser(Headers(scope=scope).get("cookie", "")).get(self._name, "")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", self._cookie(known if is_token(known) else self._tokens.token()))
                    # Whoever keeps such an answer for others would give all of them this id.
                    headers["Cache-Control"] = NO_STORE
            await send(message)

        return await self.app(scope, receive, send_with_cookie)

    def _cookie(self, id_: str) -> str:
        end = int(RESULTS_KEPT.total_seconds())
        secure = "; Secure" if self._secure else ""
        return f"{self._name}={id_}; Path=/; Max-Age={end}; HttpOnly; SameSite=Lax{secure}"


class SecureCookies:
    """Makes every cookie one for https alone; Streamlit's own are so only where it speaks https itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; complete the cookies of its answer."""

        async def send_secure(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (
                        name,
                        value
                        if name.lower() != b"set-cookie" or b"; secure" in value.lower()
                        else value + b"; Secure",
                    )
                    for name, value in message["headers"]
                ]
            await send(message)

        return await self.app(scope, receive, send_secure)


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; by https one that no other host below the same domain can set."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def browser() -> str | None:
    """Return the id of the browser that shows this page; None when it keeps no cookies."""
    return _id(st.context.cookies)


def browser_of(request: Request) -> str | None:
    """Return the id of the browser that asks for a plain page; None when it has none."""
    return _id(request.cookies)


def _id(cookies: Mapping[str, object]) -> str | None:
    found = cookies.get(cookie_name(secure=is_https(services().public_url)))
    return found if isinstance(found, str) and is_token(found) else None


def _is_no_app_page(path: str) -> bool:
    return path == "/join" or path.startswith(("/p/", "/r/", "/o/", "/w/", "/_stcore/", "/static/"))
