"""Published cases made up for tests, and a model to judge them."""

from __future__ import annotations

import json
from typing import Any

from okr_assistant.decision.cases import Case, parse_cases
from okr_assistant.decision.model import Model


def case(**changes: Any) -> dict[str, Any]:
    return {"id": "one", "situation": "A team.", "answers": {}, "verdict": "okr"} | changes


def read(*cases: dict[str, Any], model: Model) -> tuple[Case, ...]:
    return parse_cases("\n".join(json.dumps(one) for one in cases).encode(), "cases.jsonl", model)
