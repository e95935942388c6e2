"""What one answer costs in our app, as a ratio to a bare Streamlit page with the same elements and settings.

    python -m tests.bench.bench_answer [--answers 300] [--open 7] [--json]

Complete sheets, where foresight has nothing to do, and sheets with some questions open, which are answered in our
app as it is and with foresight switched off too: the difference is what foresight adds to one answer.

All servers run at the same time and are answered in turn, so that whatever else the machine does meets all.
Time is from the request to ``script_finished``; processor time is that of the server's whole process. Our issues
promise a ratio of at most 1.5, and at most 10 ms for foresight. This is a measurement and no test;
``test_comparison_is_fair.py`` is the test.

Processor time is the figure to trust. Time comes in steps: a script that runs longer than Python's switch
interval (5 ms) has its first messages sent early, and Streamlit waits 10 ms before it sends the others, so a
median near that edge jumps from one run to the next by more than our work is worth. The mean jumps less. On
a machine with other work, p99 is that work's: one answer in a hundred waited for it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, astuple, dataclass
from itertools import cycle, islice

from okr_assistant import Model, load_model
from tests.bench.answers import ALL, HALF, Choice, full_sheet, open_sheets, rounds
from tests.bench.servers import Servers, address, all_servers, processor_seconds
from tests.bench.websocket_client import Tab, Tree, open_tab
from tests.bench.without_foresight import SWITCHED_OFF
from tests.serving import Server

LIMIT = 1.5
FORESIGHT_LIMIT = 10
_WARM_UP = 3
# After a run the server still tidies up; its processor clock is read when that is over.
_REST = 0.004
_COLUMNS = ("median ms", "mean ms", "p95 ms", "p99 ms", "CPU ms")


@dataclass(frozen=True)
class Figures:
    """Milliseconds an answer, over all answers of one server in one mode; or a difference of two such."""

    median: float
    mean: float
    p95: float
    p99: float
    processor: float


@dataclass(frozen=True)
class Comparison:
    """One mode; ratios are ours to bare. What foresight adds is ours less ``without``, where it runs at all."""

    mode: str
    answers: int
    ours: Figures
    bare: Figures
    median_ratio: float
    mean_ratio: float
    processor_ratio: float
    without: Figures | None = None
    foresight_adds: Figures | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all modes, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=300, help="how many, for each server and mode (300)")
    parser.add_argument(
        "--open",
        type=int,
        default=HALF,
        choices=range(1, 15),
        metavar="N",
        help=f"open questions of the sheets that are not complete, of 15 ({HALF})",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    with all_servers() as servers:
        comparisons = asyncio.run(_compare(servers, given.answers, given.open))
    if given.json:
        print(json.dumps([asdict(comparison) for comparison in comparisons], indent=2))
    else:
        print(table(comparisons))


def table(comparisons: Sequence[Comparison]) -> str:
    """The figures as text: for each mode a line for each server, the ratios, and what foresight adds."""
    lines = [f"{'':<32}" + "".join(f"{name:>11}" for name in _COLUMNS)]
    for found in comparisons:
        rows = {"ours": found.ours, "bare": found.bare}
        if found.without and found.foresight_adds:
            rows |= {"without": found.without, "adds": found.foresight_adds}
        for name, of in rows.items():
            lines.append(f"{found.mode:<24}{name:<8}" + "".join(f"{figure:>11.2f}" for figure in astuple(of)))
        ratios = f"{found.median_ratio:>11.2f}{found.mean_ratio:>11.2f}{'':>22}{found.processor_ratio:>11.2f}"
        lines.append(f"{'':<24}{'ratio':<8}{ratios}")
    lines.append("ratio: ours to bare; without: ours, foresight switched off; adds: ours less that")
    lines.append(f"{', '.join(str(found.answers) for found in comparisons)} answers for each server")
    lines.append(
        f"promised: a ratio of at most {LIMIT} (complete), and that foresight adds at most {FORESIGHT_LIMIT} ms"
    )
    return "\n".join(lines)


async def _compare(servers: Servers, answers: int, open_: int) -> list[Comparison]:
    model = load_model()
    complete = (servers.ours, servers.bare)
    full, partial = dict.fromkeys(model.questions_by_id, full_sheet(model)), open_sheets(model, open_)
    turns = rounds(model)
    mixed = [next(turn) for turn in islice(cycle(turns.values()), answers + _WARM_UP)]
    found = [
        _comparison("one at a time", *await _by_question(complete, model, full, answers)),
        _comparison("all on one page", *await _samples(complete, address(full_sheet(model), ALL), mixed)),
        _comparison(f"one, {open_} open", *await _by_question(servers, model, partial, answers)),
        _comparison(f"all, {open_} open", *await _by_question(servers, model, partial, answers, ALL)),
    ]
    assert SWITCHED_OFF in servers.without.output(), "what the app calls is not what was replaced"
    return found


@dataclass(frozen=True)
class _Sample:
    seconds: float
    processor_seconds: float


async def _by_question(
    servers: Sequence[Server],
    model: Model,
    sheets: Mapping[str, Mapping[str, str]],
    answers: int,
    in_front: str | None = None,
) -> list[list[_Sample]]:
    """Answer each question on its sheet, with itself in front if nothing else is; samples by server."""
    found: list[list[_Sample]] = [[] for _ in servers]
    turns = rounds(model)
    for question, sheet in sheets.items():
        choices = list(islice(turns[question], -(-answers // len(sheets)) + _WARM_UP))
        samples = await _samples(servers, address(sheet, in_front or question), choices)
        for all_, new in zip(found, samples, strict=True):
            all_ += new
    return found


async def _samples(servers: Sequence[Server], query: str, choices: Sequence[Choice]) -> list[list[_Sample]]:
    """Give the same answers to all in turn, each time in an order by lot; the first answers only warm up."""
    samples: list[list[_Sample]] = [[] for _ in servers]
    async with AsyncExitStack() as stack:
        tabs = []
        for server in servers:
            tab = await stack.enter_async_context(open_tab(server.port, "assess", query))
            tabs.append((server, tab, (await tab.load()).tree))
        for choice in choices:
            for which in random.sample(range(len(tabs)), len(tabs)):
                samples[which].append(await _answered(*tabs[which], choice))
    return [of[_WARM_UP:] for of in samples]


async def _answered(server: Server, tab: Tab, page: Tree, choice: Choice) -> _Sample:
    before = processor_seconds(server.process.pid)
    run = await tab.choose(choice.question, choice.place)
    await asyncio.sleep(_REST)
    sample = _Sample(run.seconds, processor_seconds(server.process.pid) - before)
    assert run.tree == page, f"not the page that was there before:\n{run.tree}\n{server.output()}"
    return sample


def _comparison(mode: str, *samples: Sequence[_Sample]) -> Comparison:
    """From the samples of ours, if there are any of ours without foresight, and of bare."""
    ours, *between, bare = (_figures(of) for of in samples)
    without = between[0] if between else None
    return Comparison(
        mode=mode,
        answers=len(samples[0]),
        ours=ours,
        bare=bare,
        median_ratio=ours.median / bare.median,
        mean_ratio=ours.mean / bare.mean,
        processor_ratio=ours.processor / bare.processor,
        without=without,
        foresight_adds=without and _difference(ours, without),
    )


def _difference(one: Figures, other: Figures) -> Figures:
    return Figures(*(ours - theirs for ours, theirs in zip(astuple(one), astuple(other), strict=True)))


def _figures(samples: Sequence[_Sample]) -> Figures:
    times = [1000 * sample.seconds for sample in samples]
    percentiles = statistics.quantiles(times, n=100)
    return Figures(
        median=statistics.median(times),
        mean=statistics.fmean(times),
        p95=percentiles[94],
        p99=percentiles[98],
        processor=1000 * statistics.fmean(sample.processor_seconds for sample in samples),
    )


if __name__ == "__main__":
    main()
