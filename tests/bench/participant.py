"""A participant's browser with our script in it, without the browser: what it sends, in the order it sends it.

The page, then one POST for an answer and the page with the next question; and all the while, every 1.5 seconds on
a connection of its own, what tells whether anything changed, after which the page is fetched again.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import time
from collections.abc import Mapping

from okr_assistant.clock import SystemTokens
from tests.bench.http_client import Browser, Reply
from tests.bench.measured import Times

EVERY = 1.5
"""Seconds between two questions whether anything changed, as in our script."""

_JSON = "application/json"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_FILES = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"')
_tokens = SystemTokens()


class Participant:
    """Somebody in a room.

    ``given`` is what they were told is saved, ``sent`` how many things that were new they sent for it. ``waits``
    has the seconds that they waited: for their seat, for "saved", for that with the next question, and for the
    answer whether anything changed. Other times are those of ``time.perf_counter``.
    """

    def __init__(self, port: int, room: str, name: str) -> None:
        self.name = name
        self.given: dict[str, str] = {}
        self.sent = 0
        self.waits: dict[str, Times] = {"joined": [], "saved": [], "answered": [], "polled": []}
        self.joined_at = self.saved_at = self.told_at = self.shown_at = 0.0
        self._version = ""
        self._page: Reply | None = None
        self._address = f"/w/{room}"
        self._browser = Browser(port)
        self._poll: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Open the link, take a seat, and begin to ask whether anything changed."""
        begin = time.perf_counter()
        page = await self._get(self._address)
        for file in _FILES.findall(page.text):
            await self._get(file)
        sent = await self._browser.post(f"{self._address}/join", {**self._form(page, "join"), "name": self.name})
        self._page = await self._browser.follow(sent)
        self.joined_at = self._waited("joined", begin)
        self._poll = asyncio.create_task(self._ask_again_and_again())

    async def answer(self, question: str, choice: str) -> None:
        """Send one answer as the script does, and fetch the next question."""
        assert self._page is not None
        begin = time.perf_counter()
        fields = {**self._form(self._page, "vote"), "key": _tokens.token(), f"choice.{question}": choice}
        reply = await self._browser.post(f"{self._address}/vote", fields, _JSON)
        assert (reply.status, reply.text) == (200, '{"received":"saved"}'), (reply.status, reply.text)
        self._was_saved({question: choice}, begin)
        self._page = await self._get(self._address)
        self._waited("answered", begin)

    async def answer_all(self, sheet: Mapping[str, str]) -> None:
        """Fill in the form with all questions and send it, as a browser without scripts does."""
        begin = time.perf_counter()
        page = await self._get(f"{self._address}?q=all")
        choices = {f"choice.{question}": choice for question, choice in sheet.items()}
        reply = await self._browser.post(f"{self._address}/vote", {**self._form(page, "vote"), **choices})
        assert reply.status == 303, (reply.status, reply.text)
        self._was_saved(sheet, begin)
        self._page = await self._browser.follow(reply)
        self._waited("answered", begin)

    async def close(self) -> None:
        """Close the browser; the seat stays."""
        if self._poll is not None:
            self._poll.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._poll
        self._browser.close()

    async def _get(self, path: str) -> Reply:
        reply = await self._browser.get(path)
        assert reply.status == 200, (path, reply.status, reply.text)
        return reply

    def _form(self, page: Reply, action: str) -> dict[str, str]:
        """Return what is hidden in the form that goes to this address."""
        _, begins, form = page.text.partition(f'action="{self._address}/{action}"')
        assert begins, page.text
        hidden = _HIDDEN.findall(form.partition("</form>")[0])
        return {name: html.unescape(value) for name, value in hidden}

    def _was_saved(self, choices: Mapping[str, str], begin: float) -> None:
        self.given.update(choices)
        self.sent += 1
        self.saved_at = self._waited("saved", begin)

    def _waited(self, what: str, begin: float) -> float:
        now = time.perf_counter()
        self.waits[what].append(now - begin)
        return now

    async def _ask_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            begin = time.perf_counter()
            reply = await self._browser.polling.send("GET", f"{self._address}/now", {"Accept": _JSON})
            assert reply.status == 200, (reply.status, reply.text)
            self._waited("polled", begin)
            version = json.loads(reply.body)["version"]
            if self._version and version != self._version:
                await self._show_what_changed()
            self._version = version

    async def _show_what_changed(self) -> None:
        self.told_at = time.perf_counter()
        await self._browser.polling.send("GET", self._address)
        self.shown_at = time.perf_counter()
