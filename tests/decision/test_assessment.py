"""The whole contract: the documented keys in the documented order, and nothing that is not JSON."""

from __future__ import annotations

import json

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from tests.conftest import random_sheets


def test_it_has_the_documented_keys_in_order(model: Model) -> None:
    sheet = AnswerSheet({"work_kind": "change", "autonomy": "fixed", "product_stage": "growing"})
    plain = assessment(model, sheet).to_json()
    assert list(plain) == [
        *assess(model, sheet).to_json(),
        "settled", "possible", "shares", "shares_exact", "margin", "rests_on", "stands",
        "flips", "flips_total", "path_to_okr", "next_question",
    ]  # fmt: skip
    assert list(plain["margin"]) == ["label", "points", "to"]
    assert list(plain["flips"][0]) == ["changes", "approach", "tied", "verdict"]
    assert list(plain["flips"][0]["changes"][0]) == ["question", "from", "to"]
    assert list(plain["flips_total"]) == ["1", "2", "3"]
    assert list(plain["shares"]) == [*model.approaches_by_id, "tie"]


def test_each_step_of_a_path_says_how(model: Model) -> None:
    plain = assessment(model, AnswerSheet({"autonomy": "fixed"})).to_json()
    assert list(plain["path_to_okr"][0]) == ["changes", "lead", "verdict"]
    assert list(plain["path_to_okr"][0]["changes"][0]) == ["question", "from", "to", "how"]


def test_it_starts_with_what_assess_gives_and_is_plain_json(model: Model) -> None:
    for answers in random_sheets(model, 100, seed=31):
        plain = assessment(model, AnswerSheet(answers)).to_json()
        brief = assess(model, AnswerSheet(answers)).to_json()
        assert {key: plain[key] for key in brief} == brief
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        carried = [len(flip["changes"]) for flip in plain["flips"]]
        few = plain["flips_total"]["1"] + plain["flips_total"]["2"]
        assert len(carried) == (few or plain["flips_total"]["3"])


def test_a_sheet_of_another_questionnaire_is_refused(model: Model) -> None:
    with pytest.raises(SheetError):
        assessment(model, AnswerSheet({"nobody": "knows"})).to_json()
