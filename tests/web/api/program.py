"""A program that asks the API, without a server between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okr_assistant.web.context import connect
from okr_assistant.web.routes.api.limits import Limits, Rate
from okr_assistant.web.routes.api.routes import routes
from tests.web.asgi import Answer, Client
from tests.web.site import Site, a_site

PROBLEM = "application/problem+json"
ENOUGH = Limits(Rate(10**6, 60), Rate(10**6, 60))
"""For tests of something else."""


@dataclass
class Seconds:
    """A clock for limits; it stands still until it is moved."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class Program(Client):
    """Posts JSON, and reads JSON."""

    def __init__(
        self,
        site: Site | None = None,
        limits: Limits = ENOUGH,
        seconds: Seconds | None = None,
        public_url: str | None = None,
    ) -> None:
        self.site = site or a_site()
        super().__init__(self.site, public_url, routes(public_url, limits, seconds or Seconds()))

    async def asked(
        self, method: str, address: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Ask this program's own site: the services are those that were connected last."""
        connect(self.site.services)
        return await super().asked(method, address, headers, body)

    def sends(self, operation: str, body: Any, content_type: str = "application/json") -> Answer:
        """Post bytes as they are, and anything else as JSON."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"content-type": content_type, "content-length": str(len(sent))}
        return self.ask("POST", f"/api/v1/{operation}", headers, sent)

    def gets(self, operation: str, body: Any) -> Any:
        """Post something that is done, and return what is answered."""
        answer = self.sends(operation, body)
        assert answer.status in (200, 201), answer.text
        assert answer.headers["content-type"] == "application/json"
        return json.loads(answer.body)


def problem_of(answer: Answer, status: int) -> dict[str, Any]:
    """The problem that was answered."""
    assert (answer.status, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    assert answer.headers["cache-control"] == "no-store"
    said: dict[str, Any] = json.loads(answer.body)
    assert set(said) == {"title", "status", "problem", "place", "found", "allowed", "detail"}
    assert said["status"] == status
    return said
