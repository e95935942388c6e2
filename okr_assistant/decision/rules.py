"""What points cannot say: blockers, conditions, contested topics, variants and contradictions."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from okr_assistant.decision.entry import Entry, Id, Line, Sources
from okr_assistant.decision.when import When


class _Rule(Entry):
    id: Id
    when: When
    because: Line
    sources: Sources


class Blocker(_Rule):
    """While it holds, the approach cannot be recommended, whatever its points."""

    kind: Literal["blocker"]
    approach: Id


class Condition(_Rule):
    """Something to fix first; listed while its approach is recommended or tied."""

    kind: Literal["condition"]
    approach: Id
    fix: Line


class Side(Entry):
    """One position in a contested topic."""

    text: Line
    sources: Sources


class Contested(_Rule):
    """A topic on which experts disagree about OKRs; listed whenever it holds."""

    kind: Literal["contested"]
    topic: Line
    for_: Side = Field(alias="for")
    against: Side


class Variant(_Rule):
    """A special form of an approach; the first one in file order that holds is used."""

    kind: Literal["variant"]
    approach: Id
    name: Line


class Contradiction(_Rule):
    """Two answers that cannot both hold; shown before the result."""

    kind: Literal["contradiction"]
    questions: Annotated[tuple[Id, ...], Field(min_length=2)]
    text: Line


Rule: TypeAlias = Annotated[Blocker | Condition | Contested | Variant | Contradiction, Field(discriminator="kind")]
