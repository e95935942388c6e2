"""Which tests show which promise of ``docs/robustness.md``; `python -m tests.robustness` writes it there.

A test says so itself: ``@pytest.mark.robustness(13)``. Its numbers are in pytest's verbose output and in the
properties of a JUnit report; `make test ARGS="-m robustness"` runs all of them, ``-k robustness_07`` those of one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from okr_assistant.paths import ROOT

NUMBERS = range(1, 45)
PAGE = ROOT / "docs" / "robustness.md"
TESTS = ROOT / "tests"
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)


def numbers_of(item: pytest.Item) -> list[int]:
    """The promises that a collected test shows."""
    return sorted({number for mark in item.iter_markers("robustness") for number in mark.args})


def marked(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The tests in a module with the number of each promise that they show."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for mark in function.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.robustness":
                    yield from ((function.name, ast.literal_eval(argument)) for argument in mark.args)


@cache
def shown_by() -> dict[int, dict[str, list[str]]]:
    """For each number the files, from ``tests/`` on, with the names of their tests, both in order."""
    found: dict[int, dict[str, list[str]]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for name, number in marked(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(number, {}).setdefault(file.relative_to(TESTS).as_posix(), []).append(name)
    return found


def cell(number: int) -> str:
    """The last cell of a row: each file with its tests, whose names are sentences."""
    files = shown_by().get(number, {})
    return "<br>".join(
        f"[{file}](../tests/{file}): " + "; ".join(name.removeprefix("test_").replace("_", " ") for name in names)
        for file, names in files.items()
    )


def rows(text: str) -> dict[int, tuple[str, str, str]]:
    """What the page says of each number: what happens, what is promised, what shows it."""
    return {int(number): (event, promise, tests) for number, event, promise, tests in _ROW.findall(text)}


def written(text: str) -> str:
    """The page with the tests that there are."""
    return _ROW.sub(lambda row: f"| {row[1]} | {row[2]} | {row[3]} | {cell(int(row[1]))} |", text)


def main(page: Path = PAGE) -> None:
    """Write the tests into the page."""
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
