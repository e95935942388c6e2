"""The script of the pages of a workshop, which work without it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from okr_assistant.paths import ROOM_SCRIPT


async def _script(request: Request) -> Response:
    del request
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(ROOM_SCRIPT.read_bytes(), media_type="text/javascript", headers=headers)


ROUTES = [Route("/room.js", _script)]
