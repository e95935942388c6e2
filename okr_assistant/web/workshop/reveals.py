"""What is revealed in a room, worked out once for everybody who looks at it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 16
"""Rooms that are looked at at the same time; more cost time, not correctness."""


class Reveals(Generic[T]):
    """Keeps what was asked for last, by room and revision.

    After a reveal everybody asks within the same second: one works it out, and the others wait for it.
    """

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, int], _Once[T]] = OrderedDict()
        self._lock = Lock()

    def get(self, room_id: str, revision: int, make: Callable[[], T]) -> T:
        """Return what is revealed in a room at this revision; ``make`` is called when it is not known yet."""
        with self._lock:
            once = self._made.setdefault((room_id, revision), _Once())
            self._made.move_to_end((room_id, revision))
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return once.get(make)


class _Once(Generic[T]):
    def __init__(self) -> None:
        self._lock = Lock()
        self._made: list[T] = []

    def get(self, make: Callable[[], T]) -> T:
        with self._lock:
            if not self._made:
                self._made.append(make())
            return self._made[0]
