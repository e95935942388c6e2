"""A cheap HTTP/1.1 client on asyncio's streams: connections that are kept, cookies, gzip; what a browser does.

The client shares two cores with the server it measures, so it does no more than is needed.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TIMEOUT = 60.0
_LIMIT = 1 << 20
_ENDED = (ConnectionError, asyncio.IncompleteReadError)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: ``location`` is where it sends us, ``received`` how many bytes its body took on the wire."""

    status: int
    location: str
    body: bytes
    received: int

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    """One browser at 127.0.0.1: its cookies, and at most two connections, one of them for what polls."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.main = Connection(self)
        self.polling = Connection(self)

    async def get(self, path: str) -> Reply:
        return await self.main.send("GET", path)

    async def follow(self, reply: Reply) -> Reply:
        """Follow redirects until there is a page."""
        while reply.status in {302, 303, 307}:
            path = reply.location.removeprefix(f"http://127.0.0.1:{self.port}")
            reply = await self.main.send("GET", path)
        return reply

    async def post(self, path: str, fields: Mapping[str, str], accept: str = "text/html") -> Reply:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        headers |= {"Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        return await self.main.send("POST", path, headers, urlencode(fields).encode())

    def close(self) -> None:
        self.main.close()
        self.polling.close()


class Connection:
    """One connection, opened when first used, and again when the server has ended it; one request at a time."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._turn = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        """Send one request and read its answer; once more when a kept connection turns out to have ended."""
        request = self._head(method, path, headers or {}, body) + body
        async with asyncio.timeout(_TIMEOUT), self._turn:
            if self._streams is not None:
                try:
                    return await self._exchange(request)
                except _ENDED:
                    self.close()
            self._streams = await asyncio.open_connection("127.0.0.1", self._browser.port, limit=_LIMIT)
            return await self._exchange(request)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    def _head(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._browser.port}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self._browser.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={v}" for name, v in self._browser.cookies.items()))
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _exchange(self, request: bytes) -> Reply:
        assert self._streams is not None
        reader, writer = self._streams
        writer.write(request)
        status_line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie":
                self._keep_cookie(value)
        body = await self._body(reader, headers)
        received = len(body)
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Reply(int(status_line.split()[1]), headers.get("location", ""), body, received)

    async def _body(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await reader.readexactly(int(headers.get("content-length", "0")))
        chunks = []
        while size := int(await reader.readline(), 16):
            chunks.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(chunks)

    def _keep_cookie(self, value: str) -> None:
        name, _, rest = value.strip().partition("=")
        self._browser.cookies[name] = rest.partition(";")[0]
