"""Reading what is sent, and never more of it than is allowed."""

from __future__ import annotations

from starlette.requests import Request


class LargeBodyError(Exception):
    """More bytes were sent, or announced, than are read."""


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of at most ``most`` bytes; what is announced is believed only when it is too much."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > len(str(most)) or int(declared) > most):
        raise LargeBodyError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise LargeBodyError
    return bytes(body)
