"""Fixtures of this folder."""

from __future__ import annotations

from typing import Any

import pytest

from okr_assistant.decision.cases import Case
from okr_assistant.decision.loader import read_cases
from okr_assistant.paths import CASES


@pytest.fixture(scope="module")
def shipped(models: Any) -> tuple[Case, ...]:
    return read_cases(CASES, models.get("2026.1"))
