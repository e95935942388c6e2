"""Is the server alive? For load balancers and containers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def health(request: Request) -> JSONResponse:
    """``{"status": "ok"}`` as long as the process answers; never cached."""
    del request
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/healthz", health)]
