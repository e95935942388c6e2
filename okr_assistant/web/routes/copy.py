"""The small scripts of app pages: behind "Copy link", for the language of the page, and to its top."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from okr_assistant.paths import COPY_SCRIPT, LANGUAGE_SCRIPT, TOP_SCRIPT


async def _script(file: Path, request: Request) -> Response:
    del request
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(file.read_bytes(), media_type="text/javascript", headers=headers)


_SCRIPTS = (COPY_SCRIPT, LANGUAGE_SCRIPT, TOP_SCRIPT)

ROUTES = [Route(f"/{file.name}", partial(_script, file)) for file in _SCRIPTS]
