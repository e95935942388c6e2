"""What an assistant program can ask: each tool with what it takes, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from okr_assistant.commands.results import explained
from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.assessment import contract
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, sheet_from_json
from okr_assistant.decision.strict_json import read_json
from okr_assistant.drafting.lines import KINDS, draft_from_json
from okr_assistant.errors import SheetError
from okr_assistant.export.programs.answers import model_json
from okr_assistant.export.programs.sheets import sheet_type
from okr_assistant.words import Words

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """``takes`` are the schemas of what is given by name; what is not in ``optional`` must be there."""

    id: str
    about: str
    takes: Given
    optional: tuple[str, ...]
    work: Callable[[Given], dict[str, Any]]

    def __call__(self, arguments: Given) -> dict[str, Any]:
        """Do it, and return plain JSON values; the errors are ours and name the place."""
        # They were parsed by others: written again, they pass the checks that every JSON of ours passes.
        given = read_json(json.dumps(arguments).encode(), self.id)
        for key in given:
            if key not in self.takes:
                raise SheetError("unknown_key", place=self.id, found=key, allowed=self.takes)
        for key in self.takes:
            if key not in given and key not in self.optional:
                raise SheetError("missing_key", place=f"{self.id}: {key}")
        return self.work(given)

    @property
    def schema(self) -> dict[str, Any]:
        """What it takes, as JSON Schema."""
        parts = {key: {k: v for k, v in schema.items() if k != "$defs"} for key, schema in self.takes.items()}
        shared = {name: one for schema in self.takes.values() for name, one in schema.get("$defs", {}).items()}
        required = [key for key in self.takes if key not in self.optional]
        found = {"type": "object", "properties": parts, "required": required, "additionalProperties": False}
        return found | ({"$defs": shared} if shared else {})


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools, with the models and words that they work with."""

    models: Models
    words: Words

    def all(self) -> tuple[Tool, ...]:
        """Return every tool."""
        sheet = TypeAdapter(sheet_type(self.models)).json_schema()
        brief = {"type": "boolean", "description": "Leave out what needs foresight or flips."}
        in_cycle = {"type": "boolean", "description": "The end of a cycle is the deadline: ask for no dates."}
        return (
            Tool("next_question", _NEXT, {"sheet": sheet}, (), self._next_question),
            Tool("assess", _ASSESS, {"sheet": sheet, "brief": brief}, ("brief",), self._assess),
            Tool("explain", _EXPLAIN, {"sheet": sheet}, (), self._explain),
            Tool("lint", _LINT, {"draft": _DRAFT, "in_cycle": in_cycle}, ("in_cycle",), self._lint),
        )

    def _assess(self, given: Given) -> dict[str, Any]:
        model, sheet = self._sheet(given)
        return contract(model, sheet, brief=_flag(given, "brief", "assess"))

    def _explain(self, given: Given) -> dict[str, Any]:
        model, sheet = self._sheet(given)
        return {"text": "\n".join(explained(model, sheet, self.words))}

    def _next_question(self, given: Given) -> dict[str, Any]:
        model, sheet = self._sheet(given)
        ahead = foresee(model, sheet)
        shown = model_json(model, self.words)
        asked = [question for question in shown["questions"] if question["id"] == ahead.next_question]
        return {
            "question": asked[0] if asked else None,
            "unsure": shown["unsure"],
            "settled": ahead.settled,
            "possible": list(ahead.possible),
            "open": len(read_answers(model, sheet.answers).open),
        }

    def _lint(self, given: Given) -> dict[str, Any]:
        raw = given["draft"]
        for key in raw if isinstance(raw, dict) else ():
            if key not in _DRAFT["properties"]:
                raise SheetError("unknown_key", place="lint: draft", found=key, allowed=_DRAFT["properties"])
        draft = draft_from_json(raw | {"id": 1} if isinstance(raw, dict) else raw, "lint: draft")
        findings = draft.lint(in_cycle=_flag(given, "in_cycle", "lint"))
        return {"findings": [finding.to_json() for finding in findings]}

    def _sheet(self, given: Given) -> tuple[Model, AnswerSheet]:
        sheet = sheet_from_json(given["sheet"], "sheet")
        return self.models.for_sheet(sheet, "sheet"), sheet


def _flag(given: Given, key: str, place: str) -> bool:
    found = given.get(key, False)
    if not isinstance(found, bool):
        raise SheetError("wrong_type", place=f"{place}: {key}", found=found, allowed="true, false")
    return found


_NEXT = (
    "Which question about a piece of work to ask next, with its options: the one whose answer tells most. "
    "Begin with no answers, ask the person, add the answer to the sheet, and go on until it is settled or "
    "no question is left. Never answer for the person; 'unsure' is an answer."
)
_ASSESS = (
    "Should this piece of work have OKRs, and if not, what should it have instead? Everything that "
    "follows from an answer sheet: the verdict, the approaches with their points and reasons, what to fix "
    "first, what would change it."
)
_EXPLAIN = (
    "The same as assess, in sentences for a person: the advice, its reasons with sources, what would change it."
)
_LINT = (
    "What could be better in the draft of a goal: one text with its kind, or an objective with its key "
    "results. It is quiet when unsure, and every finding has a reason, a remedy and sources."
)
_TEXT = {"type": "string"}
_DRAFT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "kind": {"enum": list(KINDS)},
        "text": _TEXT,
        "objective": _TEXT,
        "key_results": {"type": "array", "items": _TEXT},
    },
    "anyOf": [{"required": ["kind", "text"]}, {"required": ["objective", "key_results"]}],
    "additionalProperties": False,
}
