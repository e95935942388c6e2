"""Asking a server in every way there is, and breaking what is behind it; see ``tests/web/guarded_app.py``."""

from __future__ import annotations

import http.client
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.serving import CHECKOUT, Answer, Server, free_port, running
from tests.web.asgi import FORM

SECRET = "SECRET-IN-AN-ERROR"
"""In the text of every error that such a server raises."""

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
NOBODYS = "0123456789abcdefghijAB"
"""Has the form of a token and is none."""


@dataclass(frozen=True)
class Asked:
    """What was asked, and the answer."""

    method: str
    path: str
    answer: Answer

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.answer.status}"


@contextmanager
def guarded_server(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The app with both logs of requests on: ours and uvicorn's."""
    port, data = free_port(), folder / "data"
    data.mkdir()
    command = [sys.executable, "-m", "uvicorn", "tests.web.guarded_app:app", "--port", str(port), "--access-log"]
    settings = {"OKR_ASSISTANT_DATA": str(data), "OKR_ASSISTANT_LOG_REQUESTS": "true"}
    with running(command, port, folder / "log", cwd=CHECKOUT, env=settings | dict(env or {})) as server:
        yield server


def ask(
    server: Server, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Asked:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Asked(method, path, Answer(response.status, found, response.read()))
    finally:
        connection.close()


def every_answer(server: Server) -> list[Asked]:
    """Every route with every method, as it is and with the store broken, and what is refused before any route."""
    routes = json.loads(server.get("/test/routes").body)
    paths = {filled(path) for path, _ in routes if not path.startswith("/test/")} | {
        "/",
        "/static/none.js",
        "/no/page",
    }
    found = [ask(server, method, path) for path in sorted(paths) for method in METHODS]
    for how in ("bug", "full"):
        server.get(f"/test/store/{how}")
        found += [ask(server, "GET", path) for path in sorted(paths)]
        server.get("/test/store/mended")
    return [*found, *refusals(server)]


def filled(path: str) -> str:
    """The address of a route, with a token of nobody in it."""
    return re.sub(r"\{[^}]*\}", NOBODYS, path) or "/"


def refusals(server: Server) -> Iterator[Asked]:
    """What never comes to a route, or fails outside of what guards ours."""
    evil = {"Host": "evil.example"}
    yield from (ask(server, "GET", path, evil) for path in ("/", "/p/x", "/healthz", "/static/x.js"))
    yield from (ask(server, "GET", quote(path)) for path in ("/../../etc/passwd", "//evil.example", "/\\\\evil"))
    yield from (ask(server, "GET", path) for path in ("/test/fails", "/_stcore/metrics", "/_stcore/agent/mcp"))
    yield ask(server, "POST", "/join", {"Content-Type": FORM}, b"code=" + b"x" * 40_000)
    yield ask(server, "POST", "/join", {"Content-Type": FORM, "Origin": "https://evil.example"}, b"code=x")
    yield ask(server, "POST", "/join", {"Content-Type": "text/plain"}, b"code=x")
