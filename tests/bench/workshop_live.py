"""What reaches everybody, and what everybody costs: the reveal, an idle room, and a crowd with time to think."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from okr_assistant.decision.model import Model
from tests.bench.crowd import Act, in_turn
from tests.bench.measured import Spread, spread
from tests.bench.participant import Participant
from tests.bench.websocket_client import Tab
from tests.bench.workshop_load import Site, close_all, facilitators_tab
from tests.bench.workshop_room import Loss, Sheet, compare, rooms_in, sheets

_MOST = 10.0
_IN_A_ROOM = 125


@dataclass(frozen=True)
class Live:
    """A room in which everybody has answered, with the facilitator's page and the projector's open.

    ``told`` is how long after the reveal somebody's browser knew that something changed, ``shown`` how long until
    the page with the reveal was there; ``screens`` how many seconds until both screens had it. ``voting`` and
    ``revealed`` are shares of one core while nothing happens.
    """

    people: int
    told: Spread
    shown: Spread
    screens: float
    voting: float
    revealed: float


async def live(on: Site, model: Model, people: int, settle: float = 5.0, idle: float = 20.0) -> Live:
    """Have everybody answer, leave the room alone, reveal, and leave it alone again.

    Alone is for ``idle`` seconds, after ``settle`` seconds in which the last things that happened are done.
    """
    given = sheets(model, people)
    with rooms_in(on.place, model) as (room,):
        console, wall = facilitators_tab(on, room), facilitators_tab(on, room, "screen")
        async with console as first, wall as second:
            screens = [asyncio.create_task(_drawn_anew(tab)) for tab in (first, second)]
            crowd = [Participant(on.port, room.id, name) for name in given]
            await in_turn(partial(_arrive, person, given[person.name]) for person in crowd)
            voting = await _idle(on, settle, idle)
            begin = time.perf_counter()
            await asyncio.to_thread(room.facilitation.reveal)
            await _all_shown(crowd, begin)
            drawn = max(await asyncio.gather(*screens))
            screens = [asyncio.create_task(_drawn_anew(tab)) for tab in (first, second)]
            revealed = await _idle(on, settle, idle)
            for screen in screens:
                assert not screen.done(), "nothing happened that a screen could show"
                screen.cancel()
        await close_all(crowd)
    return Live(
        people=people,
        told=spread([person.told_at - begin for person in crowd]),
        shown=spread([person.shown_at - begin for person in crowd]),
        screens=drawn - begin,
        voting=voting,
        revealed=revealed,
    )


@asynccontextmanager
async def thinking(on: Site, model: Model, people: int) -> AsyncIterator[list[Act]]:
    """Have so many people in rooms, their pages open; for each of them what sends their next answer.

    In the end all that they were told is saved is in the database, once.
    """
    with rooms_in(on.place, model, -(-people // _IN_A_ROOM)) as rooms:
        given = sheets(model, people)
        crowds = [
            (room, [Participant(on.port, room.id, name) for name in list(given)[place :: len(rooms)]])
            for place, room in enumerate(rooms)
        ]
        everybody = [person for _, crowd in crowds for person in crowd]
        await in_turn(person.join for person in everybody)
        yield [partial(_next, person, iter(given[person.name].items())) for person in everybody]
        await close_all(everybody)
        for room, crowd in crowds:
            assert compare(room, crowd) == Loss(0, 0, 0, 0), compare(room, crowd)


async def _next(person: Participant, answers: Iterator[tuple[str, str]]) -> None:
    await person.answer(*next(answers))


async def _arrive(person: Participant, sheet: Sheet) -> None:
    await person.join()
    await person.answer_all(sheet)


async def _drawn_anew(tab: Tab) -> float:
    """Watch until the whole page is drawn, because something changed; when that was done."""
    await tab.watch(lambda run: run.whole)
    return time.perf_counter()


async def _idle(on: Site, settle: float, idle: float) -> float:
    await asyncio.sleep(settle)
    costs = on.costs()
    await asyncio.sleep(idle)
    return costs.share()


async def _all_shown(crowd: Sequence[Participant], begin: float) -> None:
    async with asyncio.timeout(_MOST):
        while any(person.shown_at < begin for person in crowd):
            await asyncio.sleep(0.05)
