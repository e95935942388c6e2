"""The reveal of a room, worked out once for everybody who looks at it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from okr_assistant.views.reveal import RevealView

_MOST = 16
"""Rooms that are looked at at the same time; more cost time, not correctness."""


class Reveals:
    """Keeps the reveals that were asked for last, by room and revision.

    After a reveal everybody asks within the same second: one works it out, and the others wait for it.
    """

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, int], _Once] = OrderedDict()
        self._lock = Lock()

    def get(self, room_id: str, revision: int, make: Callable[[], RevealView]) -> RevealView:
        """Return the reveal of a room at this revision; ``make`` is called when it is not known yet."""
        with self._lock:
            once = self._made.setdefault((room_id, revision), _Once())
            self._made.move_to_end((room_id, revision))
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return once.get(make)


class _Once:
    def __init__(self) -> None:
        self._lock = Lock()
        self._view: RevealView | None = None

    def get(self, make: Callable[[], RevealView]) -> RevealView:
        with self._lock:
            if self._view is None:
                self._view = make()
            return self._view
