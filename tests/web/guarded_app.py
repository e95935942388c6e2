"""The whole app with things to break, for ``uvicorn tests.web.guarded_app:app``; see ``tests/web/guarded.py``."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from okr_assistant.decision.assessment import assessment
from okr_assistant.errors import StoreError
from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.settings import read_settings
from okr_assistant.web import logs
from okr_assistant.web.context import build_services, connect
from okr_assistant.web.server import app_parts
from tests.web.guarded import SECRET
from tests.web.site import YEAR, WatchedStore, sample_record

settings = read_settings()
logs.set_up(settings)
assert settings.data
store = WatchedStore(str(settings.data))
services = build_services(store, settings.public_url)  # type: ignore[arg-type]
connect(services)
TROUBLES = {
    "mended": None,
    "bug": RuntimeError(f"{SECRET} at /somewhere"),
    "full": StoreError("storage_full", place="storage"),
}


async def routes(request: Request) -> JSONResponse:
    """Every route that this app has, Streamlit's own among them, with its methods."""
    found = request.scope["app"].routes
    return JSONResponse([[route.path, sorted(getattr(route, "methods", None) or ["GET"])] for route in found])


async def break_store(request: Request) -> JSONResponse:
    store.fails = TROUBLES[request.path_params["how"]]
    return JSONResponse({})


async def share(request: Request) -> JSONResponse:
    """A stored link, with everything in it."""
    del request
    record = sample_record(services.models)
    model = services.models.newest
    link = services.links.make(assessment(model, record.sheet), record, "notes", YEAR)
    return JSONResponse([link.token, link.owner_key])


async def fails(request: Request) -> JSONResponse:
    """Outside of what guards our routes."""
    raise RuntimeError(f"{SECRET} in {request.url}")


parts = app_parts(settings)
parts["routes"] += [
    Route("/test/routes", routes),
    Route("/test/store/{how}", break_store),
    Route("/test/share", share),
    Route("/test/fails", fails),
]
app = st.App(MAIN_SCRIPT, **parts)
