"""A site as a company runs it: two processes of the app that share PostgreSQL, behind nginx."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.replicas.proxy import proxy
from tests.serving import MEETING_ROOM, OKR_ASSISTANT, Server, free_port, running

_ANSWERED_BY = re.compile(r":(\d+): [^:]*$")
"""In a line of the access log: the port of the last replica that was asked."""


_PATIENCE = 10.0


@dataclass
class Replica:
    """One process of the app, which can be killed and started again at the same port."""

    port: int
    folder: Path
    env: Mapping[str, str]
    starts: int = 0
    server: Server | None = None
    _running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.starts += 1
        command = [*OKR_ASSISTANT, "serve", "--port", str(self.port)]
        log = self.folder / f"replica-{self.port}-{self.starts}.log"
        self.server = self._running.enter_context(running(command, self.port, log, cwd=self.folder, env=self.env))

    def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        assert self.server is not None
        self.server.process.kill()
        self.server.process.wait(15)

    def stop(self) -> None:
        """End it properly, if it runs."""
        self._running.close()

    def output(self) -> str:
        """What it has logged, in all its lives."""
        return "".join(log.read_text("utf-8") for log in sorted(self.folder.glob(f"replica-{self.port}-*.log")))


@dataclass
class Site:
    """``url`` is how browsers reach it, ``database`` where everything is kept."""

    proxy: Server
    replicas: tuple[Replica, Replica]
    database: str
    folder: Path

    @property
    def url(self) -> str:
        return f"http://{MEETING_ROOM}:{self.proxy.port}"

    def access_log(self, after: int = 0) -> list[str]:
        """The lines that nginx wrote after so many bytes."""
        return (self.folder / "access.log").read_bytes()[after:].decode().splitlines()

    def logged(self) -> int:
        """How many bytes nginx has written by now."""
        return (self.folder / "access.log").stat().st_size

    def lines(self, page: str, after: int, count: int) -> list[str]:
        """The lines about this kind of page after so many bytes; nginx writes one when its answer was sent."""
        end = time.monotonic() + _PATIENCE
        while len(found := [line for line in self.access_log(after) if f" {page} " in line]) < count:
            assert time.monotonic() < end, f"{len(found)} lines of {count}"
            time.sleep(0.01)
        return found

    def answered(self, page: str, after: int = 0, count: int = 0) -> Counter[int]:
        """How many requests of this kind of page each replica has answered since then, by its port.

        There are at least ``count`` of them, or will be in a moment.
        """
        lines = self.lines(page, after, count)
        return Counter(int(_ANSWERED_BY.findall(line)[0]) for line in lines if _ANSWERED_BY.search(line))

    def failed_over(self) -> int:
        """How many requests nginx gave to a second replica."""
        return sum(", " in line.partition(" from ")[2] for line in self.access_log())


@contextmanager
def running_site(folder: Path, database: str, others: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Start both replicas on this database and nginx before them; ``others`` changes its configuration."""
    port, *ports = free_port(), free_port(), free_port()
    env = {
        "OKR_ASSISTANT_PUBLIC_URL": f"http://{MEETING_ROOM}:{port}",
        "OKR_ASSISTANT_DATABASE_URL": database,
    }
    first, second = (Replica(number, folder, env) for number in ports)
    with ExitStack() as stack:
        for replica in (first, second):
            stack.callback(replica.stop)
            replica.start()
        front = stack.enter_context(proxy(folder, port, (first.port, second.port), others))
        yield Site(front, (first, second), database, folder)
