"""Deleting what is over while the app runs: a server that is never started again would keep everything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from okr_assistant.clock import Clock
from okr_assistant.housekeeping import Store, clean_up_if_possible

DAY = timedelta(days=1)
_log = logging.getLogger(__name__)


@asynccontextmanager
async def cleaned_up(store: Store, clock: Clock, every: timedelta = DAY) -> AsyncIterator[None]:
    """Clean up each time so much has passed, in a thread, until the block ends. It never ends by an error."""
    task = asyncio.create_task(_clean_up_for_ever(store, clock, every.total_seconds()))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _clean_up_for_ever(store: Store, clock: Clock, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(clean_up_if_possible, store, clock)
        except Exception:
            _log.exception("not cleaned up; tried again next time")
