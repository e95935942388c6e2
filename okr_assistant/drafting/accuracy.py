"""How often the linter is right: precision and recall of each rule on lines that people have labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okr_assistant.decision.strict_json import read_json
from okr_assistant.drafting.lines import Draft, draft_from_json
from okr_assistant.drafting.rules import rules
from okr_assistant.errors import DraftError


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft with the rules that it breaks in the eyes of a coach, and the part of the corpus it belongs to."""

    draft: Draft
    rules: frozenset[str]
    part: str

    @property
    def found(self) -> frozenset[str]:
        """The rules that the linter finds, of those about this kind of draft."""
        own = {rule.id for rule in rules().about(self.draft.kind)}
        return frozenset(finding.rule.id for finding in self.draft.lint()) & own


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One rule on some lines: those that break it, those that do not, and what the linter said."""

    rule: str
    positives: int
    negatives: int
    right: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """The share of findings that are right; None where there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of lines that break the rule and are found; None where there are none."""
        return self.right / self.positives if self.positives else None

    def to_json(self) -> dict[str, Any]:
        """All figures, rounded to three digits."""
        return {
            "rule": self.rule,
            "positives": self.positives,
            "negatives": self.negatives,
            "right": self.right,
            "wrong": self.wrong,
            "precision": None if self.precision is None else round(self.precision, 3),
            "recall": None if self.recall is None else round(self.recall, 3),
        }


def read_labelled(lines: Iterable[bytes], place: str) -> Iterator[Labelled]:
    """Read drafts that carry ``rules``, a list of rule ids, and maybe ``part``; errors as in ``read_draft``."""
    for number, line in enumerate(lines, start=1):
        here = f"{place}, line {number}"
        raw = read_json(line, here)
        draft = draft_from_json(raw, here)
        yield Labelled(draft, _labels(raw, draft, here), str(raw.get("part", "")))


def _labels(raw: Mapping[str, Any], draft: Draft, place: str) -> frozenset[str]:
    if "rules" not in raw:
        raise DraftError("missing_key", place=f"{place}: rules")
    known = [rule.id for rule in rules().about(draft.kind)]
    labels = raw["rules"]
    if not isinstance(labels, list):
        raise DraftError("wrong_type", place=f"{place}: rules", found=labels, allowed="a list of rule ids")
    for label in labels:
        if label not in known:
            raise DraftError("not_allowed", place=f"{place}: rules", found=label, allowed=known)
    return frozenset(labels)


def accuracy(lines: Iterable[Labelled]) -> dict[str, tuple[Accuracy, ...]]:
    """Return the accuracy of every rule on each part of the lines and, under ``""``, on all of them together."""
    parts: dict[str, list[Labelled]] = {}
    for line in lines:
        for part in {line.part, ""}:
            parts.setdefault(part, []).append(line)
    return {part: tuple(_of_part(parts[part])) for part in sorted(parts)}


def _of_part(lines: list[Labelled]) -> Iterator[Accuracy]:
    kinds = Counter(line.draft.kind for line in lines)
    judged = [(line.rules, line.found) for line in lines]
    for rule in rules().by_id.values():
        if kinds[rule.about]:
            positives = sum(rule.id in labels for labels, _ in judged)
            right = sum(rule.id in labels & found for labels, found in judged)
            wrong = sum(rule.id in found - labels for labels, found in judged)
            yield Accuracy(rule.id, positives, kinds[rule.about] - positives, right, wrong)
