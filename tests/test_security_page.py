"""The page for security readers: every claim has a test, and every test that it names is there."""

from __future__ import annotations

import ast
import re

import pytest

from okr_assistant.paths import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_many_are_named() -> None:
    assert len(NAMED) >= 30


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_test_that_shows_a_claim_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_claim_names_a_test() -> None:
    tables = re.findall(r"^\| claim \| shown by \|\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    claims = [row for table in tables for row in table.splitlines()]
    assert len(claims) >= 25
    assert [claim for claim in claims if "`tests/" not in claim] == []
