"""What search engines may read: the start page, and never anybody's result or room."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

_TEXT = "User-agent: *\nAllow: /$\nDisallow: /\n"


async def robots(request: Request) -> PlainTextResponse:
    """``/$`` is the address without anything behind it; the rest is closed (RFC 9309)."""
    del request
    return PlainTextResponse(_TEXT, headers={"Cache-Control": "max-age=86400"})


ROUTES = [Route("/robots.txt", robots)]
