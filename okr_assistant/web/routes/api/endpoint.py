"""What every operation has in common: who may ask how much, what is read, and where the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from okr_assistant.decision import strict_json
from okr_assistant.web.bodies import LargeBodyError, read_body
from okr_assistant.web.routes.api.limits import Buckets, Limits, client_of
from okr_assistant.web.routes.api.problems import RequestError, answer_to
from okr_assistant.web.routes.workers import Workers

JSON = "application/json"
_THREADS = 2
_MOST_WAITING = 20


class Gate:
    """What all operations share: the buckets of their clients, and the threads that they work in."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.sheets = Buckets(limits.sheets, now)
        self.links = Buckets(limits.links, now)
        # Their own, so that nobody who opens a page waits for a program.
        self.workers = Workers(_THREADS, _MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Call:
    """A request of an operation, read: what is in its address, and its body."""

    gate: Gate
    client: str
    request: Request
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does; ``work`` runs in a thread. ``openapi.py`` describes it from this.

    ``sent`` and ``answer`` name what is posted and what is answered, there and in errors; ``most_bytes`` are read.
    """

    id: str
    summary: str
    method: Literal["GET", "POST"]
    path: str
    work: Callable[[Call], Response]
    answer: str
    status: int = 200
    refusals: tuple[int, ...] = ()
    query: tuple[str, ...] = ()
    sent: str = ""
    most_bytes: int = 0


class Endpoint:
    """An operation as an ASGI application, so that other methods are answered here too."""

    def __init__(self, operation: Operation, gate: Gate) -> None:
        self._operation = operation
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is a problem in JSON."""
        try:
            response = await self._answer(Request(scope, receive))
        except ClientDisconnect:
            return
        except Exception as error:
            response = answer_to(error)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        operation = self._operation
        methods = "GET, HEAD" if operation.method == "GET" else operation.method
        if request.method not in methods.split(", "):
            raise RequestError(
                "not_allowed", 405, place="method", found=request.method, allowed=methods, methods=methods
            )
        client = client_of(request.client.host if request.client else None)
        self._gate.sheets.take(client)
        query = _query(request, operation.query)
        body = await self._body(request) if operation.method == "POST" else b""
        return await self._gate.workers.run(
            partial(operation.work, Call(self._gate, client, request, query, body))
        )

    async def _body(self, request: Request) -> bytes:
        """The body; only as JSON, which no form of another site can be."""
        found = request.headers.get("content-type", "")
        if found.partition(";")[0].strip().lower() != JSON:
            raise RequestError("not_allowed", 415, place="Content-Type", found=found or "nothing", allowed=JSON)
        most = self._operation.most_bytes
        try:
            return await read_body(request, most)
        except LargeBodyError as error:
            size = strict_json.size(most)
            raise RequestError("too_large", 413, place=self._operation.sent, allowed=size) from error


class Elsewhere:
    """Answers whatever else is asked for below the addresses of the API, where an app page would be no help."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say what there is."""
        error = RequestError("not_allowed", 404, place="address", found=scope["path"], allowed=self._paths)
        await answer_to(error)(scope, receive, send)


def _query(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """What is in the address behind ``?``, each key once."""
    found: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key not in allowed:
            raise RequestError("unknown_key", 422, place="address", found=key, allowed=allowed or "none")
        if key in found:
            raise RequestError("repeated", 422, place=f"address: {key}", found=f"{key} twice", allowed="one value")
        found[key] = value
    return found
