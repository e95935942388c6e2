"""What would change a result is said in the words of the questionnaire, and is true."""

from __future__ import annotations

from okr_assistant.decision.assess import assess
from okr_assistant.decision.flips import flips, path_to_okr
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.outlook import OutlookView, outlook_view, still_possible
from okr_assistant.words import Words
from tests.conftest import random_sheets


def view_of(model: Model, words: Words, answers: dict[str, str]) -> OutlookView:
    sheet = AnswerSheet(answers)
    result = assess(model, sheet)
    return outlook_view(
        model, result, firmness(model, sheet), flips(model, sheet), path_to_okr(model, sheet), words
    )


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
        label = firmness(model, AnswerSheet(answers)).margin.label
        assert view.margin.startswith("Margin: a tie" if label == "tie" else f"Margin: {label}")
        assert (view.stands == "") == (label == "tie")


def test_what_is_still_possible_is_the_foresight(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 60, seed=23):
        ahead = foresee(model, AnswerSheet(answers))
        sentence = still_possible(model, ahead, words)
        assert sentence.startswith("Nothing you could still answer" if ahead.settled else "Still possible")
        assert all(model.approaches_by_id[id_].phrase in sentence for id_ in ahead.possible)
