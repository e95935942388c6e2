"""What a sheet can be, as types for descriptions.

What is sent is read by the same readers as on the command line; tests hold types and readers together.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.free_text import TITLE_LIMIT

STRICT = ConfigDict(extra="forbid")
_ABSENT = Field(default_factory=str)  # may be left out, and has no default that a schema could name

Title = Annotated[
    str,
    Field(
        max_length=TITLE_LIMIT,
        description="One line of text, without characters that hide or reorder others.",
        json_schema_extra={"format": "title"},
    ),
]


def sheet_type(models: Models) -> Any:
    """Return what a sheet can be: with answers for the newest model, or with the name of another one."""
    newest = models.newest
    types = [_sheet(models.get(version), newest) for version in reversed(models.versions)]
    return reduce(or_, types)


def _sheet(model: Model, newest: Model) -> type[BaseModel]:
    name = re.sub(r"\W", "_", model.version, flags=re.ASCII)
    answers: dict[str, Any] = {
        question.id: (Annotated[Literal[question.choices], Field(description=question.text)], _ABSENT)
        for question in model.questions
    }
    fields: dict[str, Any] = {
        "answers": (create_model(f"Answers_{name}", __config__=STRICT, **answers), ...),
        "title": (Title, ""),
        "model": (Literal[model.version], _ABSENT if model is newest else ...),
    }
    return create_model(f"Sheet_{name}", __config__=STRICT, **fields)
