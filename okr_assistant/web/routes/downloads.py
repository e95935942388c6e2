"""Files of a shared result, at the level it was shared: ``/p/.../record.pdf``. The verdict alone has none."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.export.formats import FORMATS, export, file_name
from okr_assistant.web.context import services
from okr_assistant.web.language import carried
from okr_assistant.web.opened import NotHereError
from okr_assistant.web.plain_pages import NO_STORE, NOT_LISTED
from okr_assistant.web.routes.guard import makes
from okr_assistant.web.routes.opening import Open, portable, stored

OFFERED = ("pdf", "md", "csv", "json", "ics")
"""The formats that a reader is offered; pictures are on the page and in the record."""


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the routes; addresses in the files begin with ``public_url``, and are left out without one."""
    return [
        makes("/p/{payload}/record.{ending}", partial(_file, portable, public_url)),
        makes("/r/{token}/record.{ending}", partial(_file, stored, public_url)),
    ]


def _file(open_: Open, public_url: str | None, request: Request) -> Response:
    opened, known = open_(request), services()
    ending = request.path_params["ending"]
    if ending not in OFFERED or opened.found is None or opened.record is None:
        raise NotHereError
    kind = FORMATS[ending]
    address = carried(f"{public_url}{opened.path}") if public_url else ""
    made = export(opened.found, opened.record, known.words, known.clock.now(), address=address)
    name = file_name(opened.record.sheet.title, made.made_at.date(), kind.ending)
    return attachment(kind.write(made), name, kind.media_type)


def attachment(body: bytes, name: str, media_type: str) -> Response:
    """Return a file to be kept under this name, and by nobody between."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": NO_STORE,
        **NOT_LISTED,
    }
    return Response(body, media_type=media_type, headers=headers)
