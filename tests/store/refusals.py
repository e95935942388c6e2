"""What is refused, and what is left in a folder afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from okr_assistant.errors import StoreError


def problem(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(StoreError) as refusal:
        act()
    return refusal.value.problem, refusal.value.place


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())
