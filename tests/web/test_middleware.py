"""The middleware by itself: what it adds, compresses, keeps and closes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from okr_assistant.web import middleware

BODY = b"const answer = 42;\n" * 200
IMMUTABLE = "public, immutable, max-age=31536000"


class Inner:
    """An app that answers everything alike and counts how often it was asked."""

    def __init__(self, headers: Mapping[str, str], status: int = 200, body: bytes = BODY) -> None:
        self.asked = 0
        self._start = {
            "type": "http.response.start",
            "status": status,
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        }
        self._body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await send({**self._start, "headers": list(self._start["headers"])})  # type: ignore[call-overload]
        await send({"type": "http.response.body", "body": self._body})


def ask(
    app: ASGIApp, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", kind: str = "http"
) -> list[Message]:
    """Everything ``app`` sends for one request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
    }
    asyncio.run(app(scope, receive, send))
    return sent


def header(sent: list[Message], name: str) -> list[str]:
    return [v.decode() for k, v in sent[0]["headers"] if k.decode().lower() == name]


def body(sent: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


GZIP = {"accept-encoding": "gzip"}
SCRIPT = {"content-type": "text/javascript", "cache-control": IMMUTABLE}


def test_what_never_changes_is_compressed_once() -> None:
    inner = Inner(SCRIPT)
    app = middleware.Compression(inner)
    first, second = ask(app, "/static/a.js", GZIP), ask(app, "/static/a.js", GZIP)
    assert inner.asked == 1
    assert body(first) == body(second)
    assert gzip.decompress(body(second)) == BODY
    assert header(second, "content-encoding") == ["gzip"]
    assert header(second, "vary") == ["Accept-Encoding"]


def test_a_kept_answer_stays_as_it_was_when_headers_are_added_around_it() -> None:
    app = middleware.SecurityHeaders(middleware.Compression(Inner(SCRIPT)), {"X-Test": "1"})
    answers = [ask(app, "/static/a.js", GZIP) for _ in range(3)]
    assert [header(answer, "x-test") for answer in answers] == [["1"]] * 3


@pytest.mark.parametrize(
    ("path", "headers", "inner"),
    [
        ("/static/a.js", GZIP, {"content-type": "text/html", "cache-control": "no-cache"}),
        ("/", GZIP, SCRIPT),
        ("/static/a.js", {}, SCRIPT),
        ("/static/a.js", GZIP | {"range": "bytes=0-9"}, SCRIPT),
        ("/static/a.js", GZIP | {"if-none-match": '"x"'}, SCRIPT),
    ],
)
def test_everything_else_is_asked_for_each_time(
    path: str, headers: Mapping[str, str], inner: Mapping[str, str]
) -> None:
    app = Inner(inner)
    compression = middleware.Compression(app)
    ask(compression, path, headers)
    ask(compression, path, headers)
    assert app.asked == 2


def test_an_error_is_not_kept() -> None:
    inner = Inner(SCRIPT, status=404)
    app = middleware.Compression(inner)
    ask(app, "/static/a.js", GZIP)
    ask(app, "/static/a.js", GZIP)
    assert inner.asked == 2


def test_a_client_without_gzip_gets_plain_bytes_after_one_with_it() -> None:
    app = middleware.Compression(Inner(SCRIPT))
    ask(app, "/static/a.js", GZIP)
    plain = ask(app, "/static/a.js")
    assert body(plain) == BODY
    assert header(plain, "content-encoding") == []


def test_no_more_is_kept_than_the_limit() -> None:
    inner = Inner(SCRIPT)
    size = len(body(ask(middleware.Compression(inner), "/static/a.js", GZIP)))
    app = middleware.Compression(inner, limit=size)
    for path in ("/static/a.js", "/static/b.js") * 2:
        ask(app, path, GZIP)
    assert inner.asked == 1 + 3, "a.js is kept, b.js has no room"


def test_headers_a_route_sets_itself_stay() -> None:
    app = middleware.SecurityHeaders(Inner({"referrer-policy": "origin"}), {"Referrer-Policy": "no-referrer"})
    assert header(ask(app, "/"), "referrer-policy") == ["origin"]


def test_only_the_scripts_given_may_run_inline() -> None:
    policy = middleware.content_security_policy(["alert(1)"])
    assert "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts


def test_the_installed_streamlit_has_the_one_inline_script_we_allow() -> None:
    policy = middleware.security_headers()["Content-Security-Policy"]
    assert policy.count("'sha256-") == 1


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/mcp", "/_stcore/script-health-check"]
)
def test_closed_paths_are_not_found(path: str) -> None:
    inner = Inner({})
    assert ask(middleware.ClosedPaths(inner), path)[0]["status"] == 404
    assert inner.asked == 0


def test_a_page_whose_name_begins_like_a_closed_path_is_open() -> None:
    assert ask(middleware.ClosedPaths(Inner({})), "/_stcore/agents")[0]["status"] == 200


@pytest.mark.robustness(43)
def test_a_wrong_host_is_refused_in_words_that_name_the_setting() -> None:
    app = middleware.AllowedHosts(Inner({}), lambda: (), None)
    sent = ask(app, "/", {"host": "evil.example"})
    assert sent[0]["status"] == 403
    assert b"OKR_ASSISTANT_PUBLIC_URL" in body(sent)
    assert ask(app, "/healthz", {"host": "evil.example"})[0]["status"] == 200


@pytest.mark.parametrize("hosts", [[], ["localhost", "evil.example"], ["localhost", "localhost"]])
def test_a_request_has_one_host(hosts: list[str]) -> None:
    """Of two, a proxy before us may have looked at the other one."""
    inner = Inner({})
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError

    headers = [(b"host", host.encode()) for host in hosts]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    asyncio.run(middleware.AllowedHosts(inner, lambda: (), None)(scope, receive, send))
    assert (sent[0]["status"], inner.asked) == (403, 0)


def test_what_browsers_have_stays_as_they_were_told_when_it_has_not_changed() -> None:
    """Else the answer "not modified" would end the keeping of a script that never changes."""
    app = middleware.SecurityHeaders(Inner({}, status=304), {})
    assert header(ask(app, "/static/a.js"), "cache-control") == []


def test_a_websocket_of_another_site_is_closed_before_it_opens() -> None:
    app = middleware.AllowedHosts(Inner({}), lambda: (), None)
    headers = {"host": "localhost", "origin": "https://evil.example"}
    sent = ask(app, "/_stcore/stream", headers, kind="websocket")
    assert sent == [{"type": "websocket.close", "code": 1008}]
