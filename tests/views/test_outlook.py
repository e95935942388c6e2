"""What would change a result is said in the words of the questionnaire, and is true."""

from __future__ import annotations

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.flips import flips
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import path_to_okr
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.outlook import OutlookView, outlook_view
from okr_assistant.words import Words
from tests.conftest import random_sheets


def view_of(model: Model, words: Words, answers: dict[str, str]) -> OutlookView:
    return outlook_view(assessment(model, AnswerSheet(answers)), words)


def test_every_flip_names_its_answers_and_where_they_lead(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 15, seed=21):
        view = view_of(model, words, answers)
        found = flips(model, AnswerSheet(answers)).shortest
        for sentence, flip in zip((*view.flips, *view.more_flips), found, strict=False):
            for change in flip.changes:
                assert model.questions_by_id[change.question].text in sentence
                option = model.questions_by_id[change.question].option(change.to)
                assert option is not None
                assert f"“{option.label}”" in sentence
            for approach in (flip.approach,) if flip.approach else flip.tied:
                assert model.approaches_by_id[approach].phrase in sentence


def test_one_answer_that_decides_alone_is_not_called_several(model: Model, words: Words) -> None:
    """The example of paying the wages rests on one answer, below "Leave out any one of them"."""
    found = {
        len(view.rests_on): view.rests_on_lead
        for answers in random_sheets(model, 15, seed=21)
        for view in [view_of(model, words, answers)]
    }
    assert found.pop(1) == "It rests on your answer to this question. Leave it out, and the result is another:"
    assert found.pop(0, "") == ""
    assert set(found.values()) == {
        "It rests on your answers to these questions. Leave out any one of them, and the result is another:"
    }


def test_the_flips_are_counted_by_size_and_those_not_listed_are_too(model: Model, words: Words) -> None:
    not_listed = 0
    for answers in random_sheets(model, 15, seed=21):
        view = view_of(model, words, answers)
        found = flips(model, AnswerSheet(answers))
        one, two, three = (found.totals[size] for size in (1, 2, 3))
        sizes = f"{one} of one answer, {two} of two, {three} of three."
        assert view.flips_total.startswith(f"Smallest sets of changes that lead elsewhere: {sizes}")
        left = len(found.all) - len(view.flips) - len(view.more_flips)
        assert view.flips_total.endswith(
            f" {left} more {'is' if left == 1 else 'are'} not listed here." if left else sizes
        )
        not_listed += left > 0
    assert not_listed


def test_a_path_says_how_to_bring_each_change_about(model: Model, words: Words) -> None:
    answers = {"work_kind": "change", "product_stage": "growing", "use_of_goals": "appraise"}
    view = view_of(model, words, answers)
    assert view.paths
    assert view.no_path == ""
    assert all(how for path in view.paths for _, how in path.steps)


def test_no_path_is_said_plainly(model: Model, words: Words) -> None:
    answers = {"work_kind": "deliver", "commitment": "date"}
    assert path_to_okr(model, AnswerSheet(answers)) == ()
    assert view_of(model, words, answers).no_path.startswith("No change in how you work")


def test_the_margin_is_the_one_of_the_decision(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 60, seed=22):
        view = view_of(model, words, answers)
        margin = firmness(model, AnswerSheet(answers)).margin
        label = margin.label
        points = "1 point" if margin.points == 1 else f"{margin.points} points"
        assert view.margin.startswith(
            "Margin: a tie" if label == "tie" else f"Margin: {label}, ahead by {points}."
        )
        assert all(model.approaches_by_id[id_].phrase in view.margin for id_ in margin.to if label == "narrow")
        assert (view.stands == "") == (label == "tie")


def test_the_strongest_argument_against_is_an_answer_with_its_points_and_sources(
    model: Model, words: Words
) -> None:
    seen = 0
    for answers in random_sheets(model, 60, seed=23):
        counter = view_of(model, words, answers).counter
        result = assess(model, AnswerSheet(answers))
        if counter is None:
            continue
        seen += 1
        assert result.approach is not None
        assert model.approaches_by_id[result.approach].phrase in counter.title
        assert any(model.questions_by_id[id_].text in counter.said for id_ in answers)
        because = {given.because for entry in result.ranking for given in entry.contributions}
        assert counter.reasons
        assert all(reason.because in because and reason.citations for reason in counter.reasons)
    assert seen >= 30
