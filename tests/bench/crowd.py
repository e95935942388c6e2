"""How a crowd acts: each every few seconds, or all at the same moment. The same for every kind of page."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from tests.bench.measured import Times

Act: TypeAlias = Callable[[], Awaitable[object]]
"""One thing that somebody does; it is done when their page is as it should be afterwards."""

Made = TypeVar("Made")
_AT_ONCE = 10
_REST = 2.0
_SEED = 2026


async def in_turn(makers: Iterable[Callable[[], Awaitable[Made]]]) -> list[Made]:
    """Do all of it, ten at a time: arriving is not what is measured."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(make: Callable[[], Awaitable[Made]]) -> Made:
        async with gate:
            return await make()

    return await asyncio.gather(*map(one, makers))


async def paced(acts: Sequence[Act], every: float, rounds: int) -> Times:
    """Let everybody act every so many seconds, each beginning at a moment of their own; seconds of each act.

    The first act of each is not counted.
    """
    dice = random.Random(_SEED)
    starts = [dice.uniform(0, every) for _ in acts]

    async def one(act: Act, start: float) -> Times:
        times = []
        begin = time.perf_counter() + start
        for turn in range(rounds + 1):
            await asyncio.sleep(max(begin + turn * every - time.perf_counter(), 0))
            times.append(await _timed(act))
        return times[1:]

    found = await asyncio.gather(*map(one, acts, starts))
    return [time_ for times in found for time_ in times]


async def together(acts: Sequence[Act], rounds: int) -> Times:
    """Let everybody act at the same moment, a few times with rests between; seconds of each act."""
    times: Times = []
    for _ in range(rounds + 1):
        await asyncio.sleep(_REST)
        times += await asyncio.gather(*map(_timed, acts))
    return times[len(acts) :]


async def _timed(act: Act) -> float:
    begin = time.perf_counter()
    await act()
    return time.perf_counter() - begin
