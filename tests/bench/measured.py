"""What the load scripts measure: times with their percentiles, and what a server's process takes."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.servers import processor_seconds
from tests.serving import Server

Times = list[float]
"""In seconds."""


@dataclass(frozen=True)
class Spread:
    """Milliseconds; a percentile is one of the times that were measured, the next higher one."""

    count: int
    p50: float
    p95: float
    max: float


def spread(times: Sequence[float]) -> Spread:
    """The figures of these times, of which there is at least one."""
    ordered = sorted(1000 * seconds for seconds in times)
    return Spread(len(ordered), _at(ordered, 0.5), _at(ordered, 0.95), ordered[-1])


@dataclass
class Costs:
    """What the parts of an app take from when this is made: processor time, and memory beyond what they had.

    ``parts`` tells the processes of each part by its name (Linux only). What a process took that ended meanwhile
    is not in it.
    """

    parts: Mapping[str, Callable[[], Sequence[int]]]

    def __post_init__(self) -> None:
        self._begin = time.perf_counter()
        self._used = {process: processor_seconds(process) for process in self._all()}
        self._memory = self.memory()

    def seconds(self) -> float:
        return time.perf_counter() - self._begin

    def by_part(self) -> dict[str, float]:
        """Seconds of one core that each part took."""
        return {part: sum(map(self._more, processes())) for part, processes in self.parts.items()}

    def processor(self) -> float:
        """Seconds of one core."""
        return sum(self.by_part().values())

    def share(self) -> float:
        """Of one core, as a share of the time that passed."""
        return self.processor() / self.seconds()

    def more_memory(self) -> int:
        """Kilobytes that the processes have now and had not when this was made."""
        return self.memory() - self._memory

    def memory(self) -> int:
        """Kilobytes of the processes in memory; what they share counts for each."""
        return sum(map(_kilobytes, self._all()))

    def _more(self, process: int) -> float:
        return processor_seconds(process) - self._used.get(process, 0)

    def _all(self) -> list[int]:
        return [process for processes in self.parts.values() for process in processes()]


def costs_of(server: Server) -> Costs:
    """What one server takes from now on."""
    return Costs({"app": lambda: [server.process.pid]})


def family(process: int) -> list[int]:
    """The ids of a process and of all that it started and they started, as long as they run (Linux only)."""
    found = [process]
    for each in found:
        children = Path(f"/proc/{each}/task/{each}/children")
        with contextlib.suppress(OSError):  # it has ended meanwhile
            found.extend(map(int, children.read_text(encoding="ascii").split()))
    return found


@dataclass
class Others:
    """What everything else on this machine took from when this is made (Linux only)."""

    def __post_init__(self) -> None:
        self._begin = time.perf_counter()
        self._before = self._seconds()

    def share(self) -> float:
        """Of one core. Servers that are still running count as others."""
        return (self._seconds() - self._before) / (time.perf_counter() - self._begin)

    def _seconds(self) -> float:
        user, nice, system, _idle, _waits, *interrupts = Path("/proc/stat").read_text().split("\n")[0].split()[1:8]
        machine = sum(map(int, (user, nice, system, *interrupts))) / os.sysconf("SC_CLK_TCK")
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return machine - sum(each.ru_utime + each.ru_stime for each in used)


def _kilobytes(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[math.ceil(share * len(ordered)) - 1]
