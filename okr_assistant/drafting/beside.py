"""What the linter says about a first draft, beside the field that it is about.

It reads what is written. A part that is empty is missing, which ``open_parts`` says, and is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from okr_assistant.drafting.forms import Field
from okr_assistant.drafting.goal_draft import GoalDraft, Row
from okr_assistant.drafting.lint import Finding, lint_hypothesis, lint_metric, lint_objective, lint_set

_GOAL_RULES = frozenset({"vague", "too_long"})
"""Of the rules about objectives those that one shared goal has to keep as well; it may have a number."""

_KEY_RESULT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"no_baseline": "baseline", "no_target": "target", "no_deadline": "date"}
)
_METRIC_COLUMNS: Mapping[str, str] = MappingProxyType({"no_range": "range", "no_action": "then"})
_SERVICE_FIELDS: Mapping[str, str] = MappingProxyType({"no_range": "target", "no_action": "spent"})
_VALUE = re.compile(
    r"\b(?:none|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
    r"|half|thirds?|quarters?|all|every|everybody|everyone|each|double|twice|triple|once)\b",
    re.IGNORECASE,
)
"""A value in words. In a sentence *two weeks* may be anything; in a field that asks for a target it is one."""
_DIGIT = re.compile(r"\d")
_ABOUT_VALUES = frozenset({"no_baseline", "no_target", "no_range"})
_SAYS_NOTHING = 3
"""So many words or fewer may leave open what happens outside the range; in more, something happens."""
_FEELING = re.compile(
    r"\b(?:we|i|it|you)(?:'ll| will)? (?:feels?|think|see|know)\b|\b(?:nothing|never|not sure|no idea|tbd)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding and where it belongs: a field, and a column of one of its rows, from 1; row 0 is the field."""

    finding: Finding
    field: str
    row: int = 0
    column: str = ""


Reader: TypeAlias = Callable[[GoalDraft, Field], Iterator[Beside]]


def findings_beside(draft: GoalDraft) -> tuple[Beside, ...]:
    """Return everything that the linter sees, in the order of the form."""
    return tuple(found for field in draft.fields if field.lint for found in _READERS[field.lint](draft, field))


def _objective(draft: GoalDraft, field: Field) -> Iterator[Beside]:
    return (Beside(found, field.id) for found in lint_objective(draft.text(field.id)))


def _goal(draft: GoalDraft, field: Field) -> Iterator[Beside]:
    return (found for found in _objective(draft, field) if found.finding.rule.id in _GOAL_RULES)


def _key_results(draft: GoalDraft, field: Field) -> Iterator[Beside]:
    rows = draft.rows(field.id)
    for found in lint_set(draft.text("objective"), [_key_result(row) for row in rows]):
        kind, _, number = found.item.partition(" ")
        if kind == "set":
            few = found.rule.id == "too_few"  # is missing
            guarded = found.rule.id == "no_counter_metric" and draft.text("guard")
            if not few and not guarded:
                yield Beside(found, field.id)
        elif kind == "key_result":
            column = _KEY_RESULT_COLUMNS.get(found.rule.id, "metric")
            if _counts(found, str(rows[int(number) - 1].get(column, ""))):
                yield Beside(found, field.id, int(number), column)


def _key_result(row: Row) -> str:
    """The sentence that a row says, for the linter, which reads English; empty as long as nothing is measured."""
    if "metric" not in row:
        return ""
    parts = (("", "metric"), ("from ", "baseline"), ("to ", "target"))
    said = [f"{before}{row[column]}" for before, column in parts if column in row]
    if "date" in row:
        year, month, day = map(int, str(row["date"]).split("-"))
        said.append(f"by {day} {_MONTHS[month - 1]} {year}")
    return " ".join(said)


def _metrics(draft: GoalDraft, field: Field) -> Iterator[Beside]:
    for number, row in enumerate(draft.rows(field.id), start=1):
        said = f"{row.get('metric', '')}: {row.get('range', '')}. If it leaves the range: {row.get('then', '')}"
        for found in lint_metric(said):
            column = _METRIC_COLUMNS[found.rule.id]
            if _counts(found, str(row.get(column, ""))):
                yield Beside(_about(found, row[column]), field.id, number, column)


def _service_level(draft: GoalDraft, field: Field) -> Iterator[Beside]:
    # a target is a limit, whatever it is called; a number in the indicator is none
    said = f"At least {draft.text(field.id)}. If it is missed: {draft.text('spent')}"
    for found in lint_metric(said):
        id_ = _SERVICE_FIELDS[found.rule.id]
        if _counts(found, draft.text(id_)):
            yield Beside(_about(found, draft.text(id_)), id_)


def _hypothesis(draft: GoalDraft, _: Field) -> Iterator[Beside]:
    stop = draft.text("stop_when")
    # what stands in a field that asks for the end is one, unless it is a feeling
    if _FEELING.search(stop) and not _DIGIT.search(stop):
        yield from (Beside(_about(found, stop), "stop_when") for found in lint_hypothesis(stop))


def _counts(found: Finding, written: str) -> bool:
    """Whether the finding is about what is written in the field for it, and the field does not say otherwise."""
    if found.rule.id == "no_action":
        return 0 < len(written.split()) <= _SAYS_NOTHING
    in_words = found.rule.id in _ABOUT_VALUES and not _DIGIT.search(written) and _VALUE.search(written)
    return bool(written) and not in_words


def _about(found: Finding, seen: object) -> Finding:
    """The finding with what somebody wrote in place of the sentence that was made of it."""
    return Finding(found.rule, found.item, str(seen))


_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "objective": _objective,
        "goal": _goal,
        "key_results": _key_results,
        "metrics": _metrics,
        "service_level": _service_level,
        "hypothesis": _hypothesis,
    }
)
