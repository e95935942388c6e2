"""The rules as data: their ids, their words, their sources, and examples that the linter agrees with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from okr_assistant.drafting import lexicon as lexicon_module
from okr_assistant.drafting.lint import (
    Findings,
    lint_hypothesis,
    lint_key_result,
    lint_metric,
    lint_objective,
    lint_set,
)
from okr_assistant.drafting.rules import KINDS, Published, Rule, rules
from okr_assistant.paths import LINT, ROOT

ALL = list(rules().by_id.values())

IDS = {
    "key_result": (
        "output_not_outcome no_metric no_baseline no_target no_deadline binary maintain vanity several_results"
    ),
    "objective": "number_in_objective output_as_objective vague too_long",
    "set": "too_few too_many no_counter_metric all_outputs",
    "metric": "no_range no_action",
    "hypothesis": "no_falsifier",
}
"""What others rely on; an id never changes."""


def lint(about: str, example: str | Sequence[str]) -> Findings:
    if not isinstance(example, str):
        return lint_set(example[0], example[1:])
    functions: dict[str, Any] = {
        "key_result": lint_key_result,
        "objective": lint_objective,
        "metric": lint_metric,
        "hypothesis": lint_hypothesis,
    }
    return functions[about](example)


def texts(rule: Rule) -> list[str]:
    return [rule.says, rule.why, rule.fix, rule.quiet, *(source.takeaway for source in rule.sources)]


def test_the_ids_are_those_that_others_rely_on() -> None:
    assert {kind: " ".join(rule.id for rule in rules().about(kind)) for kind in KINDS} == IDS


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_the_weak_example_is_found(rule: Rule) -> None:
    assert rule.id in {finding.rule.id for finding in lint(rule.about, rule.weak)}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_nothing_is_said_about_the_strong_example(rule: Rule) -> None:
    assert [finding.rule.id for finding in lint(rule.about, rule.strong)] == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_speaks_as_the_product_does(rule: Rule) -> None:
    for text in texts(rule):
        assert re.fullmatch(r"[A-Z][^!]*[.?a-z]", text), text
        assert not re.search(r"\b(please|sorry|invalid|oops|simply|just)\b", text, re.IGNORECASE), text
        assert len(text) <= 300, text
    assert not rule.says.endswith(".")
    assert rule.sources


def test_sources_have_an_address_each_and_all_are_used() -> None:
    raw = tomllib.loads((LINT / "rules.toml").read_text("utf-8"))
    used = {id_ for rule in raw["rules"] for id_ in rule["sources"]} | {one["source"] for one in raw["published"]}
    assert {source["id"] for source in raw["sources"]} == used
    addresses = [source["url"] for source in raw["sources"]]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        assert re.fullmatch(r"https://[^\s<>\"'()\[\]]+", address), address


@pytest.mark.parametrize(
    "published", rules().published, ids=lambda one: one.objective or one.key_results[0] if one else ""
)
def test_nothing_wrong_is_said_about_examples_that_others_published_as_good_ones(published: Published) -> None:
    """Where the cycle is known, as it is on their pages. Some leave out where things stand, and that is true."""
    found = lint_objective(published.objective) if published.objective else ()
    for text in published.key_results:
        found += lint_key_result(text, in_cycle=True)
    assert {finding.rule.id for finding in found} == published.true


def test_a_published_set_gets_nothing() -> None:
    sets = [one for one in rules().published if one.objective and one.key_results]
    assert sets
    for one in sets:
        found = lint_set(one.objective, one.key_results, in_cycle=True)
        assert [finding.rule.id for finding in found] == []


def test_every_list_of_words_is_used() -> None:
    raw = tomllib.loads((LINT / "words.toml").read_text("utf-8"))
    code = "".join(file.read_text("utf-8") for file in (ROOT / "okr_assistant" / "drafting").glob("*.py"))
    read_as_tables = {"verb", "irregular", "metric"}
    for table in raw.keys() - read_as_tables:
        for key in raw[table]:
            assert f'"{table}.{key}"' in code, f"{table}.{key}"


def test_the_words_of_a_list_are_there_once() -> None:
    raw = tomllib.loads((LINT / "words.toml").read_text("utf-8"))
    for table, keys in raw.items():
        for key, text in keys.items():
            assert len(text.split()) == len(set(text.split())), f"{table}.{key}"


def test_spellings_of_one_word_are_one() -> None:
    words = lexicon_module.lexicon()
    assert lexicon_module.folded("Organize") == lexicon_module.folded("organise")
    assert words.verbs[lexicon_module.folded("organizing")].base == lexicon_module.folded("organise")
    assert lexicon_module.folded("sign-ups") == lexicon_module.folded("signups")
