"""The package is pure: the standard library, our own lower layers, and three files that read the data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from okr_assistant.paths import ROOT

FILES = sorted((ROOT / "okr_assistant" / "drafting").glob("*.py"))
MAY_READ_DATA = {"forms.py", "lexicon.py", "rules.py"}
ALLOWED = {
    "__future__", "collections", "collections.abc", "dataclasses", "datetime", "functools", "re", "types",
    "typing",
}  # fmt: skip
OURS = (
    "okr_assistant.drafting",
    "okr_assistant.errors",
    "okr_assistant.free_text",
    "okr_assistant.decision.strict_json",
)
FOR_DATA = {"okr_assistant.paths", "pathlib", "tomllib"}


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        found |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
        found |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_imported_that_reads_a_clock_a_file_or_a_network(file: Path) -> None:
    strange = {name for name in imported(file) if name not in ALLOWED and not name.startswith(OURS)}
    assert strange == (FOR_DATA if file.name in MAY_READ_DATA else set())
