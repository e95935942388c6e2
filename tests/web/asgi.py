"""Asking our routes behind our middleware, without a server between."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import Message

from okr_assistant.web import middleware
from okr_assistant.web.context import connect
from okr_assistant.web.in_language import InLanguage
from okr_assistant.web.routes import all_routes
from tests.web.site import Site

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """Asks ``localhost``; what is sent as ``fields`` goes the way a browser sends a form."""

    address = "127.0.0.1"
    """Where the requests come from."""

    def __init__(
        self, site: Site, public_url: str | None = None, routes: Sequence[BaseRoute] | None = None
    ) -> None:
        connect(site.services)
        self.app = Starlette(
            routes=all_routes(public_url) if routes is None else routes,
            middleware=[
                Middleware(middleware.SecurityHeaders, headers=middleware.security_headers()),
                Middleware(middleware.AllowedHosts, names=lambda: ("localhost",), public_url=public_url),
                Middleware(InLanguage),
                Middleware(middleware.Compression),
            ],
        )

    def get(self, address: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        return self.ask(method, address, headers or {}, b"")

    def post(self, address: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        return self.send(address, urlencode(fields).encode(), headers)

    def send(self, address: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        given = {"content-type": FORM, "content-length": str(len(body)), "origin": "null"} | dict(headers or {})
        return self.ask("POST", address, given, body)

    def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        return asyncio.run(self.asked(method, address, headers, body))

    async def asked(
        self, method: str, address: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        parts = urlsplit(address)
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        all_headers = {"host": "localhost:8501"} | {name.lower(): value for name, value in (headers or {}).items()}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "client": (self.address, 50_000),
            "server": ("127.0.0.1", 8501),
            "path": unquote_to_bytes(parts.path).decode("utf-8", "replace"),
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in all_headers.items()],
        }
        await self.app(scope, receive, send)
        raw = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        return Answer(sent[0]["status"], raw, b"".join(m.get("body", b"") for m in sent[1:]))


class Page(HTMLParser):
    """What a page says: its text with single spaces, its elements by name, its hidden fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._style = False
        self.feed(html)
        self.text = " ".join(" ".join(self._texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self._texts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def hidden(self) -> dict[str, str]:
        return {e["name"]: e["value"] for e in self.all("input") if e.get("type") == "hidden"}

    def meta(self, name: str) -> str:
        return next(e["content"] for e in self.all("meta") if name in (e.get("name"), e.get("property")))
