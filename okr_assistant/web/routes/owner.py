"""The owner's page of a stored link: what is shared, the remarks on it, and how to end it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.sharing.links import MOST_REMARKS, Links
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.views.remarks import remark_views
from okr_assistant.web.context import services
from okr_assistant.web.forms import FormError, form_name, form_token
from okr_assistant.web.opened import Owned, opened_by_owner
from okr_assistant.web.plain_pages import page, see_other
from okr_assistant.web.routes.guard import nothing, shows, takes

_PURPOSE = "owner"
_ENDED = "/o/ended"
_FOR_EVER = {"revoke", "delete"}
_LONGEST_ID = 64
_BAD_REQUEST = 400


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the page, what takes its forms, and the page after the end."""
    path = "/o/{owner_key}"
    return [
        shows(_ENDED, _ended),
        shows(path, _page),
        takes(path, _take, public_url),
        nothing("/o/{rest:path}"),
    ]


def _page(request: Request) -> Response:
    return _shown(opened_by_owner(services(), request.path_params["owner_key"]))


def _shown(owned: Owned, problem: str = "", status: int = 200) -> Response:
    known, stored, opened = services(), owned.stored, owned.opened
    found = opened.found if opened else None
    remarks = known.links.store.remarks(stored.token_hash)
    key = owned.path.removeprefix("/o/")
    return page(
        "owner.html",
        status,
        path=owned.path,
        shared=owned.shared,
        stored=stored,
        sentence=opened.view.sentence if opened else "",
        takes_remarks=found is not None,
        made_on=known.words.date(stored.made_at.date()),
        until=known.words.date(stored.expires_at.date()),
        remarks=remark_views(found, remarks, known.words) if found else (),
        most=MOST_REMARKS,
        token=form_token(known.store.secret(), _PURPOSE, key, known.links.clock.now()),
        problem=problem,
    )


def _take(request: Request, fields: Mapping[str, str]) -> Response:
    known = services()
    key = request.path_params["owner_key"]
    owned = opened_by_owner(known, key)
    now = known.links.clock.now()
    if form_name(fields.get("token", ""), known.store.secret(), _PURPOSE, key, now) is None:
        return _shown(owned, known.words("owner.stale"), _BAD_REQUEST)
    action = fields.get("action", "")
    if action in _FOR_EVER and fields.get("sure") != "yes":
        return _shown(owned, known.words("owner.not_sure"), _BAD_REQUEST)
    _do(action, known.links, owned.stored, fields)
    after = _ENDED if action in _FOR_EVER else owned.path
    return see_other(after)


def _do(action: str, links: Links, link: StoredLink, fields: Mapping[str, str]) -> None:
    match action:
        case "delete_remark":
            links.store.delete_remark(link.token_hash, _remark_id(fields.get("remark", "")))
        case "close" | "open":
            links.store.set_remarks_open(link.token_hash, is_open=action == "open")
        case "revoke":
            links.revoke(link)
        case "delete":
            links.store.delete_link(link.token_hash)
        case _:
            raise FormError("action")


def _remark_id(sent: str) -> str:
    if not (sent.isascii() and sent.isalnum() and len(sent) <= _LONGEST_ID):
        raise FormError("remark")
    return sent


def _ended(request: Request) -> Response:
    del request
    return page("ended.html")
