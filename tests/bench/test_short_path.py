"""The benchmark walks what it says, counts right, and always comes to an end. Nothing here is timed."""

from __future__ import annotations

import pytest

from okr_assistant import AnswerSheet, Model, assess
from okr_assistant.decision.model import UNSURE
from tests.bench import bench_short_path
from tests.bench.bench_short_path import ShortPath, figures, published_sheets, random_sheets, short_path
from tests.decision.test_assess import small_model


def walk(a: str, b: str) -> ShortPath:
    """In the small model ``b`` tells most and is asked first, although ``a`` may hide it."""
    return short_path(small_model(), {"a": a, "b": b})


def test_it_counts_answers_until_likely_and_until_settled() -> None:
    assert walk("yes", "high") == ShortPath(likely=2, end=2, settled=True, right=True)
    assert walk("no", "high") == ShortPath(likely=2, end=2, settled=True, right=True)


def test_what_was_likely_can_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """After ``high``, two of three completions recommend ``okr``."""
    monkeypatch.setattr(bench_short_path, "LIKELY", 0.6)
    assert walk("yes", "high") == ShortPath(likely=1, end=2, settled=True, right=True)
    assert walk("no", "high") == ShortPath(likely=1, end=2, settled=True, right=False)


def test_a_tie_is_never_settled_nor_likely() -> None:
    assert walk("so", UNSURE) == ShortPath(likely=None, end=2, settled=False, right=None)


def test_it_ends_when_the_rest_says_nothing() -> None:
    question = small_model().questions[0].model_dump(by_alias=True)
    silent = question | {"id": "c", "options": tuple(option | {"points": ()} for option in question["options"])}
    model = small_model(questions=(silent, question))
    assert short_path(model, {"a": "yes", "c": "so"}) == ShortPath(likely=1, end=1, settled=True, right=True)


def test_it_ends_on_the_real_model_with_the_approach_of_the_complete_sheet(model: Model) -> None:
    for answers in (*random_sheets(model, 25), *published_sheets(model)[:5]):
        path = short_path(model, answers)
        assert path.end <= len(model.questions) == len(answers)
        assert path.settled == (assess(model, AnswerSheet(answers)).approach is not None)
        assert path.likely is None or path.likely <= path.end
        assert (path.likely is None) == (path.right is None)


def test_the_figures_of_a_few_paths() -> None:
    paths = [
        ShortPath(likely=1, end=2, settled=True, right=True),
        ShortPath(likely=2, end=5, settled=True, right=False),
        ShortPath(likely=None, end=6, settled=False, right=None),
    ]
    assert figures(paths) == {
        "sheets": 3,
        "answers_until_likely": {"median": 2, "p90": 6, "max": 6, "mean": 3},
        "answers_until_settled": {"median": 5, "p90": 6, "max": 6, "mean": pytest.approx(13 / 3)},
        "likely": pytest.approx(2 / 3),
        "settled": pytest.approx(2 / 3),
        "right_of_likely": 0.5,
    }
