"""What the rest of the contract costs as a library: milliseconds on one core, by how many questions are open.

    python -m tests.bench.bench_foresight [--sheets 300] [--json]

Sheets are random and the same in every run: for each number of open questions, that many are left open and the
others get any answer. ``foresee`` gives ``possible`` and ``next_question`` together with the shares. Tables are
built before; garbage is collected before and not during a measurement. The slowest sheet is named at the end.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from okr_assistant import AnswerSheet, Model, load_model
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.flips import flips
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.paths import path_to_okr
from tests.bench.one_core import stay_on_one_core

_SEED = 2026

_WORK: dict[str, Callable[[Model, AnswerSheet], Any]] = {
    "foresee": foresee,
    "flips": flips,
    "path_to_okr": path_to_okr,
    "margin": firmness,
    "assessment": assessment,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=300, help="how many for each number of open questions (300)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    figures = measure(load_model(), given.sheets)
    if given.json:
        print(json.dumps(figures))
        return
    for name, by_open in figures.items():
        print(f"{name}: milliseconds\n  open   median      p99      max")
        for open_, figure in by_open.items():
            print("  {:>4} {median:8.2f} {p99:8.2f} {max:8.2f}".format(open_, **figure))
        print(f"  slowest: {by_open['all']['slowest']}")


def measure(model: Model, count: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Return, for each part and number of open questions, and for all sheets together, figures in milliseconds."""
    stay_on_one_core()
    return {name: _measured(work, model, count) for name, work in _WORK.items()}


def sheets(model: Model, count: int, open_: int) -> list[AnswerSheet]:
    """Return sheets with ``open_`` questions without an answer, the others with any, ``unsure`` included."""
    dice = random.Random(f"{_SEED}/{open_}")
    ids = list(model.questions_by_id)
    left_out = [set(dice.sample(ids, open_)) for _ in range(count)]
    return [
        AnswerSheet({q.id: dice.choice(q.choices) for q in model.questions if q.id not in without})
        for without in left_out
    ]


def _measured(work: Callable[[Model, AnswerSheet], Any], model: Model, count: int) -> dict[str, dict[str, Any]]:
    work(model, AnswerSheet({}))
    figures, every = {}, []
    for open_ in range(len(model.questions) + 1):
        times = _times(work, model, sheets(model, count, open_))
        every += times
        figures[str(open_)] = _figures(times)
    slowest = max(every, key=lambda entry: entry[0])[1]
    return figures | {"all": _figures(every) | {"slowest": dict(slowest.answers)}}


def _times(
    work: Callable[[Model, AnswerSheet], Any], model: Model, some: list[AnswerSheet]
) -> list[tuple[float, AnswerSheet]]:
    found = []
    gc.collect()
    gc.disable()
    try:
        for sheet in some:
            start = time.perf_counter_ns()
            work(model, sheet)
            found.append(((time.perf_counter_ns() - start) / 1e6, sheet))
    finally:
        gc.enable()
    return found


def _figures(times: list[tuple[float, AnswerSheet]]) -> dict[str, float]:
    milliseconds = [time_ for time_, _ in times]
    p99 = statistics.quantiles(milliseconds, n=100)[-1] if len(milliseconds) > 1 else milliseconds[0]
    return {"median": statistics.median(milliseconds), "p99": p99, "max": max(milliseconds)}


if __name__ == "__main__":
    main()
