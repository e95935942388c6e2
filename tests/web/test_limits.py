"""What is refused by its size, its number or its slowness, on the real server and in parts."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from okr_assistant.web import bodies, options
from okr_assistant.web.forms import FormError, read_form
from okr_assistant.web.open_pages import MostWebsockets
from okr_assistant.web.protocol import MOST_BESIDES_BODY
from tests.serving import CHECKOUT, Server, free_port, running
from tests.web.asgi import FORM
from tests.web.test_middleware import Inner, ask

BEGIN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


def sent_raw(server: Server, *parts: bytes) -> bytes:
    """The beginning of what the server answers to these bytes; empty where it only closes the connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
        try:
            for part in parts:
                raw.sendall(part)
            return raw.recv(4096)
        except ConnectionError:
            return b""


@pytest.mark.server
@pytest.mark.parametrize(
    "endless",
    [b"X-Long: " + b"a" * 8 * MOST_BESIDES_BODY, b"X-Many: a\r\n" * MOST_BESIDES_BODY],
    ids=["a long header", "many headers"],
)
def test_headers_without_end_are_cut_off(server: Server, endless: bytes) -> None:
    assert not sent_raw(server, BEGIN, endless, b"\r\n\r\n").startswith(b"HTTP/1.1 200")
    assert server.get("/healthz").status == 200


@pytest.mark.server
@pytest.mark.parametrize("what", ["trailers", "sizes of chunks"])
def test_what_comes_besides_a_body_is_cut_off(server: Server, what: str) -> None:
    begin = b"POST /join HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    rest = b"0\r\nX-Long: " if what == "trailers" else b"1;"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
        raw.sendall(begin + rest)
        with pytest.raises(ConnectionError):
            raw.sendall(b"a" * 200 * MOST_BESIDES_BODY)
    assert server.get("/healthz").status == 200


@pytest.mark.server
def test_headers_as_large_as_any_browser_sends_them_pass(server: Server) -> None:
    cookie = b"Cookie: " + b"; ".join(b"c%d=%s" % (n, b"x" * 4000) for n in range(15)) + b"\r\n"
    for _ in range(3):
        assert sent_raw(server, BEGIN, cookie, b"\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.server
def test_a_body_of_many_small_chunks_is_no_header(server: Server) -> None:
    """Each has a size of its own; an upload by chunks of 16 kB has a thousandth of its bytes beside it."""
    begin = (
        b"POST /join HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n"
    )
    chunks = b"".join(b"4000\r\n" + b"a" * 0x4000 + b"\r\n" for _ in range(64))
    assert sent_raw(server, begin, chunks, b"0\r\n\r\n").startswith(b"HTTP/1.1 400 Bad Request")


@pytest.mark.server
def test_whoever_is_slow_with_the_headers_is_let_go(tmp_path: Path) -> None:
    """A server with less patience: silent from the start, within a header, and within a second request."""
    port = free_port()
    code = (
        "import uvicorn; from okr_assistant.web.protocol import limit_headers;"
        "from tests.web.test_limits import quick; limit_headers(0.3);"
        f"uvicorn.run(quick, port={port}, timeout_keep_alive=600)"
    )
    with running([sys.executable, "-c", code], port, tmp_path / "log", cwd=CHECKOUT) as server:
        for begun in (b"", b"GET / HTTP/1.1\r\nHost: loc", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
                raw.sendall(begun)
                while raw.recv(4096):  # a timeout would raise
                    pass


async def quick(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers everything alike."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def test_a_form_that_does_not_arrive_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_WITHIN", 0.01)

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", FORM.encode())]}
    with pytest.raises(FormError, match="slow"):
        asyncio.run(read_form(Request(scope, never), None))


class Held:
    """An app that keeps each websocket until it is told to let them go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await self.let_go.wait()


def test_websockets_beyond_the_limit_are_refused_until_others_end() -> None:
    async def opened(app: MostWebsockets) -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        await app({"type": "websocket", "path": "/_stcore/stream", "headers": []}, receive, send)
        return sent

    async def play() -> None:
        held = Held()
        app = MostWebsockets(held, most=2)
        first = [asyncio.create_task(opened(app)) for _ in range(2)]
        await asyncio.sleep(0)
        assert await opened(app) == [{"type": "websocket.close", "code": 1013}]
        held.let_go.set()
        assert await asyncio.gather(*first) == [[{"type": "websocket.accept"}]] * 2
        assert await opened(app) == [{"type": "websocket.accept"}], "there is room again"

    asyncio.run(play())


def test_plain_pages_are_not_counted() -> None:
    assert ask(MostWebsockets(Inner({}), most=0), "/join")[0]["status"] == 200


@pytest.mark.server
def test_a_message_that_is_too_large_closes_its_websocket(server: Server) -> None:
    with pytest.raises(ConnectionClosed):
        send_and_wait(server, b"x" * (21 * 1024 * 1024))
    assert server.get("/healthz").status == 200


def send_and_wait(server: Server, message: bytes) -> None:
    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", max_size=None) as opened:
        opened.send(message)
        opened.recv(timeout=30)


def test_streamlit_is_told_our_limits() -> None:
    said = options.file_options()
    assert said["server.maxWidgetStateSize"] < said["server.maxMessageSize"] == said["server.maxUploadSize"] == 20
    assert said["client.allowedOrigins"] == []
