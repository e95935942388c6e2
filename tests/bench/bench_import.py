"""What importing tables costs on one core: seconds and memory, by size, form and kind of row.

    python -m tests.bench.bench_import [--rows 10000 20000] [--json]

Seconds are processor time, the best of several runs; memory is the most that Python held at once beyond the file.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence

from okr_assistant import Model, load_model
from okr_assistant.portfolio.importing import Imported, take
from okr_assistant.portfolio.mapping import proposed
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.portfolio.reading import read_table
from tests.bench.tables import as_csv, as_xlsx, mixed_rows, one_kind

_RUNS = 3
_KINDS = ("ascii", "other scripts", "untitled")
_FORMS: dict[str, Callable[[Iterator[list[str]]], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[10_000, 20_000], help="how many rows (10000 20000)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    model = load_model()
    figures = [
        measure(model, form, mixed_rows(model, rows), rows, "mixed") for rows in given.rows for form in _FORMS
    ]
    first = given.rows[0]
    figures += [measure(model, "csv", one_kind(model, kind, first), first, kind) for kind in _KINDS]
    if given.json:
        print(json.dumps(figures))
        return
    print("| rows | form | kind | KiB | read s | map s | take s | taken | MiB |\n" + "|---" * 9 + "|")
    for f in figures:
        print("| {rows} | {form} | {kind} | {kib} | {read} | {map} | {take} | {taken} | {mib} |".format(**f))


def measure(model: Model, form: str, rows: Iterator[list[str]], count: int, kind: str) -> dict[str, object]:
    """Return what one table costs."""
    data = _FORMS[form](rows)
    name = f"work.{form}"
    table = read_table(data, name)
    mapping = proposed(table, model)
    done = take(table, mapping, model)
    return {
        "rows": count,
        "form": form,
        "kind": kind,
        "kib": len(data) // 1024,
        "read": _best(lambda: read_table(data, name)),
        "map": _best(lambda: proposed(table, model)),
        "take": _best(lambda: take(table, mapping, model)),
        "taken": len(done.items),
        "mib": _memory(lambda: _whole(model, data, name)),
    }


def _whole(model: Model, data: bytes, name: str) -> tuple[RawTable, Imported]:
    table = read_table(data, name)
    return table, take(table, proposed(table, model), model)


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_RUNS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return round(min(seconds), 3)


def _memory(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most // 2**20


if __name__ == "__main__":
    main()
