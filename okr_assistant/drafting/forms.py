"""The guided forms of first drafts, from ``data/drafts/forms.toml``: what is asked, in which order, and why.

A form asks and orders; it never suggests what to write.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from okr_assistant.drafting.rules import Source
from okr_assistant.paths import DRAFTS

Kind: TypeAlias = Literal["line", "text", "lines", "date", "number", "choice", "rows"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Condition: TypeAlias = Mapping[str, tuple[str, ...]]
"""Question ids with those of their options for which it holds; all have to hold, and none always does."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible value of a field of the kind ``choice``."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said beside a field instead of its usual hint, when the answers are these."""

    when: Condition
    hint: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write. ``name`` is what the artefact calls it, ``label`` what the form asks.

    ``least`` and ``most`` bound the lines or rows, of which each is called ``one``. ``only`` are the variants that
    ask for it, all when empty. ``lint`` says as what the linter reads it. ``sentence`` writes a row: each piece
    names a column, and is left out while that is empty.
    """

    id: str
    name: str
    label: str
    kind: Kind
    hint: str = ""
    needed: bool = False
    least: int = 0
    most: int = 0
    one: str = ""
    lint: str = ""
    weak: str = ""
    strong: str = ""
    sentence: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    ask_if: Condition = field(default_factory=dict)
    hint_if: tuple[Hint, ...] = ()
    options: tuple[Choice, ...] = ()
    columns: tuple[Field, ...] = ()

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """Whether these answers make it a part of the form."""
        return holds(self.ask_if, answers)

    def hint_for(self, answers: Mapping[str, str]) -> str:
        """What to say beside it; what is said because of an answer is not said without it."""
        usual = self.hint if self.is_asked(answers) else ""
        return next((each.hint for each in self.hint_if if holds(each.when, answers)), usual)

    def column(self, id_: str) -> Field:
        """The column of its rows with this id."""
        return next(column for column in self.columns if column.id == id_)

    def label_of(self, choice: str) -> str:
        """The label of one of its options."""
        return next(option.label for option in self.options if option.id == choice)


@dataclass(frozen=True, slots=True)
class WriterQuestion:
    """What no program can see, as a question to the writer."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The form for an approach. ``variants`` are ids of the model's rules; "" is the approach without one.

    ``said`` are the questions whose answers stand above the form, since they are what it starts from.
    """

    id: str
    approach: str
    variants: tuple[str, ...]
    name: str
    about: str
    said: tuple[str, ...]
    sources: tuple[Source, ...]
    every_field: tuple[Field, ...]
    questions: tuple[WriterQuestion, ...]

    def fields(self, variant: str) -> tuple[Field, ...]:
        """What is asked for this variant, in order."""
        return tuple(each for each in self.every_field if not each.only or variant in each.only)


def holds(condition: Condition, answers: Mapping[str, str]) -> bool:
    """Whether every question of the condition has one of its options as answer."""
    return all(answers.get(question) in options for question, options in condition.items())


def read_forms(folder: Path) -> tuple[DraftForm, ...]:
    """Read ``folder/forms.toml``; a key that is missing or unknown is a programming error."""
    raw = tomllib.loads((folder / "forms.toml").read_text("utf-8"))
    sources = {entry["id"]: Source(**entry) for entry in raw["sources"]}
    return tuple(_form(entry, sources) for entry in raw["forms"])


@lru_cache(maxsize=1)
def forms() -> tuple[DraftForm, ...]:
    """Return the forms that ship."""
    return read_forms(DRAFTS)


def form_for(approach: str, variant: str = "") -> DraftForm | None:
    """Return the form for this approach and variant; None where there is none."""
    return next((form for form in forms() if form.approach == approach and variant in form.variants), None)


def _form(entry: dict[str, Any], sources: Mapping[str, Source]) -> DraftForm:
    questions = tuple(
        WriterQuestion(found["text"], tuple(sources[id_] for id_ in found["sources"]))
        for found in entry.pop("questions")
    )
    return DraftForm(
        every_field=tuple(_field(found) for found in entry.pop("fields")),
        questions=questions,
        sources=tuple(sources[id_] for id_ in entry.pop("sources")),
        variants=tuple(entry.pop("variants")),
        said=tuple(entry.pop("said")),
        **entry,
    )


def _field(entry: dict[str, Any]) -> Field:
    return Field(
        ask_if=_condition(entry.pop("ask_if", {})),
        hint_if=tuple(Hint(_condition(found["when"]), found["hint"]) for found in entry.pop("hint_if", ())),
        options=tuple(Choice(**found) for found in entry.pop("options", ())),
        columns=tuple(_field(found) for found in entry.pop("columns", ())),
        only=tuple(entry.pop("only", ())),
        sentence=tuple(entry.pop("sentence", ())),
        **entry,
    )


def _condition(entry: Mapping[str, list[str]]) -> Condition:
    return MappingProxyType({question: tuple(options) for question, options in entry.items()})
