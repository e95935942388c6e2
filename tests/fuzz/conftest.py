"""How much is tried, and what bounds a single try."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import settings

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
"""How many times as much as in the suite; above 1, others each time."""

SECONDS = 4.0
"""Of processor time, for one input; the slowest known takes a tenth of it."""
MOST_MIB = 400
"""That one input may add to the largest memory of its process; the worst spreadsheet that is known takes 365."""


def fuzz(examples: int) -> settings:
    """So many examples, the same ones every time unless a long run was asked for."""
    return settings(
        max_examples=examples * TIMES, derandomize=TIMES == 1, database=None, deadline=None, print_blob=TIMES > 1
    )


class TookTooLongError(BaseException):
    """Past everything that catches errors, to the test."""


@contextmanager
def bounded() -> Iterator[None]:
    """What takes more processor time or memory is a failure, and not a suite that never ends."""

    def late(*_: object) -> None:
        raise TookTooLongError

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MOST_MIB * 1024
