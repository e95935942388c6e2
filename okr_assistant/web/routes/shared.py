"""Shared results: ``/p/`` with the answers in the address, ``/r/`` from the store; each has a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from okr_assistant.charts.card import HEIGHT, WIDTH, card_png
from okr_assistant.errors import PayloadError
from okr_assistant.export.formats import FORMATS
from okr_assistant.views.comparison import ComparisonView
from okr_assistant.web.language import carried
from okr_assistant.web.opened import Opened
from okr_assistant.web.plain_pages import NO_STORE, NOT_LISTED, page
from okr_assistant.web.routes.downloads import OFFERED
from okr_assistant.web.routes.guard import makes, nothing, shows
from okr_assistant.web.routes.opening import Open, base, portable, stored

_KEPT = "private, max-age=300"
"""For portable links, which show the same until the server has a newer release."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What chats and mail programs show of a link before anybody opens it; addresses are whole.

    ``image`` is empty where there is no picture of what the page shows.
    """

    title: str
    description: str
    url: str
    image: str
    width: int
    height: int


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the routes; links in previews begin with ``public_url``, else with the host that was asked."""
    found: list[BaseRoute] = []
    for path, open_, kept in (("/p/{payload}", portable, _KEPT), ("/r/{token}", stored, NO_STORE)):
        found += [
            shows(path, partial(_page, open_, kept, public_url)),
            makes(f"{path}/card.png", partial(_card, open_, kept)),
            shows(f"{path}/today", partial(_today, open_, kept, public_url)),
        ]
    # Streamlit would answer the rest with an app page, which says nothing about the link.
    return [*found, shows("/p/{rest:path}", _damaged), nothing("/r/{rest:path}")]


def _page(open_: Open, kept: str, public_url: str | None, request: Request) -> Response:
    return _shown(open_(request), kept, base(request, public_url))


def _today(open_: Open, kept: str, public_url: str | None, request: Request) -> Response:
    opened = open_(request)
    if not opened.older:
        return RedirectResponse(opened.path, headers={"Cache-Control": NO_STORE})
    today, comparison = opened.on_todays_model()
    return _shown(today, kept, base(request, public_url), (opened, comparison))


def _shown(
    opened: Opened, kept: str, base: str, compared: tuple[Opened, ComparisonView] | None = None
) -> Response:
    words, view = opened.services.words, opened.view
    preview = Preview(
        title=view.title or words("shared.asked"),
        description=" ".join(filter(None, (f"{view.sentence}.", view.margin))),
        url=carried(f"{base}{opened.path}{'/today' if compared else ''}"),
        image="" if compared else carried(f"{base}{opened.path}/card.png"),
        width=WIDTH,
        height=HEIGHT,
    )
    link = opened.stored
    return page(
        "shared.html",
        cache_control=kept,
        view=view,
        preview=preview,
        path=opened.path,
        explore=opened.explore,
        until=words.date(link.expires_at.date()) if link else "",
        remarks=link is not None and link.remarks_open and opened.record is not None,
        downloads=[FORMATS[ending] for ending in OFFERED] if opened.found and not compared else [],
        older=opened.older,
        model=opened.found.model.version if opened.found else "",
        was=compared[0].found if compared else None,
        comparison=compared[1] if compared else None,
    )


def _card(open_: Open, kept: str, request: Request) -> Response:
    opened = open_(request)
    picture = card_png(opened.view, opened.services.words)
    headers = {"Cache-Control": kept, **NOT_LISTED}
    return Response(picture, media_type="image/png", headers=headers)


def _damaged(request: Request) -> Response:
    del request
    raise PayloadError("damaged", place="link")
