"""Uploads for a page whose session is on another replica."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

_MOST: Final = 32 * 1024 * 1024
"""Bytes of an upload that are read past; more is no upload of ours, and its connection may break."""
_UPLOAD: Final = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+")


def is_here(session: str) -> bool:
    """Tell whether this process has this session of Streamlit, with a page that is open."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)


class UploadsElsewhere:
    """Answers 404 to an upload for a session that is not here, so that a proxy asks the next replica.

    Streamlit says 400, which no proxy may take for "somebody else has it". Such an upload is no mistake: a page
    goes on with another replica when its own dies, and stays there when that one is back.
    """

    def __init__(self, app: ASGIApp, is_here: Callable[[str], bool] = is_here) -> None:
        self.app = app
        self._is_here = is_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that its session is not here."""
        if scope["type"] == "http" and scope["method"] == "PUT":
            upload = _UPLOAD.fullmatch(scope["path"])
            if upload and not self._is_here(upload["session"]):
                await _read_past(receive)
                return await PlainTextResponse("Not Found\n", 404)(scope, receive, send)
        return await self.app(scope, receive, send)


async def _read_past(receive: Receive) -> None:
    """Take what is sent: a proxy that cannot send all of it would count this process as failed."""
    read = 0
    while read <= _MOST:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
