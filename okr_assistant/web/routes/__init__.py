"""Our own HTTP routes, beside Streamlit's."""

from __future__ import annotations

from starlette.routing import BaseRoute

from okr_assistant.web.routes import (
    back,
    downloads,
    health,
    icon,
    join,
    owner,
    remarks,
    robots,
    rooms,
    script,
    seats,
    shared,
    votes,
    workshop_record,
)
from okr_assistant.web.routes.api import routes as api


def all_routes(public_url: str | None = None) -> list[BaseRoute]:
    """Every route of ours; each module here adds its own to this list. ``public_url`` is what links begin with.

    ``st.App`` asks them before Streamlit's own, whose last one takes every path that is left.
    """
    return [
        *health.routes(),
        *icon.ROUTES,
        *robots.ROUTES,
        *remarks.routes(public_url),
        *owner.routes(public_url),
        *downloads.routes(public_url),
        *shared.routes(public_url),
        *script.ROUTES,
        *join.routes(public_url),
        *rooms.routes(public_url),
        *back.routes(public_url),
        *seats.routes(public_url),
        *votes.routes(public_url),
        *workshop_record.routes(public_url),
        *api.routes(public_url),
        *rooms.rest(),
    ]
