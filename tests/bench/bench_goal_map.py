"""What a goal map costs on one core: placing, its view, both pictures, and every file, by the number of items.

    python -m tests.bench.bench_goal_map [--items 30 1000 10000] [--json]

Seconds are processor time. The answers of items are random, and nearly all different: nothing that is worked out
for one item can be used for the next. What is kept in memory between calls is cleared before each.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from okr_assistant import Model, load_model
from okr_assistant.charts.goal_map import goal_map_chart
from okr_assistant.charts.goal_map_plot import plot_chart
from okr_assistant.export import image
from okr_assistant.export.map_formats import MAP_FORMATS, map_export
from okr_assistant.paths import LOCALES
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.views.portfolio import items as item_views
from okr_assistant.views.portfolio.goal_map import goal_map_view
from okr_assistant.words import read_words
from tests.portfolio.samples import many, portfolio

_MADE_AT = datetime(2026, 3, 4, tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[30, 1_000, 10_000], help="how many items")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    model = load_model()
    measure(model, 30)  # what is imported and warmed up once
    figures = {items: measure(model, items) for items in given.items}
    if given.json:
        print(json.dumps(figures))
        return
    print(f"| seconds | {' | '.join(f'{items:,}' for items in figures)} |\n|---{'|--:' * len(figures)}|")
    for what in figures[given.items[0]]:
        print(f"| {what} | {' | '.join(f'{figures[items][what]:.2f}' for items in figures)} |")


def measure(model: Model, items: int) -> dict[str, float]:
    """Return what each step costs for so many items."""
    words = read_words(LOCALES)
    shown = portfolio(model) if items == 30 else many(model, items)
    map_ = goal_map(model, shown)
    advised = advice(map_)
    view = goal_map_view(map_, advised, words)
    made = map_export(map_, shown.name, words, _MADE_AT)
    steps: dict[str, Callable[[], object]] = {
        "placing": lambda: goal_map(model, shown),
        "advice and view": lambda: goal_map_view(map_, advice(map_), words),
        "chart of the map": lambda: goal_map_chart(view, words, ink="#000").to_dict(),
        "chart of the plot": lambda: plot_chart(view.plot, words, ink="#000").to_dict(),
    }
    steps |= {id_: (lambda format_=format_: format_.write(made)) for id_, format_ in MAP_FORMATS.items()}  # type: ignore[misc]
    return {what: seconds(step) for what, step in steps.items()}


def seconds(step: Callable[[], object]) -> float:
    """Return the processor time of one call without anything kept from another."""
    for kept in (item_views._foreseen, item_views._recommended, image._svg, image.png):
        kept.cache_clear()
    start = time.process_time()
    step()
    return round(time.process_time() - start, 3)


if __name__ == "__main__":
    main()
