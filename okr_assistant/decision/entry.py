"""What every entry of a model file is made of: strict, frozen, and with a few kinds of text."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeAlias

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


_ALLOWED = {
    "int_type": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "literal_error": "{expected}",
    "union_tag_invalid": "{expected_tags}",
    "union_tag_not_found": "a key {discriminator}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "string_pattern_mismatch": "text like {pattern}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "some text",
    "too_short": "at least {min_length} entries",
}
"""What is allowed, by pydantic's name of the finding and with its facts filled in."""


def allowed_instead(finding: Any) -> str:
    """Say what is allowed where pydantic found something else; ``finding`` is one of its ``errors()``."""
    template = _ALLOWED.get(finding["type"])
    return template.format(**finding.get("ctx", {})) if template else str(finding["msg"])
