"""Uploads for sessions that are on another replica."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message

from okr_assistant.web.elsewhere import UploadsElsewhere

HERE = "/_stcore/upload_file/here/1"


def status(method: str, path: str, parts: Iterable[bytes] = (b"a", b"b")) -> tuple[int, int]:
    """What is answered to an upload in these parts, and how many of them were not read."""
    left, sent = list(parts), list[Message]()

    async def receive() -> Message:
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    app = UploadsElsewhere(PlainTextResponse("passed on", 200), is_here=lambda session: session == "here")
    asyncio.run(app({"type": "http", "method": method, "path": path, "headers": []}, receive, send))
    return sent[0]["status"], len(left)


def test_an_upload_for_a_session_elsewhere_is_read_to_its_end_and_not_found() -> None:
    assert status("PUT", "/_stcore/upload_file/gone/1") == (404, 0)


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", HERE), ("DELETE", "/_stcore/upload_file/gone/1"), ("GET", "/"), ("PUT", "/else")]
)
def test_everything_else_is_passed_on_unread(method: str, path: str) -> None:
    assert status(method, path) == (200, 2)


def test_an_upload_without_end_is_not_read_for_ever() -> None:
    megabyte = b"a" * (1024 * 1024)
    assert status("PUT", "/_stcore/upload_file/gone/1", [megabyte] * 40) == (404, 7)
