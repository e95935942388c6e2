"""What scoring many sheets costs on one core: integer-coded sheets a second, and the whole sweep.

    python -m tests.bench.bench_batch [--sheets 4000000] [--json]

Sheets are random and the same in every run; each question is open, unsure or has one of its options. The best of
several runs is reported, since everything else on the machine can only slow one down.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence

import numpy as np

from okr_assistant import Model, load_model
from okr_assistant.decision.batch import Batch
from okr_assistant.decision.sweep import sweep
from okr_assistant.decision.tables import Codes, tables_of

_SEED, _RUNS = 2026, 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a few lines or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=4_000_000, help="how many sheets (4000000)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    given = parser.parse_args(arguments)
    figures = measure(load_model(), given.sheets)
    lines = (
        "outcomes: {outcomes_per_second:,.0f} sheets a second\n"
        "verdicts: {verdicts_per_second:,.0f} sheets a second\n"
        "tables: {tables_ms:.1f} ms\n"
        "sweep: {sweep_seconds:.1f} s for {swept:,} sheets"
    ).format(**figures)
    print(json.dumps(figures) if given.json else lines)


def measure(model: Model, count: int) -> dict[str, float]:
    """Return sheets a second, and seconds for the sweep with all its checks; all on one core."""
    if hasattr(os, "sched_setaffinity"):  # not on macOS and Windows
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    codes = random_codes(model, count)
    batch = Batch(model)
    start = time.perf_counter()
    swept = sweep(model).counted
    sweep_seconds = time.perf_counter() - start
    return {
        "sheets": count,
        "outcomes_per_second": count / _best(lambda: batch.outcomes(codes)),
        "verdicts_per_second": count / _best(lambda: batch.verdicts(codes)),
        "tables_ms": _best(lambda: Batch(model)) * 1000,
        "swept": swept,
        "sweep_seconds": sweep_seconds,
    }


def random_codes(model: Model, count: int) -> Codes:
    """Return sheets in which every question is as likely to be open as to have any one of its answers."""
    dice = np.random.default_rng(_SEED)
    return dice.integers(0, tables_of(model).open + 1, (count, len(model.questions)), dtype=np.uint8)


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
