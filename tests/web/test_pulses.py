"""A room's pulse is asked of the store once for all who ask at the same moment, and is never older than a page."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.web.workshop.pulses import Pulses
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import Pulse
from tests.still import NOON

PULSE = Pulse(3, 1, None, NOON, 5, 0, 2, 1)
LONG = 1000.0


class Store:
    """Answers when it is let, or ``fails``, and counts what it was asked."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.pulse = PULSE
        self.fails = fails
        self.asked = 0
        self.answers = asyncio.Event()

    async def ask(self) -> Pulse:
        self.asked += 1
        await self.answers.wait()
        if self.fails:
            raise self.fails
        return self.pulse


async def _everybody(pulses: Pulses, store: Store, people: int = 50) -> set[Pulse | BaseException]:
    asking = [asyncio.create_task(pulses.get("room", store.ask)) for _ in range(people)]
    await asyncio.sleep(0)
    store.answers.set()
    return set(await asyncio.gather(*asking, return_exceptions=True))


def test_fifty_who_ask_at_once_are_one_question() -> None:
    async def ask() -> int:
        store = Store()
        assert await _everybody(Pulses(LONG), store) == {PULSE}
        return store.asked

    assert asyncio.run(ask()) == 1


@pytest.mark.parametrize(
    "error", [NoRoomError(), StoreError("storage_failed", place="storage")], ids=lambda it: it.problem
)
def test_what_goes_wrong_is_asked_for_once_and_said_to_fifty_who_wait(error: Exception) -> None:
    """One after the other would find out that nobody answers, each as slowly as the first."""

    async def ask() -> int:
        store = Store(error)
        assert await _everybody(Pulses(LONG), store) == {error}
        return store.asked

    assert asyncio.run(ask()) == 1


def test_what_is_too_old_is_asked_again_and_rooms_have_their_own() -> None:
    async def ask() -> int:
        store, pulses = Store(), Pulses(fresh=0)
        store.answers.set()
        await pulses.get("room", store.ask)
        store.pulse = replace(PULSE, revision=4)
        assert (await pulses.get("room", store.ask)).revision == 4
        lasting = Pulses(LONG)
        await lasting.get("room", store.ask)
        await lasting.get("another room", store.ask)
        return store.asked

    assert asyncio.run(ask()) == 4


def test_after_a_newer_page_was_shown_the_store_is_asked_again() -> None:
    async def ask() -> int:
        store, pulses = Store(), Pulses(LONG)
        store.answers.set()
        await pulses.get("room", store.ask)
        pulses.is_newer("room", PULSE.revision)
        pulses.is_newer("a room that nobody asked for", 9)
        await pulses.get("room", store.ask)
        assert store.asked == 1
        pulses.is_newer("room", PULSE.revision + 1)
        await pulses.get("room", store.ask)
        return store.asked

    assert asyncio.run(ask()) == 2


def test_a_room_that_is_gone_is_gone_for_everybody_and_no_pulse_is_kept() -> None:
    async def gone() -> Pulse:
        raise NoRoomError

    async def ask() -> None:
        store, pulses = Store(), Pulses(fresh=0)
        store.answers.set()
        await pulses.get("room", store.ask)
        for _ in range(2):
            with pytest.raises(NoRoomError):
                await pulses.get("room", gone)

    asyncio.run(ask())


def test_no_more_than_so_many_rooms_are_remembered() -> None:
    async def ask() -> int:
        store, pulses = Store(), Pulses(LONG)
        store.answers.set()
        for number in range(300):
            await pulses.get(str(number), store.ask)
        await pulses.get("299", store.ask)
        assert store.asked == 300
        await pulses.get("0", store.ask)
        return store.asked

    assert asyncio.run(ask()) == 301
