"""A few threads for work that takes long, and a limit to how much of it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

_Made = TypeVar("_Made")


class BusyError(Exception):
    """So much waits for these threads that more would wait for too long."""


class Workers:
    """Threads of their own for one kind of work; who comes while ``most_waiting`` wait is turned away."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._threads = CapacityLimiter(threads)
        self._most = threads + most_waiting
        self._asked = 0

    async def run(self, work: Callable[[], _Made]) -> _Made:
        """Do the work in one of the threads; ``BusyError`` when too much waits already."""
        # The limiter counts who waits a moment later, when fifty who come at once have all passed.
        if self._asked >= self._most:
            raise BusyError
        self._asked += 1
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._asked -= 1
