"""The plain Streamlit page under load: real websocket sessions that choose options."""

from __future__ import annotations

import itertools
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from okr_assistant.paths import ROOT
from tests.bench.crowd import Act, in_turn
from tests.bench.websocket_client import Tab, open_tab
from tests.serving import Server, free_port, running

_QUESTIONS = 12


@contextmanager
def widgets_server() -> Iterator[Server]:
    """Start the plain app on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.widgets_app", str(port)]
    with TemporaryDirectory() as folder, running(command, port, Path(folder, "log"), cwd=ROOT) as server:
        yield server


@asynccontextmanager
async def sessions(port: int, people: int) -> AsyncIterator[list[Act]]:
    """Open so many sessions, and return for each what chooses its next option."""
    async with AsyncExitStack() as stack:
        yield await in_turn(partial(_session, stack, port) for _ in range(people))


async def _session(stack: AsyncExitStack, port: int) -> Act:
    tab = await stack.enter_async_context(open_tab(port, "", ""))
    run = await tab.load()
    assert not run.errors, run.errors
    assert len(tab.radios) == _QUESTIONS
    choices = itertools.cycle((f"q{place}", option) for option in (1, 2, 3, 4, 0) for place in range(_QUESTIONS))
    return partial(_choose, tab, choices)


async def _choose(tab: Tab, choices: Iterator[tuple[str, int]]) -> None:
    run = await tab.choose(*next(choices))
    assert not run.errors, run.errors
    assert any(kind == "vega_lite_chart" for _, kind in run.tree), run.tree
