"""How many people a workshop carries, beside oTree and beside a plain Streamlit page, measured in the same run.

    python -m tests.bench.bench_workshop [--people 10 30 ...] [--parts answers pace live] [--otree FOLDER] [--json]

The server is the real one with its data on disk. Participants send what a browser with our script sends, over real
connections; the facilitator is a real websocket. All participants begin at the same moment, and nobody thinks: the
next answer follows as soon as the next question is there, which no room does. Parts:

``answers``  join and answer 15 questions, each on its own, and all as one form; and oTree, where it is to be found
``pace``     250 people who answer every 5 seconds, and 100 who answer at the same moment; a Streamlit page too
``live``     a reveal in a room of 200, and what that room costs while nothing happens

``--otree`` names an environment of its own with oTree 6 in it (``pip install otree`` there, never here).

The participants share the machine's cores with the server: what they take is part of every time, and is printed.
So is what everything else on the machine took; where that is much, measure again.
This is a measurement and no test; ``test_workshop_load.py`` is the test. What was found is in docs/load.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import uvloop

from okr_assistant import load_model
from okr_assistant.decision.model import Model
from tests.bench.crowd import Act, paced, together
from tests.bench.measured import Costs, Others, costs_of, spread
from tests.bench.otree_site import answer_all, otree_site
from tests.bench.widgets_load import sessions, widgets_server
from tests.bench.workshop_live import live, thinking
from tests.bench.workshop_load import WAYS, Answered, answers, site, warm_up
from tests.bench.workshop_report import Found, Otree, Pace, tables

PARTS = ("answers", "pace", "live")
"""What can be measured."""

_PEOPLE = (10, 30, 100, 200)
_OTREE_PEOPLE = 100
_PACED, _EVERY, _TURNS = 250, 5.0, 6
_TOGETHER, _TIMES = 100, 4
_LIVE = 200
_WARM_UP = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for, and print tables or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=_PEOPLE, help="sizes of the rooms")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure")
    parser.add_argument("--otree", type=Path, help="an environment that has oTree")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = parser.parse_args(arguments)
    found = Found()
    for part in given.parts:
        others = Others()
        uvloop.run(_measure(part, found, load_model(), given.people, given.otree))
        found.others[part] = others.share()
    print(json.dumps(asdict(found), indent=2) if given.json else tables(found))


async def _measure(part: str, found: Found, model: Model, sizes: Sequence[int], otree: Path | None) -> None:
    if part == "answers":
        for people in sizes:
            found.answered.extend(await _answers(model, people))
        if otree is not None:
            found.otree.extend(await _otree(model, [people for people in sizes if people <= _OTREE_PEOPLE], otree))
    elif part == "pace":
        found.pace.extend([await _ours_in_pace(model), await _widgets_in_pace()])
    else:
        with site() as on:
            await warm_up(on, model)
            found.live.append(await live(on, model, _LIVE))


async def _answers(model: Model, people: int) -> list[Answered]:
    with site() as on:
        await warm_up(on, model)
        return [await answers(on, model, people, way) for way in WAYS]


async def _otree(model: Model, sizes: Sequence[int], environment: Path) -> list[Otree]:
    found = []
    with otree_site(environment, model) as on:
        await answer_all(on, _WARM_UP)
        for people in sizes:
            seconds, times = await answer_all(on, people)
            found.append(Otree(people, seconds, spread(times)))
    return found


async def _ours_in_pace(model: Model) -> Pace:
    with site() as on:
        await warm_up(on, model)
        return await _pace("ours", on.costs, partial(thinking, on, model))


async def _widgets_in_pace() -> Pace:
    with widgets_server() as server:
        return await _pace("Streamlit", partial(costs_of, server), partial(sessions, server.port))


async def _pace(
    app: str, costs_from_now: Callable[[], Costs], crowd: Callable[[int], AbstractAsyncContextManager[list[Act]]]
) -> Pace:
    async with crowd(_PACED) as acts:
        costs = costs_from_now()
        thinking_ = await paced(acts, _EVERY, _TURNS)
        share = costs.share()
    async with crowd(_TOGETHER) as acts:
        at_once = await together(acts, _TIMES)
    return Pace(app, spread(thinking_), share, spread(at_once))


if __name__ == "__main__":
    main()
