"""A crowd that goes on when a server dies: as our script does, and as people do who press the button again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping

from okr_assistant.decision.model import Model
from tests.bench.http_client import Reply
from tests.bench.participant import Participant

FIRST_WAIT, LONGEST_WAIT = 0.1, 1.0
"""Seconds before something is sent again. ``room.js`` waits ten times as long; a test has no patience."""

THINKING = 0.5
"""Seconds between two answers, at most."""

_LOST = (ConnectionError, asyncio.IncompleteReadError)
_SERVER_ERROR = 500


class Patient(Participant):
    """Sends the same thing, with the same key, until a server answers.

    ``retries`` is how often something had to be sent again, ``known`` how often it then turned out to have been
    received the first time, ``told`` what they were told meanwhile.
    """

    def __init__(self, port: int, room: str, name: str) -> None:
        super().__init__(port, room, name)
        self.retries = self.known = 0
        self.told: set[str] = set()

    async def go_to(self, question: str) -> None:
        """Open the page with one question."""
        await self._show(f"{self._address}?q={question}")

    async def go_on(self, model: Model, dice: random.Random, until: Callable[[], bool]) -> None:
        """Answer one question after the other, and change one's mind, until it is over."""
        while not until():
            question = dice.choice(model.questions)
            await self.go_to(question.id)
            await self.answer(question.id, dice.choice(question.choices))
            await asyncio.sleep(dice.uniform(0, THINKING))

    async def answer_each(self, sheet: Mapping[str, str]) -> None:
        """Answer every question of the sheet."""
        for question, choice in sheet.items():
            await self.go_to(question)
            await self.answer(question, choice)

    async def _get(self, path: str) -> str:
        reply = await self._until_answered(lambda: self._browser.get(path))
        assert reply.status == 200, (path, reply.status, reply.text)
        return reply.text

    async def _post(self, form: str, fields: Mapping[str, str], accept: str = "text/html") -> Reply:
        send = super()._post
        return await self._until_answered(lambda: send(form, fields, accept))

    async def _now(self) -> Reply:
        return await self._until_answered(super()._now)

    def _received(self, said: str) -> None:
        assert said in {"saved", "already_received"}, said
        self.known += said == "already_received"

    async def _until_answered(self, send: Callable[[], Awaitable[Reply]]) -> Reply:
        wait = FIRST_WAIT
        while True:
            try:
                reply = await send()
            except _LOST:
                pass
            else:
                if reply.status < _SERVER_ERROR:
                    return reply
                self.told.add(reply.text)
            self.retries += 1
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
