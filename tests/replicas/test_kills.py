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
PEOPLE = 8
SEED = 20261
LONGEST_LIFE = 0.5
"""Seconds that both replicas run before the next one is killed, at most."""


async def killed_again_and_again(site: Site, dice: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(0, LONGEST_LIFE))
        victim = dice.choice(site.replicas)
        victim.kill()
        await asyncio.to_thread(victim.start)


async def facilitate(site: Site, room: WorkshopRoom, until: str) -> int:
    """Have the facilitator's page open until it says this; how often it had to be opened again."""
    interruptions = 0
    while True:
        try:
            async with facilitators_tab(site.proxy, room) as tab:
                await tab.watch(lambda run: run.says(until))
                return interruptions
        except (WebSocketException, OSError):
            interruptions += 1


async def workshop(site: Site, model: Model, room: WorkshopRoom, crowd: Sequence[Patient]) -> int:
    """Have it while replicas are killed; how often the facilitator's page lost its websocket."""
    await asyncio.gather(*(person.join() for person in crowd))
    watching = asyncio.create_task(facilitate(site, room, all_finished(len(crowd))))
    killing = asyncio.create_task(killed_again_and_again(site, random.Random(SEED)))
    await asyncio.gather(
        *(person.go_on(model, random.Random(f"{SEED} {person.name}"), killing.done) for person in crowd)
    )
    await killing
    given = sheets(model, len(crowd))
    await asyncio.gather(*(person.answer_each(given[person.name]) for person in crowd))
    interruptions = await watching
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
        questions = [question.id for question in model.questions]
        assert {name: sorted(kept) for name, kept in room.kept().items()} == {
            person.name: sorted(questions) for person in crowd
        }
    assert sum(replica.starts for replica in site.replicas) == KILLS + 2
    assert min(site.answered("/w/...").values()) > KILLS, "both had work to do"
    assert site.failed_over() > 0, "some were asked while they died"
    assert interruptions > 0, "the facilitator's page was on one that died"
    with capsys.disabled():
        print(
            f"\n{KILLS} kills in {time.monotonic() - begin:.0f} s, {PEOPLE} people, "
            f"{sum(person.sent for person in crowd)} answers, requests by replica {dict(site.answered('/w/...'))}, "
            f"{site.failed_over()} given to the other one by nginx, {sum(person.retries for person in crowd)} sent "
            f"again by the script, {sum(person.known for person in crowd)} of all found to be there already, the facilitator's page opened again {interruptions} times"
        )
