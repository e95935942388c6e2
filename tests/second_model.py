"""A second model, made from the first: tests of what happens when there is a newer one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS

OLD, NEW = "2026.1", "2027.1"


def two_models(folder: Path, *edits: tuple[str, str]) -> Models:
    """The model as it is, and a newer one in which each first text of ``edits`` is replaced by the second."""
    shutil.copytree(MODELS / OLD, folder / OLD)
    shutil.copytree(MODELS / OLD, folder / NEW)
    (folder / "RELEASED").write_text("")
    file = folder / NEW / "model.toml"
    text = file.read_text("utf-8")
    for old, new in ((f'version = "{OLD}"', f'version = "{NEW}"'), *edits):
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return Models(folder)


FEWER_POINTS = (
    '{ approach = "okr", points = 6, because = "A wanted change',
    '{ approach = "okr", points = 1, because = "A wanted change',
)
"""What a wanted change gives OKRs."""

OTHER_OPTION = ('"instrument"', '"instrumented"')
"""An answer that the newer model calls otherwise."""


def without(question: str) -> list[tuple[str, str]]:
    """Edits that take a question out of the newer model, and the rules that ask for it."""
    text = (MODELS / OLD / "model.toml").read_text("utf-8")
    blocks = re.split(r"^(?=\[\[\w+\]\])", text, flags=re.MULTILINE)
    asked = f'[[questions]]\nid = "{question}"\n'
    named = [block for block in blocks if block.startswith("[[rules]]") and f'"{question}"' in block]
    return [(block, "") for block in blocks if block.startswith(asked) or block in named]
