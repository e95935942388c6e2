"""Reading what is sent, and never more of it than is allowed."""

from __future__ import annotations

from asyncio import timeout

from starlette.requests import Request

BODY_WITHIN = 30.0
"""Seconds in which all of it has to be here."""


class LargeBodyError(Exception):
    """More bytes were sent, or announced, than are read."""


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of at most ``most`` bytes; ``TimeoutError`` when it is not there in time.

    What is announced is believed only when it is too much.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > len(str(most)) or int(declared) > most):
        raise LargeBodyError
    body = bytearray()
    async with timeout(BODY_WITHIN):
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise LargeBodyError
    return bytes(body)
