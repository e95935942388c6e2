"""The closed vocabulary of rules: *question in options*, combined by all, any and not.

Truth has three values (Kleene's strong logic): true, false, and unknown while a question is open. A rule holds
only when it is true; a question is hidden only while its ``ask_if`` is false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Truth: TypeAlias = bool | None
"""True, false, or None for unknown."""


class _Condition(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AnsweredWith(_Condition):
    """The question's answer is one of the options. Unknown while it is open; ``unsure`` must be listed."""

    question: str
    options: tuple[str, ...] = Field(alias="in", min_length=1)

    def truth(self, answers: Mapping[str, str]) -> Truth:
        """Judge the condition on the answers that count."""
        answer = answers.get(self.question)
        return None if answer is None else answer in self.options


class All(_Condition):
    """Every part holds."""

    all: tuple[When, ...] = Field(min_length=1)

    def truth(self, answers: Mapping[str, str]) -> Truth:
        """Judge the condition on the answers that count."""
        values = [part.truth(answers) for part in self.all]
        if False in values:
            return False
        return None if None in values else True


class AnyOf(_Condition):
    """At least one part holds."""

    any: tuple[When, ...] = Field(min_length=1)

    def truth(self, answers: Mapping[str, str]) -> Truth:
        """Judge the condition on the answers that count."""
        values = [part.truth(answers) for part in self.any]
        if True in values:
            return True
        return None if None in values else False


class Not(_Condition):
    """The part does not hold."""

    part: When = Field(alias="not")

    def truth(self, answers: Mapping[str, str]) -> Truth:
        """Judge the condition on the answers that count."""
        value = self.part.truth(answers)
        return None if value is None else not value


_TAGS: dict[Any, str] = {AnsweredWith: "question", All: "all", AnyOf: "any", Not: "not"}


def _tag(raw: Any) -> str | None:
    """The key that tells a condition from others; of a value, which is written as JSON again, that of its type."""
    if isinstance(raw, Mapping):
        return next((key for key in _TAGS.values() if key in raw), None)
    return _TAGS.get(type(raw))


When: TypeAlias = Annotated[
    Annotated[AnsweredWith, Tag("question")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(
        _tag,
        custom_error_type="unknown_condition",
        custom_error_message="a table with 'question' and 'in', or with one of 'all', 'any', 'not'",
    ),
]

for _combination in (All, AnyOf, Not):
    _combination.model_rebuild()


def leaves(when: AnsweredWith | All | AnyOf | Not) -> Iterator[AnsweredWith]:
    """Every *question in options* inside the condition, in file order."""
    match when:
        case AnsweredWith():
            yield when
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case Not(part=part):
            yield from leaves(part)
