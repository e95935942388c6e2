"""Whether anything changed in a room, asked of the store once for all who ask within the same moment."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio

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
        """Return the pulse of a room; ``ask`` is called when nobody has asked of late, and may raise."""
        known = self._rooms.setdefault(room_id, _Known())
        self._rooms.move_to_end(room_id)
        if len(self._rooms) > _MOST:
            self._rooms.popitem(last=False)
        # Who comes while the store is asked waits for its answer, and does not ask as well.
        async with known.asking:
            pulse = known.pulse
            if pulse is None or time.monotonic() - known.at >= self._fresh:
                known.at = time.monotonic()
                pulse = known.pulse = await ask()
            return pulse

    def is_newer(self, room_id: str, revision: int) -> None:
        """Forget what is older than a page that somebody is shown, to whom it would seem to have changed again."""
        known = self._rooms.get(room_id)
        pulse = known.pulse if known else None
        if known and pulse and pulse.revision < revision:
            known.pulse = None


@dataclass
class _Known:
    pulse: Pulse | None = None
    at: float = 0.0
    asking: anyio.Lock = field(default_factory=anyio.Lock)
