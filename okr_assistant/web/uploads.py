"""How much may be uploaded: Streamlit limits each file, and keeps any number of them for an open page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

MOST_OF_ONE: Final = 60 * 1024 * 1024
"""Bytes that one page of the app has uploaded when it is refused more; three of the largest files."""
MOST_OF_ALL: Final = 400 * 1024 * 1024
MOST_AT_ONCE: Final = 4
WITHIN: Final = 120.0
"""Seconds in which a file has to be here."""

Kept: TypeAlias = Mapping[str, int]
"""Bytes that are kept, by session."""

_PATH: Final = "/_stcore/upload_file/"
_TIMEOUT, _TOO_LARGE, _UNAVAILABLE = 408, 413, 503


def kept_by_streamlit() -> Kept:
    """Return what the running app keeps of uploads."""
    storage = Runtime.instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {id_: sum(len(file.data) for file in files.values()) for id_, files in list(storage.items())}


class UploadLimits:
    """Refuses a file where its page, or all pages together, have uploaded enough, or many come just now."""

    def __init__(self, app: ASGIApp, kept: Callable[[], Kept] = kept_by_streamlit, within: float = WITHIN) -> None:
        self.app = app
        self._kept = kept
        self._within = within
        self._coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a file only where there is room for it."""
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(_PATH):
            return await self.app(scope, receive, send)
        refusal = self._refusal(scope["path"].removeprefix(_PATH).partition("/")[0])
        if refusal:
            return await PlainTextResponse("Not taken.\n", refusal)(scope, receive, send)
        self._coming += 1
        try:
            async with asyncio.timeout(self._within):
                await self.app(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("Too slow.\n", _TIMEOUT)(scope, receive, send)
        finally:
            self._coming -= 1
        return None

    def _refusal(self, session: str) -> int:
        kept = self._kept()
        if self._coming >= MOST_AT_ONCE or sum(kept.values()) >= MOST_OF_ALL:
            return _UNAVAILABLE
        return _TOO_LARGE if kept.get(session, 0) >= MOST_OF_ONE else 0
