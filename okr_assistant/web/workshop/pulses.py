"""Whether anything changed in a room, asked of the store once for all who ask within the same moment."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio

from okr_assistant.errors import StoreError
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import Pulse

FRESH = 0.3
"""Seconds that an answer of the store is good for: everybody in a room asks every 1.5 seconds."""

_MOST = 256
"""Rooms that are remembered; with more, some are asked for more often."""


class Pulses:
    """The pulses of rooms, each at most ``fresh`` seconds old; for the routes of one event loop."""

    def __init__(self, fresh: float = FRESH) -> None:
        self._fresh = fresh
        self._rooms: OrderedDict[str, _Known] = OrderedDict()

    async def get(self, room_id: str, ask: Callable[[], Awaitable[Pulse]]) -> Pulse:
        """Return the pulse of a room; ``ask`` is called when nobody has asked of late.

        What it raises is raised for all who wait: not one after the other has to find out that nobody answers.
        """
        known = self._rooms.setdefault(room_id, _Known())
        self._rooms.move_to_end(room_id)
        if len(self._rooms) > _MOST:
            self._rooms.popitem(last=False)
        # Who comes while the store is asked waits for its answer, and does not ask as well.
        async with known.asking:
            if time.monotonic() - known.at >= self._fresh or known.is_old:
                known.answer = await _answer(ask)
                known.at = time.monotonic()
            if isinstance(known.answer, Exception):
                raise known.answer.with_traceback(None)
            assert known.answer is not None  # noqa: S101 - asked just now
            return known.answer

    def is_newer(self, room_id: str, revision: int) -> None:
        """Forget what is older than a page that somebody is shown, to whom it would seem to have changed again."""
        known = self._rooms.get(room_id)
        if known is not None:
            known.newest = max(known.newest, revision)


@dataclass
class _Known:
    answer: Pulse | Exception | None = None
    at: float = float("-inf")
    newest: int = 0
    """The newest revision that somebody was shown."""
    asking: anyio.Lock = field(default_factory=anyio.Lock)

    @property
    def is_old(self) -> bool:
        return isinstance(self.answer, Pulse) and self.answer.revision < self.newest


async def _answer(ask: Callable[[], Awaitable[Pulse]]) -> Pulse | Exception:
    try:
        return await ask()
    except (NoRoomError, StoreError) as error:
        return error
