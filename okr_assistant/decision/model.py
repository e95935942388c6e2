"""The model: questions, options, approaches, points, rules and sources, as one versioned, frozen value.

The schema of ``data/models/<version>/model.toml``. It is strict: no unknown key, no NaN, no number given as
text. What one entry cannot say about itself (ids that point somewhere, ids used twice) is in ``checks.py``.
"""

from __future__ import annotations

from functools import cached_property
from string import ascii_lowercase
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from okr_assistant.decision.entry import Axis, Entry, Id, Line, SourceId, Sources, Version
from okr_assistant.decision.recommendation import Contribution
from okr_assistant.decision.rules import (
    Blocker,
    Condition,
    Contested,
    Contradiction,
    Rule,
    Variant,
)
from okr_assistant.decision.texts import ApproachText
from okr_assistant.decision.when import When

OKR = "okr"
"""The approach that the verdict is about."""

LONGEST_HINT = 300
UNSURE = "unsure"
"""The answer "I don't know", possible for every question, and not the same as leaving it open."""


class Source(Entry):
    """Where a reason comes from, and what we take from it in our own words."""

    id: SourceId
    author: Line
    title: Line
    year: int | None = Field(default=None, ge=1900, le=2100)
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'()\[\]]+$", max_length=300)]
    takeaway: Line


class Points(Entry):
    """Whole points for (or against) one approach, with the reason that is shown to the user."""

    approach: Id
    points: int = Field(ge=-6, le=6)
    because: Line
    sources: Sources


class Option(Entry):
    """One possible answer. ``axis`` places it between 0 and 100 on its question's axis."""

    id: Id
    label: Line
    hint: Annotated[str, StringConstraints(max_length=LONGEST_HINT)] = ""
    changeable: bool = False
    how: Line | None = None
    axis: int | None = Field(default=None, ge=0, le=100)
    points: tuple[Points, ...] = ()


class Unsure(Entry):
    """What "I don't know" itself says; nothing, unless the question states points for it."""

    points: tuple[Points, ...] = ()


class Question(Entry):
    """One entry of the questionnaire. ``ordered`` options run from one end to the other, in file order."""

    id: Id
    section: Id
    scale: Literal["ordered", "nominal"]
    text: Line
    why_we_ask: Line
    sources: Sources
    axis: Axis | None = None
    ask_if: When | None = None
    unsure: Unsure = Unsure()
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The ids of all possible answers in order, ``unsure`` last."""
        return (*(option.id for option in self.options), UNSURE)

    def option(self, option: str) -> Option | None:
        """Return the option with this id; None for ``unsure``."""
        return next((found for found in self.options if found.id == option), None)

    def points_of(self, answer: str) -> tuple[Points, ...]:
        """Return what this answer says for and against the approaches."""
        option = self.option(answer)
        return self.unsure.points if option is None else option.points


class Section(Entry):
    """A group of questions."""

    id: Id
    title: Line


class Approach(Entry):
    """A way of setting goals. ``phrase`` is its name inside a sentence."""

    id: Id
    name: Line
    phrase: Line
    summary: Line
    artefact: Line


class Model(Entry):
    """A whole model. ``texts`` and ``digest`` come from the loader, not from ``model.toml``."""

    format: Literal[1]
    version: Version
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    approaches: Annotated[tuple[Approach, ...], Field(min_length=2)]
    rules: tuple[Rule, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    texts: dict[Id, ApproachText] = Field(default_factory=dict)
    digest: str = ""
    """SHA-256 over ``model.toml`` and ``approaches/*.md``, in hex; what links are checked against."""
    _released: Model | None = PrivateAttr(default=None)

    @property
    def as_released(self) -> Model:
        """The model in the words of its own files: itself, or what it is a translation of."""
        return self if self._released is None else self._released

    def translates(self, released: Model) -> None:
        """Remember what this is a translation of; for ``translation.py``, once, before anybody has it."""
        self._released = released

    def variant_called(self, released_name: str) -> str:
        """Return the name here of the variant that has this one in the model's own files."""
        pairs = zip(self.variants, self.as_released.variants, strict=True)
        return next((here.name for here, there in pairs if there.name == released_name), released_name)

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        """The questions by id, in questionnaire order."""
        return {question.id: question for question in self.questions}

    @cached_property
    def approaches_by_id(self) -> dict[str, Approach]:
        """The approaches by id, in model order."""
        return {approach.id: approach for approach in self.approaches}

    @cached_property
    def sources_by_id(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def cited(self) -> dict[str, str]:
        """Each source as a reader cites it: author and year, with a letter where that names several."""
        texts = {
            source.id: f"{source.author} {source.year}" if source.year else source.author
            for source in self.sources
        }
        twins = {text: [id_ for id_ in texts if texts[id_] == text] for text in texts.values()}
        return {
            id_: text if len(twins[text]) == 1 else f"{text} ({ascii_lowercase[twins[text].index(id_)]})"
            for id_, text in texts.items()
        }

    @cached_property
    def contributions(self) -> dict[tuple[str, str], tuple[tuple[str, Contribution], ...]]:
        """What each (question, answer) gives, as (approach, contribution) pairs; built once, shared by all."""
        return {
            (question.id, answer): tuple(
                (
                    given.approach,
                    Contribution(question.id, answer, given.points, given.because, given.sources),
                )
                for given in question.points_of(answer)
            )
            for question in self.questions
            for answer in question.choices
        }

    @cached_property
    def axis_values(self) -> dict[tuple[str, str], int]:
        """The place of each (question, option) on its question's axis, where it has one."""
        return {
            (question.id, option.id): option.axis
            for question in self.questions
            for option in question.options
            if option.axis is not None
        }

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """The rules that block, in file order; likewise for the other kinds."""
        return tuple(rule for rule in self.rules if isinstance(rule, Blocker))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The rules that name something to fix first."""
        return tuple(rule for rule in self.rules if isinstance(rule, Condition))

    @cached_property
    def contested(self) -> tuple[Contested, ...]:
        """The topics on which experts disagree."""
        return tuple(rule for rule in self.rules if isinstance(rule, Contested))

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """The special forms of approaches."""
        return tuple(rule for rule in self.rules if isinstance(rule, Variant))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The pairs of answers that cannot both hold."""
        return tuple(rule for rule in self.rules if isinstance(rule, Contradiction))
