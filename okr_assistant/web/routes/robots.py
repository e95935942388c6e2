"""What search engines may read: the start page, and never anybody's result or room.

Programs that show a link in a chat before anybody opens it may read shared results, which tell them not to keep
any of it.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

_PREVIEWERS = ("facebookexternalhit", "LinkedInBot", "Slackbot-LinkExpanding", "Twitterbot", "WhatsApp")
_TEXT = "\n".join(
    [
        "User-agent: *",
        "Allow: /$",
        "Disallow: /",
        "",
        *(f"User-agent: {name}" for name in _PREVIEWERS),
        "Allow: /$",
        "Allow: /p/",
        "Allow: /r/",
        "Disallow: /",
        "",
    ]
)


async def robots(request: Request) -> PlainTextResponse:
    """``/$`` is the address without anything behind it; the rest is closed (RFC 9309)."""
    del request
    return PlainTextResponse(_TEXT, headers={"Cache-Control": "max-age=86400"})


ROUTES = [Route("/robots.txt", robots)]
