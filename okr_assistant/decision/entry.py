"""What every entry of a model file is made of: strict, frozen, and with a few kinds of text."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
SourceId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Line: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=600, pattern=r"^[^\s\p{C}][^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$")
]
"""One line of plain text; never Markdown, and nothing that hides or reorders it."""
VERSION = re.compile(r"^20(?:2[6-9]|[34]\d|5[0-7])\.(?:[1-9]|[12]\d|3[01])(?:\+[a-z0-9-]{1,30})?$")
"""``YEAR.N``, N from 1 to 31; a model of somebody else's carries a name, ``2026.1+acme``."""
Version: TypeAlias = Annotated[str, StringConstraints(pattern=VERSION.pattern)]
Sources: TypeAlias = Annotated[tuple[SourceId, ...], Field(min_length=1)]
Axis: TypeAlias = Literal["vision", "outcome", "stakeholders"]


class Entry(BaseModel):
    """No unknown key, no conversion between types, no NaN or infinity, and no change afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
