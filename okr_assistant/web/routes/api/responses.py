"""Answers of JSON: those that nobody keeps, and those that a program keeps until they change."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from okr_assistant.web.plain_pages import NO_STORE
from okr_assistant.web.routes.api.endpoint import JSON, Call


def as_bytes(value: Any) -> bytes:
    """Return plain JSON values as they are sent."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def once(value: Any, status: int = 200) -> Response:
    """Return an answer that nobody keeps."""
    return Response(as_bytes(value), status, {"Cache-Control": NO_STORE}, JSON)


def kept(call: Call, body: bytes, digest: str) -> Response:
    """Return an answer that is asked for again with its ``digest``; 304 while that is still the right one."""
    # Weak: it stands for what is said, and not for the bytes, which are compressed for some.
    headers = {"ETag": f'W/"{digest}"', "Cache-Control": "no-cache"}
    asked = call.request.headers.get("if-none-match", "").split(",")
    if {tag.strip().removeprefix("W/") for tag in asked} & {f'"{digest}"', "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, JSON)
