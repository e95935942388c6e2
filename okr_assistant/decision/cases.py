"""Published cases: real situations, the answers they give, and what their authors concluded.

One JSON object a line. The answers were coded from the situation alone, without knowing the verdict, so most
sheets are far from complete.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StringConstraints, ValidationError

from okr_assistant.decision.entry import Entry, allowed_instead
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import check_sheet
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import SheetError

MAX_BYTES = 1024 * 1024

_Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
_Text: TypeAlias = Annotated[str, StringConstraints(max_length=2000, pattern=r"^(\S[^\r\n]*)?$")]

Instead: TypeAlias = Literal[
    "kpi_health", "slo", "milestones", "discovery", "nct", "flow", "north_star", "bets", "other", "none"
]

APPROACHES: dict[str, tuple[str, ...]] = {
    "kpi_health": ("health_metrics",),
    "slo": ("health_metrics",),
    "milestones": ("milestones",),
    "discovery": ("discovery",),
    "nct": ("discovery", "milestones"),
    "flow": ("flow",),
    "north_star": ("one_goal",),
    "bets": ("bets",),
}
"""What an author names instead of OKRs -> the approaches that agree with it. Others are not scored."""


class Case(Entry):
    """One situation with its author's conclusion; ``why`` is theirs, in our words."""

    id: _Id
    situation: Annotated[_Text, StringConstraints(min_length=1)]
    answers: dict[str, str]
    verdict: Literal["okr", "okr_with_conditions", "not_okr"]
    instead: Instead = "none"
    why: _Text = ""
    contested: bool = False
    """Other sources disagree with the author."""
    category: _Text = ""
    confidence: Literal["high", "medium", "low"] | None = None
    author: _Text = ""
    title: _Text = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s<>\"'()\[\]]+)?$", max_length=300)] = ""

    @property
    def for_okr(self) -> bool:
        """Whether the author would use OKRs, with or without conditions."""
        return self.verdict != "not_okr"

    @property
    def approaches(self) -> tuple[str, ...]:
        """The approaches that agree with the author, who would not use OKRs; empty when none is named."""
        return () if self.for_okr else APPROACHES.get(self.instead, ())


def parse_cases(content: bytes, place: str, model: Model) -> tuple[Case, ...]:
    """Read cases from JSON lines; ``SheetError`` names ``place``, line and key, what was found and is allowed.

    Ids are used once, and the answers are questions and options of the model.
    """
    if len(content) > MAX_BYTES:
        raise SheetError("too_large", place=place, allowed=f"{MAX_BYTES // 1024} KiB")
    cases: dict[str, Case] = {}
    for number, line in enumerate(content.removesuffix(b"\n").split(b"\n") if content else [], start=1):
        here = f"{place}, line {number}"
        case = _case(read_json(line.removesuffix(b"\r"), here), here)
        check_sheet(model, case.answers, f"{here}: answers")
        if case.id in cases:
            raise SheetError("duplicate_id", place=f"{here}: id", found=case.id)
        cases[case.id] = case
    return tuple(cases.values())


def _case(raw: Any, place: str) -> Case:
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place=place, found=raw, allowed="a table with a case")
    try:
        return Case.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    key = ".".join(str(step) for step in first["loc"])
    if first["type"] == "missing":
        raise SheetError("missing_key", place=f"{place}: {key}")
    if first["type"] == "extra_forbidden":
        raise SheetError("unknown_key", place=place, found=key, allowed=Case.model_fields)
    raise SheetError("not_allowed", place=f"{place}: {key}", found=first["input"], allowed=allowed_instead(first))
