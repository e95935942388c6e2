"""What the decision costs as a library: microseconds of ``assess``, all contributions included, on one core.

    python -m tests.bench.bench_assess [--sheets 2000] [--json]

Sheets are random and the same in every run; each question is open, unsure or has one of its options. Garbage is
collected before and not during the measurement.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from collections.abc import Sequence

from okr_assistant import AnswerSheet, Model, assess, load_model
from tests.bench.one_core import stay_on_one_core

_SEED = 2026


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print one line or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=2000, help="how many different sheets (2000)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a line")
    given = parser.parse_args(arguments)
    figures = measure(load_model(), given.sheets)
    line = "assess: median {median_us:.0f} µs, p95 {p95_us:.0f} µs over {sheets} random sheets".format(**figures)
    print(json.dumps(figures) if given.json else line)


def measure(model: Model, count: int) -> dict[str, float]:
    """Return median and 95th percentile in microseconds over ``count`` random sheets, each assessed once."""
    stay_on_one_core()
    sheets = random_sheets(model, count)
    for sheet in sheets[:200]:
        assess(model, sheet)
    gc.collect()
    gc.disable()
    try:
        times = [_microseconds(model, sheet) for sheet in sheets]
    finally:
        gc.enable()
    return {
        "sheets": count,
        "median_us": statistics.median(times),
        "p95_us": statistics.quantiles(times, n=20)[-1],
    }


def random_sheets(model: Model, count: int) -> list[AnswerSheet]:
    """Return sheets in which every question is as likely to be open as to have any one of its answers."""
    dice = random.Random(_SEED)
    sheets = []
    for _ in range(count):
        drawn = {question.id: dice.choice((None, *question.choices)) for question in model.questions}
        sheets.append(AnswerSheet({id_: answer for id_, answer in drawn.items() if answer is not None}))
    return sheets


def _microseconds(model: Model, sheet: AnswerSheet) -> float:
    start = time.perf_counter_ns()
    assess(model, sheet)
    return (time.perf_counter_ns() - start) / 1000


if __name__ == "__main__":
    main()
