"""How large a model may be: at the limits everything works, one above them it is refused."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.batch import VERDICTS, Batch, code_sheets
from okr_assistant.decision.checks import problems, sizes
from okr_assistant.decision.flips import flips
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import path_to_okr
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import tables_of
from okr_assistant.paths import ROOT
from okr_assistant.words import Words
from tests.decision.large_models import APPROACHES, CHANGEABLE, HIDDEN, OTHERS, RULED, large_model


@pytest.fixture(scope="module")
def large() -> Model:
    return large_model()


def test_the_large_model_is_at_every_limit(large: Model) -> None:
    assert all(size.found == size.most for size in sizes(large))
    assert list(problems(large, "model.toml")) == []


@pytest.mark.parametrize("filled", [0.0, 0.2, 0.6, 1.0])
def test_at_the_limits_everything_works(large: Model, filled: float) -> None:
    dice = random.Random(1)
    answers = {q.id: dice.choice(q.choices) for q in large.questions if dice.random() < filled}
    sheet = AnswerSheet(answers)
    result, ahead, found = assess(large, sheet), foresee(large, sheet), flips(large, sheet)
    assert set(result.outcome) <= set(ahead.possible) or result.open
    assert sum(ahead.shares.values()) == pytest.approx(1)
    assert firmness(large, sheet).margin.points is not None
    for flip in found.all[:: max(1, len(found.all) // 20)]:
        after = assess(large, AnswerSheet(answers | {change.question: change.to for change in flip.changes}))
        assert (after.approach, after.tied) == (flip.approach, flip.tied) != (result.approach, result.tied)
    for path in path_to_okr(large, sheet):
        after = assess(large, AnswerSheet(answers | {step.question: step.to for step in path.changes}))
        assert (after.approach, after.verdict) == ("okr", path.verdict)
    batch, codes = Batch(large), code_sheets(large, [answers])
    assert tables_of(large).names(int(batch.outcomes(codes)[0])) == result.outcome
    assert VERDICTS[batch.verdicts(codes)[0]] == result.verdict


TOO_MANY: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "approaches": ({"approaches": APPROACHES + 1}, "approaches", "13", "12 approaches"),
    "options": ({"others": [*OTHERS[:-1], (4, 0)]}, "questions", "151", "150 options of all questions"),
    "changes": (
        {"changeable": [*CHANGEABLE, (2, 1)], "others": OTHERS[:-1]},
        "questions",
        "500000",
        "250,000 combinations of changeable options",
    ),
    "cases of rules": (
        {"ruled": [*RULED, (2, 0)], "others": OTHERS[:-1]},
        "questions",
        "750000",
        "250,000 combinations of answers that blockers and ask_if name",
    ),
    "ways of hidden ones": (
        {"hidden": [*HIDDEN[:-1], (3, 0)], "others": [*OTHERS[:-1], (2, 0)]},
        "questions",
        "375",
        "250 combinations of answers to questions with ask_if",
    ),
    # what was once let through, and then failed with an error of Python's or for want of memory
    "300 options": ({"others": [(245, 0)]}, "questions", "300", "150 options of all questions"),
    "70 approaches": ({"approaches": 70}, "approaches", "70", "12 approaches"),
    "20 questions about how one works": (
        {"changeable": [(4, 3)] * 20, "others": OTHERS[:2]},
        "questions",
        str(5**6 * 4**20),
        "250,000 combinations of changeable options",
    ),
}


@pytest.mark.parametrize("name", TOO_MANY)
def test_what_is_larger_is_refused_with_place_found_and_allowed(name: str, words: Words) -> None:
    changes, key, found, allowed = TOO_MANY[name]
    (problem,) = problems(large_model(**changes), "model.toml")
    assert (problem.problem, problem.place, problem.found) == ("too_many", f"model.toml: {key}", found)
    assert words.error_line(problem) == f"model.toml: {key}: found {found}; allowed: at most {allowed}"


def test_the_page_about_models_says_the_same(model: Model) -> None:
    """The limits in order, and what 2026.1 has of each."""
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| ([\d,]+) \| ([\d,]+) \|", page, re.MULTILINE)
    assert rows == [(f"{size.most:,}", f"{size.found:,}") for size in sizes(model)]
    assert f"{sizes(model)[2].found:,} in {model.version}" in (path_to_okr.__doc__ or "")
