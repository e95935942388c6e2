"""Our app, the same without foresight and the bare one as real servers, and the processor time each has used."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

from okr_assistant import load_model
from okr_assistant.paths import ROOT
from okr_assistant.sharing.coded_sheet import code_sheet
from tests.serving import Server, free_port, running

_OURS = "from okr_assistant.cli import main; main()"


class Servers(NamedTuple):
    """All servers, in the order in which every table lists them."""

    ours: Server
    without: Server
    """Ours, with foresight switched off."""
    bare: Server


@contextmanager
def all_servers() -> Iterator[Servers]:
    """Start the servers on free ports of 127.0.0.1, and stop all of them, whatever happens."""
    without = "tests.bench.without_foresight"
    with (
        TemporaryDirectory() as folder,
        _started("ours", Path(folder), "-c", _OURS, "serve", "--port", "{port}") as ours,
        _started("without", Path(folder), "-m", without, "serve", "--port", "{port}") as unforeseen,
        _started("bare", Path(folder), "-m", "tests.bench.bare_app", "{port}") as bare,
    ):
        yield Servers(ours, unforeseen, bare)


def address(answers: Mapping[str, str], in_front: str) -> str:
    """The query of every app's Assess page with these answers and this question (or all) in front."""
    return urlencode({"a": code_sheet(load_model(), answers), "q": in_front})


def processor_seconds(process: int) -> float:
    """Processor time of the whole process with this id, ended threads included, to the nanosecond (Linux only).

    The clock of another process, as ``clock_getcpuclockid(3)`` makes its id; ``/proc`` counts in hundredths.
    """
    return time.clock_gettime((~process << 3) | 2)


@contextmanager
def _started(name: str, folder: Path, *arguments: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, *(argument.format(port=port) for argument in arguments)]
    with running(command, port, folder / f"{name}.log", cwd=ROOT) as server:
        yield server
