"""One clock for all processes that share a database: the server's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from okr_assistant.errors import StoreError

_ASKED_EVERY = 60.0
"""Seconds between two looks at the server's clock; in between, time goes on by this machine's steady one."""

_AFTER_A_FAILURE = 10.0


class SharedClock:
    """The time as ``ask`` tells it, once when this is made, and then once a minute in a thread of its own.

    Telling the time never waits. While nobody can be asked, time goes on as it was.
    """

    def __init__(self, ask: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._steady = ask, steady
        self._asking = threading.Lock()
        self._known = self._look()
        self._next = self._steady() + _ASKED_EVERY

    def now(self) -> datetime:
        """The time, aware and in UTC."""
        if self._steady() > self._next and self._asking.acquire(blocking=False):
            self._start()
        told, at = self._known
        return told + timedelta(seconds=self._steady() - at)

    def _start(self) -> None:
        try:
            threading.Thread(target=self._ask_again, daemon=True).start()
        except RuntimeError:  # no thread is left; the time goes on, and whoever wants it next tries again
            self._asking.release()

    def _ask_again(self) -> None:
        try:
            self._next = self._steady() + _AFTER_A_FAILURE
            with suppress(StoreError):
                self._known = self._look()
                self._next = self._steady() + _ASKED_EVERY
        finally:
            self._asking.release()

    def _look(self) -> tuple[datetime, float]:
        before = self._steady()
        told = self._ask().astimezone(UTC)
        return told, (before + self._steady()) / 2  # half of the way there and back
