"""Our app and the bare one as real servers, side by side, and how much processor time each has used."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

from okr_assistant import load_model
from okr_assistant.paths import ROOT
from okr_assistant.sharing.coded_sheet import code_sheet
from tests.bench.answers import full_sheet
from tests.serving import Server, free_port, running

_OURS = "from okr_assistant.cli import main; main()"


class Servers(NamedTuple):
    """Both servers, in the order in which every table lists them."""

    ours: Server
    bare: Server


@contextmanager
def both_servers() -> Iterator[Servers]:
    """Start our app and the bare one on free ports of 127.0.0.1, and stop both, whatever happens."""
    with (
        TemporaryDirectory() as folder,
        _started("ours", Path(folder), "-c", _OURS, "serve", "--port", "{port}") as ours,
        _started("bare", Path(folder), "-m", "tests.bench.bare_app", "{port}") as bare,
    ):
        yield Servers(ours, bare)


@cache
def address(in_front: str) -> str:
    """The query of both apps' Assess page with this question (or all) in front; ours also has the answers."""
    model = load_model()
    return urlencode({"a": code_sheet(model, full_sheet(model)), "q": in_front})


def processor_seconds(server: Server) -> float:
    """Processor time of the whole process, ended threads included, to the nanosecond (Linux only).

    The clock of another process, as ``clock_getcpuclockid(3)`` makes its id; ``/proc`` counts in hundredths.
    """
    return time.clock_gettime((~server.process.pid << 3) | 2)


@contextmanager
def _started(name: str, folder: Path, *arguments: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, *(argument.format(port=port) for argument in arguments)]
    with running(command, port, folder / f"{name}.log", cwd=ROOT) as server:
        yield server
