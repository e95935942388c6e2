"""The cases in ``tests/data``: a name, the answers, and what must come out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet

DATA = Path(__file__).parents[1] / "data"


def cases(file: str) -> list[Any]:
    read = tomllib.loads((DATA / file).read_text("utf-8"))["cases"]
    return [pytest.param(case, id=case["name"]) for case in read]


@pytest.mark.parametrize("case", [*cases("seeds.toml"), *cases("more.toml")])
def test_case(model: Model, case: dict[str, Any]) -> None:
    result = assess(model, AnswerSheet(case["answers"]))

    assert case["source"] in model.sources_by_id
    assert (result.verdict, result.approach) == (case["verdict"], case.get("approach"))
    for key in ("blocked_leader", "variant", "split"):
        if key in case:
            assert getattr(result, key) == case[key]
    for key in ("tied", "ignored"):
        if key in case:
            assert list(getattr(result, key)) == case[key]
    for key in ("conditions", "contested"):
        if key in case:
            assert [found.id for found in getattr(result, key)] == case[key]


@pytest.mark.parametrize("case", cases("seeds.toml"))
def test_the_reasons_are_those_of_the_article(model: Model, case: dict[str, Any]) -> None:
    """A reader of the article recognises the reasons, and they cite it."""
    result = assess(model, AnswerSheet(case["answers"]))
    for approach, question, side in case["reasons"]:
        given = next(c for c in result.ranked(approach).contributions if c.question == question)
        assert (given.points > 0) == (side == "for")
    cited = {
        source
        for approach in {approach for approach, _, _ in case["reasons"]}
        for given in result.ranked(approach).contributions
        for source in given.sources
    }
    assert case["source"] in cited
