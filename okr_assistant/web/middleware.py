"""What every HTTP answer and websocket passes: which hosts we answer for, safe headers, compression.

All of it is plain ASGI, so that answers stream and websockets pass untouched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from okr_assistant.paths import LOCALES
from okr_assistant.web.hosts import host_is_allowed, origin_is_allowed
from okr_assistant.web.plain_pages import NO_STORE
from okr_assistant.web.routes.health import ALIVE, READY
from okr_assistant.words import read_words

_ALWAYS_ANSWERED: Final = frozenset({ALIVE, READY, "/_stcore/health"})
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_NOT_USED: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What browsers may offer to pages and none of ours asks for."""
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOT_MODIFIED: Final = 304
_A_YEAR: Final = 365 * 24 * 3600
_CACHE_LIMIT: Final = 32 * 1024 * 1024


class AllowedHosts:
    """Answers 403 when the Host header names somebody else's site, or a page of one opens a websocket.

    The first is a page elsewhere whose name was pointed at this machine (DNS rebinding); Streamlit's own
    ``server.allowedHosts`` guards the websocket only. Streamlit refuses the second as well, but asks a host
    outside for our address before. Checks of health are answered under any name.
    """

    def __init__(self, app: ASGIApp, names: Callable[[], Collection[str]], public_url: str | None) -> None:
        self.app = app
        # Asked here and not at import: by now the address to listen on is known.
        self._names = names()
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in _ALWAYS_ANSWERED:
            return await self.app(scope, receive, send)
        if self._is_welcome(scope):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        text = read_words(LOCALES)("error.wrong_host")
        return await PlainTextResponse(f"{text}\n", 403)(scope, receive, send)

    def _is_welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        # Of two, who stands before us may have looked at the other one.
        host = headers.get("host", "") if len(headers.getlist("host")) == 1 else ""
        if not host_is_allowed(host, self._names):
            return False
        return scope["type"] == "http" or origin_is_allowed(headers.get("origin"), host, self._public_url)


class ClosedPaths:
    """Answers 404 for what Streamlit serves to everybody and nobody here needs: metrics and the agent API."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or hide what is there."""
        if scope["type"] == "http" and _is_under(scope["path"], _CLOSED):
            return await PlainTextResponse("Not Found\n", 404)(scope, receive, send)
        return await self.app(scope, receive, send)


class SecurityHeaders:
    """Adds ``headers`` to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                complete(MutableHeaders(scope=message), message["status"], self._headers)
            await send(message)

        return await self.app(scope, receive, send_with_headers)


def complete(headers: MutableHeaders, status: int, ours: Mapping[str, str]) -> None:
    """Add ``ours`` to the headers of an answer, and that nobody keeps it, where it says nothing else itself."""
    for name, value in ours.items():
        headers.setdefault(name, value)
    # An answer "not modified" would change what the browser was told about the file that it has.
    if status != _NOT_MODIFIED:
        headers.setdefault("Cache-Control", NO_STORE)


class Compression:
    """Compresses every answer worth it, and what never changes only once.

    Streamlit leaves its own pages and scripts uncompressed (4 MB for a first visit). Their names carry a hash
    of their content and they are marked ``immutable``, so the compressed bytes are kept, up to ``limit``.
    """

    def __init__(self, app: ASGIApp, limit: int = _CACHE_LIMIT) -> None:
        self.app = app
        self._gzip = GZipMiddleware(app, minimum_size=500, compresslevel=9)
        self._kept: dict[str, list[Message]] = {}
        self._room = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or compress and perhaps keep."""
        if scope["type"] != "http" or not _may_be_kept(scope):
            return await self._gzip(scope, receive, send)
        kept = self._kept.get(scope["path"])
        if kept is None:
            return await self._compress_and_keep(scope, receive, send)
        for message in kept:
            # A copy: the layers around us add their headers to it.
            await send({**message, "headers": list(message["headers"])} if "headers" in message else message)
        return None

    async def _compress_and_keep(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: list[Message] = []

        async def listen(message: Message) -> None:
            answer.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
            await send(message)

        await self._gzip(scope, receive, listen)
        size = sum(len(message.get("body", b"")) for message in answer)
        if _never_changes(answer) and size <= self._room and scope["path"] not in self._kept:
            self._room -= size
            self._kept[scope["path"]] = answer


def security_headers(public_url: str | None = None) -> dict[str, str]:
    """The headers for every answer; the inline script of Streamlit's page as it is installed here may run.

    Browsers are told to come by https only where the whole host is ours: the header is about all its ports.
    """
    public = urlsplit(public_url or "")
    only_https = (
        {"Strict-Transport-Security": f"max-age={_A_YEAR}"} if public.scheme == "https" and not public.port else {}
    )
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return {
        "Content-Security-Policy": content_security_policy(_INLINE_SCRIPT.findall(index)),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        **only_https,
    }


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    """Only our own files; of scripts in the page itself, only these.

    Styles stay open because Streamlit's parts write theirs into the page as they appear.
    """
    scripts = " ".join(f"'sha256-{_hash(script)}'" for script in inline_scripts)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {scripts}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _is_under(path: str, prefixes: Iterable[str]) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in prefixes)


def _may_be_kept(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    plain = not any(name in headers for name in ("range", "if-none-match", "if-modified-since"))
    return (
        scope["method"] == "GET"
        and scope["path"].startswith("/static/")
        and plain
        and "gzip" in headers.get("accept-encoding", "")
    )


def _never_changes(answer: list[Message]) -> bool:
    if not answer or answer[0].get("status") != 200:
        return False
    headers = Headers(raw=answer[0]["headers"])
    complete = not answer[-1].get("more_body", False)
    return (
        complete and "immutable" in headers.get("cache-control", "") and headers.get("content-encoding") == "gzip"
    )
