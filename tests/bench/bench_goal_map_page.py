"""What the page Goal map costs with a large table: reading it, taking the rows, and each click afterwards.

    python -m tests.bench.bench_goal_map_page [--rows 10000]

Seconds are processor time of the whole script run, Streamlit's own part included, without a browser. One row in
500 has no title, a third of the answers are open, and nearly all sheets differ.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections.abc import Callable, Iterator

from openpyxl import Workbook

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS
from tests.pages.rooms import Tab
from tests.web.site import a_site

_SECTIONS = ("map", "plot", "items", "questions", "teams", "quarters", "files")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, help="how many")
    rows = parser.parse_args().rows
    models = Models(MODELS)
    table = list(_table(models.newest, rows))
    print("| seconds | CSV | XLSX |\n|---|--:|--:|")
    with_csv = dict(_walk(models, "big.csv", "\n".join(map(",".join, table)).encode()))
    with_xlsx = dict(_walk(models, "big.xlsx", _xlsx(table)))
    for step, seconds in with_csv.items():
        print(f"| {step} | {seconds:.2f} | {with_xlsx[step]:.2f} |")


def _table(model: Model, rows: int) -> Iterator[list[str]]:
    dice = random.Random(1)
    yield ["id", "title", "team", "today", *model.questions_by_id]
    for number in range(rows):
        title = "" if number % 500 == 7 else f"Piece of work {number}"
        answers = [dice.choice([*question.choices, "", ""]) for question in model.questions]
        yield [f"{number}", title, f"Team {number % 40}", dice.choice(["okr", "", "flow"]), *answers]


def _xlsx(table: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _walk(models: Models, name: str, data: bytes) -> Iterator[tuple[str, float]]:
    tab = Tab(a_site(models), browser=None)
    tab.open("goal_map")
    tab.at.file_uploader(key="goal_map_file").upload(name, data, "application/octet-stream")
    tab.run()
    yield "read", _cost(lambda: tab.press(f"Read {name}"))
    tab.at.button(key="take_rows").click()
    yield "take, triage and map", _cost(tab.run)
    for section in _SECTIONS:
        tab.at.session_state["goal_map_section"] = section
        yield f"show {section}", _cost(tab.run)
    tab.at.session_state["goal_map_section"] = "questions"
    tab.run()
    tab.at.radio[0].set_value(tab.at.radio[0].options[0])
    yield "answer a question", _cost(tab.run)


def _cost(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
