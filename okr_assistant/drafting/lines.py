"""Drafts as JSON lines, for the command line: one text a line, or an objective with its key results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from okr_assistant.decision.strict_json import read_json
from okr_assistant.drafting.lint import (
    Findings,
    lint_hypothesis,
    lint_key_result,
    lint_metric,
    lint_objective,
    lint_set,
)
from okr_assistant.errors import DraftError

_TEXTS: Mapping[str, Callable[[str], Findings]] = MappingProxyType(
    {"objective": lint_objective, "metric": lint_metric, "hypothesis": lint_hypothesis}
)
KINDS = ("key_result", *_TEXTS)
"""What a text can be."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One line: its id, and either a text with its kind or an objective with its key results (kind ``set``)."""

    id: str | int
    kind: str
    texts: tuple[str, ...]

    def lint(self, *, in_cycle: bool = False) -> Findings:
        """Return what could be better in it."""
        if self.kind == "set":
            return lint_set(self.texts[0], self.texts[1:], in_cycle=in_cycle)
        if self.kind == "key_result":
            return lint_key_result(self.texts[0], in_cycle=in_cycle)
        return _TEXTS[self.kind](self.texts[0])


def read_draft(data: bytes, place: str) -> Draft:
    """Read one line: ``{"id", "kind", "text"}`` or ``{"id", "objective", "key_results": [...]}``.

    Other keys are left alone, so that a file with labels or owners can be linted as it is. What cannot be read is
    a ``DraftError`` or a ``SheetError`` that names ``place``.
    """
    return draft_from_json(read_json(data, place), place)


def draft_from_json(raw: Any, place: str) -> Draft:
    """Like ``read_draft``, from parsed JSON."""
    if not isinstance(raw, dict):
        raise DraftError("wrong_type", place=place, found=raw, allowed='a table with "id", "kind" and "text"')
    id_ = _value(raw, "id", place)
    if not isinstance(id_, str | int) or isinstance(id_, bool):
        raise DraftError("wrong_type", place=f"{place}: id", found=id_, allowed="text, or a whole number")
    if "objective" in raw or "key_results" in raw:
        return Draft(id_, "set", (_text(raw, "objective", place), *_texts(raw, "key_results", place)))
    kind = _text(raw, "kind", place)
    if kind not in KINDS:
        raise DraftError("not_allowed", place=f"{place}: kind", found=kind, allowed=KINDS)
    return Draft(id_, kind, (_text(raw, "text", place),))


def _value(raw: dict[str, Any], key: str, place: str) -> Any:
    if key not in raw:
        raise DraftError("missing_key", place=f"{place}: {key}")
    return raw[key]


def _text(raw: dict[str, Any], key: str, place: str) -> str:
    return _checked(_value(raw, key, place), f"{place}: {key}")


def _texts(raw: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    found = _value(raw, key, place)
    if not isinstance(found, list):
        raise DraftError("wrong_type", place=f"{place}: {key}", found=found, allowed="a list of texts")
    return tuple(_checked(text, f"{place}: {key}.{number}") for number, text in enumerate(found, start=1))


def _checked(text: Any, place: str) -> str:
    if not isinstance(text, str):
        raise DraftError("wrong_type", place=place, found=text, allowed="text")
    if half := next((sign for sign in text if "\ud800" <= sign <= "\udfff"), None):
        raise DraftError("bad_character", place=place, found=f"U+{ord(half):04X}")
    return text
