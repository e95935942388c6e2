"""What the API answers with, besides results and models, as types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from okr_assistant.export.programs.answers import Answer, Fault


class Problem(Fault):
    """Problem details as RFC 9457 has them; `title` and `status` are those of HTTP."""

    title: str
    status: int


class FaultyResult(Answer):
    """Stands in the place of a result whose sheet cannot be used."""

    error: Fault


class LinkAnswer(Answer):
    """A link that was made. What a portable one shows is in its address: it has no end and no owner."""

    kind: Literal["portable", "stored"]
    address: str
    expires_at: AwareDatetime | None
    owner_address: Annotated[
        str | None,
        Field(description="Whoever has it reads remarks and can end the link. Nobody can look it up again."),
    ]
