"""How many participants an app carries, by how it is run: with time to think, and all at the same moment.

    python -m tests.bench.bench_capacity [--sites NAME ...] [--parts pace together] [--people N ...] [--json]

More and more people until one of twenty of them waits for a second (p95, an answer and the page with the next
question); then between the last two numbers until they are a tenth apart. In the meantime everybody's browser asks
every 1.5 seconds whether anything changed. What they were told is saved is compared with the database each time.

``pace``      people who answer every 5 seconds, each at a moment of their own
``together``  people who all answer at the same moment

The participants' program shares the machine's cores with the app, its database and its proxy; what each took is in
the table. This is a measurement and no test. What was found is in docs/load.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass

import uvloop

from okr_assistant import load_model
from okr_assistant.decision.model import Model
from tests.bench.crowd import paced, together
from tests.bench.measured import Spread, spread
from tests.bench.sites import SITES
from tests.bench.workshop_live import thinking
from tests.bench.workshop_load import Site, warm_up

MOST_MS = 1000
_EVERY = 5.0
_TURNS, _TIMES = 4, 3
_FIRST = {"pace": 200, "together": 50}
_NEAR = 1.1
"""Two numbers of people that are so near are as good as the same: runs differ by more."""


@dataclass(frozen=True)
class Carried:
    """So many people, and what they waited for an answer and the next page.

    ``processor`` has the share of one core that each part took, and ``participants`` what their program took, from
    when all were there; ``answers`` is how many were given in these ``seconds``, with the first one of each.
    """

    people: int
    waited: Spread
    processor: dict[str, float]
    participants: float
    answers: int
    seconds: float

    @property
    def fits(self) -> bool:
        return self.waited.p95 < MOST_MS


async def measure(on: Site, model: Model, part: str, people: int) -> Carried:
    """Let so many people answer a few times; nothing they were told is saved may be missing afterwards."""
    async with thinking(on, model, people) as acts:
        costs, own = on.costs(), time.process_time()
        times = await (paced(acts, _EVERY, _TURNS) if part == "pace" else together(acts, _TIMES))
        seconds, own = costs.seconds(), time.process_time() - own
        shares = {name: used / seconds for name, used in costs.by_part().items()}
    return Carried(people, spread(times), shares, own / seconds, len(times) + people, seconds)


async def most(measured: Callable[[int], Awaitable[Carried]], first: int) -> list[Carried]:
    """Measure more and more people, then numbers in between; all that was measured, in that order."""
    found = [await measured(first)]
    while found[-1].fits:
        found.append(await measured(2 * found[-1].people))
    low = max((each.people for each in found if each.fits), default=1)
    high = found[-1].people
    while high > _NEAR * low:
        found.append(await measured((low + high) // 2))
        low, high = (found[-1].people, high) if found[-1].fits else (low, found[-1].people)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for, and print tables or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", nargs="+", choices=SITES, default=list(SITES), help="how the app is run")
    parser.add_argument("--parts", nargs="+", choices=_FIRST, default=list(_FIRST), help="how people answer")
    parser.add_argument("--people", type=int, nargs="+", help="so many, instead of looking for most")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = parser.parse_args(arguments)
    found = {
        (name, part): uvloop.run(_found(name, part, given.people)) for name in given.sites for part in given.parts
    }
    if given.json:
        print(json.dumps([{"site": s, "part": p, "found": list(map(asdict, c))} for (s, p), c in found.items()]))
        return
    for (name, part), carried in found.items():
        print(f"\n{name}: {part}\npeople  p50/p95/max ms  answers/s  share of one core")
        for each in sorted(carried, key=lambda each: each.people):
            print(_line(each))


async def _found(name: str, part: str, numbers: Sequence[int] | None) -> list[Carried]:
    model = load_model()
    with SITES[name]() as on:
        await warm_up(on, model)
        if numbers:
            return [await measure(on, model, part, people) for people in numbers]
        return await most(lambda people: measure(on, model, part, people), _FIRST[part])


def _line(each: Carried) -> str:
    waited = f"{each.waited.p50:.0f}/{each.waited.p95:.0f}/{each.waited.max:.0f}"
    shares = ", ".join(f"{name} {share:.0%}" for name, share in each.processor.items())
    rate = each.answers / each.seconds
    return f"{each.people:6}  {waited:>14}  {rate:9.0f}  {shares}, participants {each.participants:.0%}"


if __name__ == "__main__":
    main()
