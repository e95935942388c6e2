"""One clock for all processes that share a database: the server's."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from okr_assistant.errors import StoreError

_ASKED_EVERY = 60.0
"""Seconds between two looks at the server's clock; in between, time goes on by this machine's steady one."""


class SharedClock:
    """The time as ``ask`` tells it, which is asked once a minute; while it fails, time goes on as it was."""

    def __init__(self, ask: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._steady = ask, steady
        self._known = self._look()

    def now(self) -> datetime:
        """The time, aware and in UTC."""
        told, at = self._known
        if self._steady() - at > _ASKED_EVERY:
            # Two threads may both ask, which does no harm; a lock would make one wait for the other's answer.
            with suppress(StoreError):
                told, at = self._known = self._look()
        return told + timedelta(seconds=self._steady() - at)

    def _look(self) -> tuple[datetime, float]:
        before = self._steady()
        told = self._ask().astimezone(UTC)
        return told, (before + self._steady()) / 2  # half of the way there and back
