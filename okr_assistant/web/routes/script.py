"""Our scripts: behind "Copy link", for where app pages begin and the keyboard is, and of the pages of a workshop.

Their addresses change with what is in them (``scripts.py``), and all pages work without.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from okr_assistant.paths import COPY_SCRIPT, FOCUS_SCRIPT, PAGE_SCRIPT, ROOM_SCRIPT


async def _script(file: Path, request: Request) -> Response:
    del request
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(file.read_bytes(), media_type="text/javascript", headers=headers)


ROUTES = [
    Route(f"/{file.name}", partial(_script, file))
    for file in (COPY_SCRIPT, FOCUS_SCRIPT, PAGE_SCRIPT, ROOM_SCRIPT)
]
