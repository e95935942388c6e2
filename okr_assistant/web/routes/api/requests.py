"""What may be sent, as types for the description of the API.

What is sent is read by the same readers as on the command line; a test holds types and readers together.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from okr_assistant.export.programs.sheets import STRICT, Title
from okr_assistant.free_text import NOTE_LIMIT
from okr_assistant.sharing.links import USUAL_DAYS, Days
from okr_assistant.sharing.snapshot import USUAL_LEVEL, Level
from okr_assistant.web.routes.api.operations import MOST_SHEETS

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

    model_config = STRICT
    decided: Title = ""
    because: Note = ""
    owner: Title = ""
    review_on: date | None = None


def batch_type(sheet: Any) -> type[BaseModel]:
    """Return what a batch is. Its sheets may be anything: a wrong one spoils no other."""
    sheets = Annotated[list[sheet | Any], Field(max_length=MOST_SHEETS)]
    return create_model("Batch", __config__=STRICT, sheets=(sheets, ...))


def link_types(sheet: Any) -> Any:
    """Return what a link can be asked for with."""
    portable_kind: Any = Literal["portable"]
    stored_kind: Any = Literal["stored"]
    common: dict[str, Any] = {"sheet": (sheet, ...), "notes": (Note, "")}
    with_text = Annotated[bool, Field(description="Put title and notes into the address.")]
    portable = create_model(
        "PortableLink",
        __config__=STRICT,
        kind=(portable_kind, ...),
        with_text=(with_text, False),
        **common,
    )
    stored = create_model(
        "StoredLink",
        __config__=STRICT,
        kind=(stored_kind, ...),
        decision=(DecisionSent, Field(default_factory=DecisionSent)),
        level=(Level, USUAL_LEVEL),
        days=(Days, USUAL_DAYS),
        **common,
    )
    return Annotated[portable | stored, Field(discriminator="kind")]
