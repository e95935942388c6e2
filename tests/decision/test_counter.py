"""The strongest argument against a recommendation is the one answer that brings its closest rival forward most."""

from __future__ import annotations

from okr_assistant.decision.assess import assess
from okr_assistant.decision.counter import strongest_argument_against
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from tests.conftest import random_sheets


def test_no_other_answer_says_more_for_the_closest_rival(model: Model) -> None:
    seen = 0
    for answers in random_sheets(model, 400, seed=41):
        result = assess(model, AnswerSheet(answers))
        counter = strongest_argument_against(result)
        rivals = [entry for entry in result.ranking if not entry.blocked_by and entry.approach != result.approach]
        if result.approach is None or not rivals:
            assert counter is None
            continue
        gains = {}
        for question in result.answers:
            ours, theirs = (
                sum(given.points for given in entry.contributions if given.question == question)
                for entry in (result.ranked(result.approach), rivals[0])
            )
            gains[question] = theirs - ours
        most = max(gains.values(), default=0)
        if most <= 0:
            assert counter is None
            continue
        assert counter is not None
        seen += 1
        assert (counter.approach, counter.rival) == (result.approach, rivals[0].approach)
        assert counter.question == next(id_ for id_, gain in gains.items() if gain == most)
        assert counter.gain == most
        assert counter.option == answers[counter.question]
        assert counter.against or counter.for_
    assert seen > 200


def test_it_names_both_sides_of_one_answer(model: Model) -> None:
    answers = {"work_kind": "change", "outcome_clarity": "number", "commitment": "date", "autonomy": "negotiated"}
    counter = strongest_argument_against(assess(model, AnswerSheet(answers)))
    assert counter is not None
    assert (counter.approach, counter.rival, counter.question) == ("okr", "milestones", "commitment")
    assert counter.against is not None
    assert counter.for_ is not None
    assert counter.gain == counter.for_.points - counter.against.points


def test_nothing_speaks_against_a_single_answer_or_within_a_tie(model: Model) -> None:
    assert strongest_argument_against(assess(model, AnswerSheet({"work_kind": "sustain"}))) is None
    assert strongest_argument_against(assess(model, AnswerSheet({}))) is None
