"""The page about the linter says what the rules say, and how often the linter is right today."""

from __future__ import annotations

import re

import pytest

from okr_assistant.drafting.accuracy import accuracy, read_labelled
from okr_assistant.drafting.rules import Rule, rules
from okr_assistant.paths import LINT, ROOT
from okr_assistant.views.lint import accuracy_lines
from okr_assistant.words import Words

PAGE = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    found = re.search(rf"^### {heading}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


@pytest.mark.parametrize("rule", rules().by_id.values(), ids=lambda rule: rule.id)
def test_every_rule_is_there_with_its_reasons_sources_and_examples(rule: Rule) -> None:
    text = section(rule.id)
    examples = [each for one in (rule.weak, rule.strong) for each in ([one] if isinstance(one, str) else one)]
    for part in (rule.says, rule.why, rule.fix, rule.quiet, *(f"“{example}”" for example in examples)):
        assert part in text, part
    for source in rule.sources:
        assert f"- {source.author}, [{source.title}]({source.url})" in text
        assert source.takeaway in text
        assert source.year is None or f"({source.year})" in text


def test_no_rule_is_there_that_is_gone() -> None:
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == list(rules().by_id)


def test_the_tables_are_those_of_today(words: Words) -> None:
    """``okr-assistant lint --report`` prints them."""
    lines = (LINT / "corpus.jsonl").read_bytes().splitlines()
    assert "\n".join(accuracy_lines(accuracy(read_labelled(lines, "corpus")), words)).rstrip() in PAGE
