"""The linter for drafts of goals: what it saw, why that matters, how to mend it, and who says so.

It is deterministic, never blocks anything, and is quiet when unsure. What no program can see (does this set reach
the objective, is it one step from the company's goal) is asked of the writer elsewhere and is never a finding.

>>> [finding.rule.id for finding in lint_key_result("Launch the new mobile app")]
['output_not_outcome', 'no_metric', 'no_deadline', 'binary']
>>> lint_key_result("Increase activation from 30% to 45% by the end of Q3")
()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from okr_assistant.drafting.artefacts import hypothesis_findings, metric_findings
from okr_assistant.drafting.key_results import KeyResult
from okr_assistant.drafting.objectives import objective_findings
from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.rules import Rule, rules
from okr_assistant.drafting.sets import set_findings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that could be better. ``saw`` is a part of the text, ``item`` says of which."""

    rule: Rule
    item: str
    saw: str

    def to_json(self) -> dict[str, Any]:
        """Rule, item, what it saw, why it matters, how to mend it, sources."""
        return {
            "rule": self.rule.id,
            "item": self.item,
            "saw": self.saw,
            "why": self.rule.why,
            "fix": self.rule.fix,
            "sources": [source.to_json() for source in self.rule.sources],
        }


Findings: TypeAlias = tuple[Finding, ...]


def lint_key_result(text: str, *, in_cycle: bool = False) -> Findings:
    """Return what could be better in one key result; ``in_cycle`` if the end of a cycle is its deadline."""
    return _ordered(_key_result(KeyResult(text), "key_result", in_cycle=in_cycle))


def lint_objective(text: str) -> Findings:
    """Return what could be better in one objective."""
    return _ordered(_named(objective_findings(text), "objective"))


def lint_set(objective: str, key_results: Sequence[str], *, in_cycle: bool = False) -> Findings:
    """Return what could be better in an objective with its key results, in each of them and in all together.

    Items are ``objective``, ``key_result 1`` and so on, and ``set``. Empty key results do not count. Where the
    objective names its cycle, key results need no date.
    """
    numbered = [(at, KeyResult(text)) for at, text in enumerate(key_results, start=1) if text.strip()]
    in_cycle = in_cycle or any(date.ahead for date in Reading(objective).dates)
    found = list(lint_objective(objective))
    for at, one in numbered:
        found += _ordered(_key_result(one, f"key_result {at}", in_cycle=in_cycle))
    texts = [one.reading.opening() for _, one in numbered] or [objective.strip()]
    for rule, at in set_findings([one for _, one in numbered]):
        found.append(Finding(rules().by_id[rule], "set", texts[at]))
    return tuple(found)


def lint_metric(text: str) -> Findings:
    """Return what is missing in a metric sheet: its range, and what happens outside it."""
    return _ordered(_named(metric_findings(text), "metric"))


def lint_hypothesis(text: str) -> Findings:
    """Return what is missing in a hypothesis: what would prove it wrong."""
    return _ordered(_named(hypothesis_findings(text), "hypothesis"))


def _key_result(one: KeyResult, item: str, *, in_cycle: bool) -> Iterator[Finding]:
    found = (each for each in one.findings() if not (in_cycle and each[0] == "no_deadline"))
    return _named(found, item)


def _named(found: Iterable[tuple[str, str]], item: str) -> Iterator[Finding]:
    by_id = rules().by_id
    return (Finding(by_id[rule], item, saw) for rule, saw in found)


def _ordered(found: Iterable[Finding]) -> Findings:
    order = list(rules().by_id)
    return tuple(sorted(found, key=lambda finding: order.index(finding.rule.id)))
