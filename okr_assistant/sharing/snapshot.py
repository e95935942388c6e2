"""A snapshot: what a stored link shows, frozen when the link is made, and never more than its level allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from okr_assistant.decision.assess import says_anything
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.margin import Label
from okr_assistant.decision.recommendation import Verdict
from okr_assistant.sharing.record import Record, record_from_json

Level: TypeAlias = Literal["verdict", "reasons", "notes"]
LEVELS: tuple[Level, ...] = get_args(Level)
USUAL_LEVEL: Level = "reasons"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class VerdictAlone:
    """All that the level *verdict* holds of a result: no answers, though a special form can hint at one."""

    verdict: Verdict
    approach: str | None
    tied: tuple[str, ...]
    variant: str | None
    """Its name in the model's own files."""
    margin: Label
    final: bool
    """No open question can change the approach."""
    blocked: bool
    """OKRs would lead if nothing stood in the way."""
    known: bool = True
    """At least one answer says something; otherwise there is no advice to share."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``record`` holds answers only from the level *reasons* on, and free text only at *notes*.

    The title is shown at every level. ``digest`` is the SHA-256 of the model; a snapshot is shown on that model.
    """

    level: Level
    title: str
    model: str
    digest: str
    made_on: date
    alone: VerdictAlone
    record: Record | None

    def to_json(self) -> dict[str, Any]:
        """The snapshot as plain JSON values."""
        alone = {key: getattr(self.alone, key) for key in VerdictAlone.__slots__}
        return {
            "format": FORMAT,
            "level": self.level,
            "title": self.title,
            "model": self.model,
            "digest": self.digest,
            "made_on": self.made_on.isoformat(),
            "alone": alone | {"tied": list(self.alone.tied)},
            "record": self.record.to_json() if self.record else None,
        }


def freeze(found: Assessment, record: Record, level: Level, made_on: date) -> Snapshot:
    """Return what this level shows of a record and its assessment; the rest is not in it."""
    result = found.result
    sheet = found.sheet
    return Snapshot(
        level=level,
        title=sheet.title,
        model=found.model.version,
        digest=found.model.digest,
        made_on=made_on,
        alone=VerdictAlone(
            verdict=result.verdict,
            approach=result.approach,
            tied=result.tied,
            variant=found.as_released.variant,
            margin=found.firm.margin.label,
            final=found.final,
            blocked=result.blocked_leader is not None,
            known=says_anything(result),
        ),
        record=None if level == "verdict" else record if level == "notes" else Record(record.sheet),
    )


def thaw(raw: dict[str, Any]) -> Snapshot:
    """Read a snapshot that ``to_json`` wrote, of this or an earlier release."""
    alone = raw["alone"]
    return Snapshot(
        level=raw["level"],
        title=raw["title"],
        model=raw["model"],
        digest=raw["digest"],
        made_on=date.fromisoformat(raw["made_on"]),
        alone=VerdictAlone(**(alone | {"tied": tuple(alone["tied"])})),
        record=record_from_json(raw["record"])[0] if raw["record"] else None,
    )
