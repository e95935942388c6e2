"""What is over goes while the app runs, too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.store import SqlStore
from okr_assistant.web import server
from okr_assistant.web.context import connect
from okr_assistant.web.daily import DAY, cleaned_up
from okr_assistant.workshop.room import KEPT
from tests.still import StillClock
from tests.store.samples import a_room, keys
from tests.web.site import a_site

SOON = timedelta(milliseconds=1)
PATIENCE = 10


async def _until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():
            await asyncio.sleep(SOON.total_seconds())


def test_what_is_over_goes_while_the_app_runs(store: SqlStore) -> None:
    """Twice, so that it is not once only; what is not over stays."""
    clock = StillClock()
    assert store.add_room(a_room(1), keys(1), None)
    assert store.add_room(a_room(2, made_at=clock.now() + 2 * DAY), keys(2), None)

    async def days() -> None:
        async with cleaned_up(store, clock, SOON):
            clock.move(KEPT + DAY)
            await _until(lambda: store.room(a_room(1).id) is None)
            assert store.room(a_room(2).id)
            clock.move(2 * DAY)
            await _until(lambda: store.room(a_room(2).id) is None)

    asyncio.run(days())


@pytest.mark.parametrize("error", [StoreError("storage_busy", place="storage"), ZeroDivisionError("of ours")])
def test_what_goes_wrong_is_logged_and_tried_again(
    error: Exception, store: SqlStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert store.add_room(a_room(1), keys(1), None)
    clock, delete, asked = StillClock(), store.delete_links_expired_before, 0
    clock.move(KEPT + DAY)

    def fails_first(*given: object) -> int:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise error
        return delete(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "delete_links_expired_before", fails_first)

    async def days() -> None:
        async with cleaned_up(store, clock, SOON):
            await _until(lambda: store.room(a_room(1).id) is None)

    asyncio.run(days())
    assert "not cleaned up" in caplog.text


def test_it_is_over_with_the_app(store: Store) -> None:
    """And within the day that it sleeps: the end of the app does not wait for it."""

    async def an_app() -> set[asyncio.Task[object]]:
        async with cleaned_up(store, StillClock()):
            assert len(asyncio.all_tasks()) == 2
        return asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[arg-type]

    assert asyncio.run(an_app()) == set()


def test_the_app_cleans_up_as_long_as_it_runs() -> None:
    """The lifespan of the server has the task, on the store and the clock of its services."""
    connected = a_site()
    connect(connected.services)
    app = SimpleNamespace(state={})

    async def lives() -> int:
        async with server._lifespan(app):  # type: ignore[arg-type]
            return len(asyncio.all_tasks())

    assert asyncio.run(lives()) == 2
