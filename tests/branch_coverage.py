"""How many branches the tests take in each package where a wrong one is a wrong answer: for ``make coverage``.

Reads the JSON report of coverage from standard input and counts branches alone: the usual figure mixes them with
lines, and one line that is never reached hides several.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

PACKAGES = ("decision", "sharing", "workshop", "store")
LEAST = 95.0
"""Per cent of branches, in each package."""


def report(raw: dict[str, Any]) -> tuple[list[str], bool]:
    """Return the lines to print, and whether every package reaches ``LEAST``."""
    lines, enough = [], True
    for package in PACKAGES:
        files = {name: file for name, file in raw["files"].items() if name.startswith(f"okr_assistant/{package}/")}
        covered = sum(file["summary"]["covered_branches"] for file in files.values())
        every = sum(file["summary"]["num_branches"] for file in files.values())
        lines.append(f"{package:<10}{covered:>5} of {every:>4} branches  {100 * covered / every:6.2f} %")
        lines += [f"  not taken: {name}: {branches}" for name, branches in _not_taken(files)]
        enough &= 100 * covered / every >= LEAST
    return lines, enough


def _not_taken(files: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """By file, from which line to which; the end of a function is the line where it starts, below zero."""
    for name, file in files.items():
        if file["missing_branches"]:
            yield name, ", ".join(f"{start}->{end}" for start, end in file["missing_branches"])


def main() -> int:
    lines, enough = report(json.load(sys.stdin))
    print(*lines, sep="\n")
    if not enough:
        print(f"Each package needs {LEAST:g} %", file=sys.stderr)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
