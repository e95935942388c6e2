"""Our own HTTP routes, beside Streamlit's."""

from __future__ import annotations

from starlette.routing import BaseRoute

from okr_assistant.web.routes import health, icon, robots


def all_routes() -> list[BaseRoute]:
    """Every route of ours; each module here adds its own to this list."""
    return [*health.ROUTES, *icon.ROUTES, *robots.ROUTES]
