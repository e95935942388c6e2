"""Which error of ours raises which problem, read from the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from okr_assistant.words import Words
from tests.test_words import SOURCES, calls, every_error, patterns

NO_PROBLEMS = ("line", "address_", "unexpected", "not_connected", "wrong_host")
"""How entries of the catalogue begin that are about errors, and are the sentence of none."""


def sentences(words: Words) -> dict[str, str]:
    """The sentence of each problem, by its id."""
    return {
        name: text
        for key, text in words.entries.items()
        if (name := key.removeprefix("error.")) != key and not name.startswith(NO_PROBLEMS)
    }


def raised_by(words: Words) -> dict[str, set[str]]:
    """The names of the errors that carry each problem, by its id: by whole ids, else by ids made of parts."""
    errors = every_error()
    raised = {pair for source in SOURCES for pair in _raised(source, errors)}
    return {
        problem: {error for error, pattern in raised if pattern == re.escape(problem)}
        or {error for error, pattern in raised if re.fullmatch(pattern, problem)}
        for problem in sentences(words)
    }


def _raised(source: Path, errors: set[str]) -> Iterator[tuple[str, str]]:
    """Each error that a file makes, with the problem it carries as a regular expression."""
    tree = ast.parse(source.read_text("utf-8"))
    for call in calls(tree):
        name = ast.unparse(call.func)
        error = "ModelFileError" if name == "self.error" else name  # the checks of a model
        if error in errors and call.args:
            yield from ((error, pattern) for pattern in patterns(call.args[0]))
    for made in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in errors):
        for call in calls(made):
            if ast.unparse(call.func) == "super().__init__" and call.args:
                yield from ((made.name, pattern) for pattern in patterns(call.args[0]))
