"""Any text: findings without an exception, quickly, the same each time, and about words that are there."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.drafting.lint import (
    Findings,
    lint_hypothesis,
    lint_key_result,
    lint_metric,
    lint_objective,
    lint_set,
)


def listed(text: str) -> list[str]:
    return text.split()


PIECES = listed(
    """
    Increase reduce Launch keep stay hold train from to by of at in and , ; : . -> → – 5% 10 $1.2M €5 3x 24/7
    iOS 17 SOC 2 p95 end Q3 June 2027 within weeks customers followers page views NPS churn rate time new the
    a all more fewer no not exceed than last year today ( ) “ ” 🚀 KR1: 1. #1 top half double zero quarter per
    / & + ~ ≥ ' s ﬁ İ ß ١٢ １２ \u200d \u0301 \ud7ff
    """
)


LINTERS: list[Callable[[str], Findings]] = [lint_key_result, lint_objective, lint_metric, lint_hypothesis]

sentences = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
texts = st.one_of(st.text(max_size=300), sentences, st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@pytest.mark.parametrize("lint", LINTERS, ids=lambda lint: lint.__name__)
@given(text=texts)
def test_any_text_gives_the_same_findings_twice_and_quotes_itself(
    lint: Callable[[str], Findings], text: str
) -> None:
    found = lint(text)
    assert lint(text) == found
    for finding in found:
        assert finding.saw
        assert finding.saw in text
    rules = [finding.rule.id for finding in found]
    assert len(rules) == len(set(rules)), "a rule speaks once about one text"


@given(objective=texts, results=st.lists(texts, max_size=7))
def test_any_set_gives_findings_that_can_be_written(objective: str, results: list[str]) -> None:
    found = lint_set(objective, results)
    json.dumps([finding.to_json() for finding in found])
    for finding in found:
        whole = {"objective": [objective], "set": [objective, *results]}
        where = whole.get(finding.item) or [results[int(finding.item.split()[1]) - 1]]
        assert any(finding.saw in text for text in where)


@given(text=sentences)
def test_bullets_and_labels_change_nothing(text: str) -> None:
    plain = [finding.rule.id for finding in lint_key_result(f"Launch {text}")]
    for label in ("KR1: ", "1. ", "• ", "🚀 ", "- "):
        assert [finding.rule.id for finding in lint_key_result(f"{label}Launch {text}")] == plain


LONG = [
    *("a", "1", " x", ",", "and ", "from 1 to ", "in the ", "end of the ", "->=>%$€", "by the a ", "if a b c "),
    *(
        "we a b ",
        ". A",
        "(last year ",
        "1-",
        "baseline ",
        "zero ",
        "first 1 ",
        "1,111",
        "page views ",
        "set a b c ",
    ),
    *(
        "1 2 3 4 ",
        "by world ",
        "kr 1 ",
        "- ",
        "'",
        "A",
        "over the next a ",
        "5% of our followers and ",
        "to 3 to ",
        "(",
    ),
    "\u0301",
]


@pytest.mark.parametrize("piece", LONG)
def test_ten_thousand_characters_take_no_time(piece: str) -> None:
    """50 ms is what a text may take on an idle machine; a pattern that backtracks takes minutes."""
    text = (piece * 10_000)[:10_000]
    lint_key_result("warm")
    for lint in LINTERS:
        quickest = min(_seconds(lint, text) for _ in range(3))
        assert quickest < 0.05, (lint.__name__, quickest)


def _seconds(lint: Callable[[str], Findings], text: str) -> float:
    begin = time.process_time()
    lint(text)
    return time.process_time() - begin
