"""A participant's browser without the browser: what it sends with our script in the page, and without.

With it: the page, one POST for an answer as soon as it is chosen, the page with the next question; and, when a
page is there and then every 1.5 seconds on a connection of its own, what tells whether anything changed, in which
case the page is loaded again. Without it: the page with all questions, and one POST for all of them.
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
"""Seconds between two questions whether anything changed: ``SHOWN_MS`` of room.js."""

_JSON = "application/json"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_FILES = re.compile(r'<(?:script src|link rel="icon" href)="([^"]+)"')
_VERSION = re.compile(r'data-version="([^"]*)"')
_NEXT = re.compile(r'data-next="([^"]*)"')
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
        self._address = f"/w/{room}"
        self._browser = Browser(port)
        self._files: set[str] = set()
        self._page = ""
        self._loaded = asyncio.Event()
        self._poll: asyncio.Task[None] | None = None

    async def join(self, *, scripts: bool = True) -> None:
        """Open the link and take a seat; then, with scripts, ask all the time whether anything changed."""
        begin = time.perf_counter()
        page = await self._get(self._address)
        reply = await self._post("join", {**self._form(page, "join"), "name": self.name})
        assert reply.status == 303, (reply.status, reply.text)
        await self._show(reply.location)
        self.joined_at = self._waited("joined", begin)
        if scripts:
            self._poll = asyncio.create_task(self._ask_again_and_again())

    async def answer(self, question: str, choice: str) -> None:
        """Choose an answer, which the script sends, and go on to the next question."""
        begin = time.perf_counter()
        fields = {**self._form(self._page, "vote"), "key": _tokens.token()}
        assert f'name="choice.{question}"' in self._page, f"{question} is not what is asked:\n{self._page}"
        fields |= {f"choice.{question}": choice, f"reason.{question}": ""}
        reply = await self._post("vote", fields, _JSON)
        assert reply.status == 200, (reply.status, reply.text)
        self._received(json.loads(reply.body)["received"])
        self._was_saved({question: choice}, begin)
        await self._show(html.unescape(_NEXT.findall(self._page)[0]))
        self._waited("answered", begin)

    async def answer_all(self, sheet: Mapping[str, str]) -> None:
        """Open the form with all questions, fill it in and send it, as a browser without scripts does."""
        page = await self._get(f"{self._address}?q=all")
        fields = self._form(page, "vote")
        for question, choice in sheet.items():
            fields |= {f"choice.{question}": choice, f"reason.{question}": ""}
        begin = time.perf_counter()
        reply = await self._post("vote", fields)
        assert reply.status == 303, (reply.status, reply.text)
        self._was_saved(sheet, begin)
        await self._show(reply.location)
        self._waited("answered", begin)

    async def close(self) -> None:
        """Close the browser; the seat stays."""
        if self._poll is not None:
            self._poll.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._poll
        self._browser.close()

    async def _show(self, path: str) -> None:
        """Load a page, and what it needs that was not loaded before."""
        self._page = await self._get(path)
        for file in set(_FILES.findall(self._page)) - self._files:
            assert (await self._browser.get(file)).status == 200, file
            self._files.add(file)
        self._loaded.set()

    async def _get(self, path: str) -> str:
        reply = await self._browser.get(path)
        assert reply.status == 200, (path, reply.status, reply.text)
        return reply.text

    async def _post(self, form: str, fields: Mapping[str, str], accept: str = "text/html") -> Reply:
        return await self._browser.post(f"{self._address}/{form}", fields, accept)

    async def _now(self) -> Reply:
        return await self._browser.polling.send("GET", f"{self._address}/now")

    def _received(self, said: str) -> None:
        assert said == "saved", said

    def _form(self, page: str, action: str) -> dict[str, str]:
        """Return what is hidden in the form that goes to this address."""
        _, begins, form = page.partition(f'action="{self._address}/{action}"')
        assert begins, page
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(form.partition("</form>")[0])}

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
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._loaded.wait()
            self._loaded.clear()
            begin = time.perf_counter()
            reply = await self._now()
            assert reply.status == 200, (reply.status, reply.text)
            self._waited("polled", begin)
            if json.loads(reply.body)["version"] != _VERSION.findall(self._page)[0]:
                self.told_at = time.perf_counter()
                await self._show(self._address)
                self.shown_at = time.perf_counter()
