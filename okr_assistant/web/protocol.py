"""Limits on what comes with a request besides its body, which uvicorn and its parser in C have none for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

import uvicorn.config

MOST_BESIDES_BODY: Final = 256 * 1024
"""Bytes of first line, headers, sizes of chunks and trailers; a browser sends a few thousand."""
HEADERS_WITHIN: Final = 30.0
"""Seconds from connecting, and from the first byte of a request, until its headers have to be here."""


def limit_headers(seconds: float = HEADERS_WITHIN) -> None:
    """Have servers that start from now on in this process close connections beyond these limits.

    Nothing changes where httptools is missing: h11, which uvicorn takes then, limits the bytes by itself.
    """
    with suppress(ImportError):
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

        limited = type("Limited", (_Limits, HttpToolsProtocol), {"seconds": seconds})
        uvicorn.config.HTTP_PROTOCOLS["auto"] = limited  # type: ignore[assignment]


_Protocol: Any = object


class _Limits(_Protocol):  # type: ignore[misc] # put before uvicorn's protocol, which may not be there
    """Counts what arrives and is no body, and how long headers take."""

    seconds = HEADERS_WITHIN
    _besides_body = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, error: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        self._besides_body += len(data)
        super().data_received(data)
        if self._besides_body > MOST_BESIDES_BODY and not self.transport.is_closing():
            self.send_400_response("The headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._besides_body -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._besides_body = 0
        super().on_message_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
