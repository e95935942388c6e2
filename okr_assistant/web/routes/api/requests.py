"""What may be sent, as types for the description of the API.

What is sent is read by the same readers as on the command line; a test holds types and readers together.
"""

from __future__ import annotations

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.free_text import NOTE_LIMIT, TITLE_LIMIT
from okr_assistant.sharing.links import USUAL_DAYS, Days
from okr_assistant.sharing.snapshot import USUAL_LEVEL, Level
from okr_assistant.web.routes.api.operations import MOST_SHEETS

_STRICT = ConfigDict(extra="forbid")
_ABSENT = Field(default_factory=str)  # may be left out, and has no default that a schema could name

Title = Annotated[
    str,
    Field(
        max_length=TITLE_LIMIT,
        description="One line of text, without characters that hide or reorder others.",
        json_schema_extra={"format": "title"},
    ),
]
Note = Annotated[
    str,
    Field(
        max_length=NOTE_LIMIT,
        description="Lines of text, without characters that hide or reorder others.",
        json_schema_extra={"format": "note"},
    ),
]


class DecisionSent(BaseModel):
    """What people decided, which may differ from the advice."""

    model_config = _STRICT
    decided: Title = ""
    because: Note = ""
    owner: Title = ""
    review_on: date | None = None


def sheet_type(models: Models) -> Any:
    """Return what a sheet can be: with answers for the newest model, or with the name of another one."""
    newest = models.newest
    types = [_sheet(models.get(version), newest) for version in reversed(models.versions)]
    return reduce(or_, types)


def batch_type(sheet: Any) -> type[BaseModel]:
    """Return what a batch is. Its sheets may be anything: a wrong one spoils no other."""
    sheets = Annotated[list[sheet | Any], Field(max_length=MOST_SHEETS)]
    return create_model("Batch", __config__=_STRICT, sheets=(sheets, ...))


def link_types(sheet: Any) -> Any:
    """Return what a link can be asked for with."""
    portable_kind: Any = Literal["portable"]
    stored_kind: Any = Literal["stored"]
    common: dict[str, Any] = {"sheet": (sheet, ...), "notes": (Note, "")}
    with_text = Annotated[bool, Field(description="Put title and notes into the address.")]
    portable = create_model(
        "PortableLink",
        __config__=_STRICT,
        kind=(portable_kind, ...),
        with_text=(with_text, False),
        **common,
    )
    stored = create_model(
        "StoredLink",
        __config__=_STRICT,
        kind=(stored_kind, ...),
        decision=(DecisionSent, Field(default_factory=DecisionSent)),
        level=(Level, USUAL_LEVEL),
        days=(Days, USUAL_DAYS),
        **common,
    )
    return Annotated[portable | stored, Field(discriminator="kind")]


def _sheet(model: Model, newest: Model) -> type[BaseModel]:
    name = re.sub(r"\W", "_", model.version, flags=re.ASCII)
    answers: dict[str, Any] = {
        question.id: (Annotated[Literal[question.choices], Field(description=question.text)], _ABSENT)
        for question in model.questions
    }
    fields: dict[str, Any] = {
        "answers": (create_model(f"Answers_{name}", __config__=_STRICT, **answers), ...),
        "title": (Title, ""),
        "model": (Literal[model.version], _ABSENT if model is newest else ...),
    }
    return create_model(f"Sheet_{name}", __config__=_STRICT, **fields)
