"""What the votes of a room say, worked out once for everybody who looks at it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from okr_assistant.views.check import CheckView
from okr_assistant.views.reveal import RevealView

_MOST = 16
"""Rooms that are looked at at the same time; more cost time, not correctness."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """All that was revealed in a room: the votes, and every fist of five, the first one first."""

    votes: RevealView
    checks: tuple[CheckView, ...]


class Reveals:
    """Keeps what was asked for last, by room and revision.

    After a reveal everybody asks within the same second: one works it out, and the others wait for it.
    """

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, int], _Once] = OrderedDict()
        self._lock = Lock()

    def get(self, room_id: str, revision: int, make: Callable[[], Revealed]) -> Revealed:
        """Return what was revealed in a room at this revision; ``make`` is called when it is not known yet."""
        with self._lock:
            once = self._made.setdefault((room_id, revision), _Once())
            self._made.move_to_end((room_id, revision))
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return once.get(make)


class _Once:
    def __init__(self) -> None:
        self._lock = Lock()
        self._made: Revealed | None = None

    def get(self, make: Callable[[], Revealed]) -> Revealed:
        with self._lock:
            if self._made is None:
                self._made = make()
            return self._made
