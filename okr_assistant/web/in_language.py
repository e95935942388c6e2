"""Every request of a person has a language; what programs ask for is in English."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from okr_assistant.web import language

_FOR_PROGRAMS = ("/api/", "/_stcore/", "/static/")


class InLanguage:
    """Has routes answer in the language of the request, and redirects carry the one that was chosen."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, in its language."""
        if scope["type"] != "http" or scope["path"].startswith(_FOR_PROGRAMS):
            return await self.app(scope, receive, send)
        accepted = Headers(scope=scope).get("accept-language", "")
        spoken = language.spoken_in(QueryParams(scope["query_string"]), accepted)

        async def send_in_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Accept-Language")
                target = headers.get("location", "")
                if target.startswith("/") and not target.startswith("//"):
                    headers["location"] = language.carried(target)
            await send(message)

        with language.speaking(spoken):
            await self.app(scope, receive, send_in_language)
        return None
