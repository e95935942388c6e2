"""Every promise of the page has its tests, and the page names them; those of the store run on every engine."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from okr_assistant.paths import ROOT
from tests.robustness import NUMBERS, PAGE, TESTS, rows, shown_by, written

TEXT = PAGE.read_text(encoding="utf-8")

OF_THE_STORE = {1, 2, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 32}
"""What the engine could do otherwise. 3, 6 and 8 are about a file."""

ENGINES = {"sqlite", "postgresql"}


def engine(file: str, id_: str) -> str:
    """What a test runs on: it says so, and otherwise it is what the app has without a setting."""
    return "postgresql" if "postgresql" in id_ or "postgres" in file else "sqlite"


def test_every_promise_has_a_row_and_a_test() -> None:
    assert list(rows(TEXT)) == list(NUMBERS)
    assert set(NUMBERS) == set(shown_by())


def test_the_page_names_the_tests_there_are() -> None:
    assert written(TEXT) == TEXT, "python -m tests.robustness writes them"


def test_what_depends_on_the_store_is_shown_on_every_engine() -> None:
    files = sorted({f"{TESTS}/{file}" for number in OF_THE_STORE for file in shown_by()[number]})
    command = [sys.executable, "-m", "pytest", "--collect-only", "--verbosity=-1", "-p", "no:cacheprovider"]
    collected = subprocess.run(
        [*command, "-m", "robustness", *files], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    ids = re.findall(r"^tests/(\S+?)::(\w+)(?:\[(.*)\])?$", collected, re.MULTILINE)
    engines: dict[tuple[str, str], set[str]] = {}
    for file, name, id_ in ids:
        engines.setdefault((file, name), set()).add(engine(file, id_))
    missing = {
        number: ENGINES
        - {ran for file, names in shown_by()[number].items() for name in names for ran in engines[file, name]}
        for number in sorted(OF_THE_STORE)
    }
    assert {number: left for number, left in missing.items() if left} == {}


@pytest.mark.parametrize("how", ["-m robustness", "-k robustness_07"])
def test_tests_are_chosen_and_reported_by_number(how: str) -> None:
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *how.split()]
    file = f"{TESTS}/store/test_file.py::test_a_folder_in_place_of_the_file_is_refused"
    others = f"{TESTS}/store/test_file.py::test_a_file_is_no_folder"
    said = subprocess.run([*command, file, others], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(r"refused ROBUSTNESS 7 PASSED", said)
    assert "1 passed, 1 deselected" in said
