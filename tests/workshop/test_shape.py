"""What the votes on one question look like: most do not know, or the median lies between two camps."""

from __future__ import annotations

import pytest

from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.workshop.reveal import QuestionReveal, reveal
from okr_assistant.workshop.shape import camps_around_the_median, is_to_find_out
from tests.workshop.rooms import held


def votes(model: Model, question: str, *chosen: str) -> QuestionReveal:
    found = held(model, {seat: {question: choice} for seat, choice in enumerate(chosen, start=1)})
    said = reveal(found.room, found.votes, model)
    return next(shown for shown in said.questions if shown.question == question)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (["nothing"] * 2 + ["direction"] + ["date"] * 2, ("nothing", "date")),
        (["nothing"] * 3 + ["direction"] + ["date"] * 3 + [UNSURE] * 9, ("nothing", "date")),
        (["nothing"] * 2 + ["direction"] * 2 + ["date"] * 2, None),  # as many in the middle as on a side
        (["nothing"] * 3 + ["direction"] * 2 + ["date"] * 2, None),
        (["nothing"] * 3 + ["direction"] * 4, None),  # one side alone
        (["nothing"] * 5, None),  # no option below the median
        (["nothing"] * 2 + ["date"] * 2, None),  # no median at all
    ],
)
def test_a_median_lies_between_two_camps_when_both_are_larger(
    model: Model, chosen: list[str], expected: tuple[str, str] | None
) -> None:
    assert camps_around_the_median(votes(model, "commitment", *chosen)) == expected


def test_what_has_no_median_has_no_camps_around_it(model: Model) -> None:
    shown = votes(model, "work_kind", "change", "change", "sustain")
    assert shown.statistic == "most_frequent"
    assert camps_around_the_median(shown) is None


@pytest.mark.parametrize(("unsure", "others", "expected"), [(3, 2, True), (2, 2, False), (2, 3, False)])
def test_a_question_is_to_find_out_when_more_than_half_do_not_know(
    model: Model, unsure: int, others: int, expected: bool
) -> None:
    chosen = [UNSURE] * unsure + ["date"] * others
    assert is_to_find_out(votes(model, "commitment", *chosen)) is expected
