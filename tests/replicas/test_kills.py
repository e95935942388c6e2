"""A workshop over two replicas, of which one is killed in the middle: twenty times, at moments by lot."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import pytest
from websockets.exceptions import WebSocketException

from okr_assistant.decision.model import Model
from tests.bench.workshop_load import all_finished, close_all, facilitators_tab
from tests.bench.workshop_room import Loss, WorkshopRoom, compare, rooms_in, sheets
from tests.replicas.people import Patient
from tests.replicas.site import Site

pytestmark = [pytest.mark.server, pytest.mark.long]

KILLS = 20
PEOPLE = 6
SEED = 20261
LONGEST_LIFE = 0.4
"""Seconds at most that both replicas are at work before one of them is killed."""
_PATIENCE = 30.0


async def both_at_work(site: Site) -> None:
    """Wait until participants are sent to both."""
    begin = site.logged()
    async with asyncio.timeout(_PATIENCE):
        while len(site.answered("/w/...", begin)) < len(site.replicas):
            await asyncio.sleep(0.05)


async def killed_again_and_again(site: Site, dice: random.Random) -> None:
    for _ in range(KILLS):
        await both_at_work(site)
        await asyncio.sleep(dice.uniform(0, LONGEST_LIFE))
        victim = dice.choice(site.replicas)
        victim.kill()
        await asyncio.to_thread(victim.start)


async def facilitate(site: Site, room: WorkshopRoom, over: asyncio.Event) -> int:
    """Have the facilitator's page open until it is over; how often it had to be opened again."""
    interruptions = 0
    while True:
        try:
            async with facilitators_tab(site.proxy, room) as tab:
                await tab.watch(lambda run: over.is_set())
                return interruptions
        except (WebSocketException, OSError):
            interruptions += 1


async def workshop(site: Site, model: Model, room: WorkshopRoom, crowd: Sequence[Patient]) -> int:
    """Have it while replicas are killed; how often the facilitator's page lost its websocket."""
    over = asyncio.Event()
    await asyncio.gather(*(person.join() for person in crowd))
    watching = asyncio.create_task(facilitate(site, room, over))
    killing = asyncio.create_task(killed_again_and_again(site, random.Random(SEED)))
    await asyncio.gather(
        *(person.go_on(model, random.Random(f"{SEED} {person.name}"), killing.done) for person in crowd)
    )
    await killing
    assert compare(room, crowd) == Loss(0, 0, 0, 0), "before anything is sent again"
    given = sheets(model, len(crowd))
    await asyncio.gather(*(person.answer_each(given[person.name]) for person in crowd))
    over.set()
    interruptions = await watching
    async with facilitators_tab(site.proxy, room) as tab:
        await tab.watch(lambda run: run.says(all_finished(len(crowd))))
    await close_all(crowd)
    return interruptions


def test_nothing_is_lost_and_nothing_is_doubled_over_twenty_kills(
    site: Site, model: Model, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = time.monotonic()
    with rooms_in(site.database, model) as (room,):
        crowd = [Patient(site.proxy.port, room.id, f"Participant {number}") for number in range(1, PEOPLE + 1)]
        interruptions = asyncio.run(workshop(site, model, room, crowd))
        assert compare(room, crowd) == Loss(0, 0, 0, 0)
        kept = room.kept()
        assert kept == {person.name: dict(sheets(model, PEOPLE)[person.name]) for person in crowd}
    assert sum(replica.starts for replica in site.replicas) == KILLS + 2
    requests = site.answered("/w/...")
    assert min(requests[replica.port] for replica in site.replicas) > KILLS, "both had work to do"
    assert site.failed_over() > 0, "some were asked while they died"
    assert interruptions > 0, "the facilitator's page was on one that died"
    with capsys.disabled():
        print(
            f"\n{KILLS} kills in {time.monotonic() - begin:.0f} s, {PEOPLE} people, "
            f"{sum(person.sent for person in crowd)} answers, {dict(requests)} requests by port of the replica, "
            f"{site.failed_over()} of them given to the other one by nginx, "
            f"{sum(person.retries for person in crowd)} sent again by the script, "
            f"{sum(person.known for person in crowd)} of all found to be there already, "
            f"the facilitator's page opened again {interruptions} times"
        )
