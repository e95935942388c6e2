"""The Method page shows the whole model: nothing in the file is missing on the screen."""

from __future__ import annotations

from okr_assistant.decision.model import Model
from okr_assistant.views.method import MethodView, in_words, method_view
from okr_assistant.views.parts import signed
from okr_assistant.words import Words


def everything(view: MethodView) -> str:
    return str(view)


def test_every_question_number_rule_and_source_is_there(model: Model, words: Words) -> None:
    view = method_view(model, words)
    assert [part.id for part in view.questions] == list(model.questions_by_id)
    for question, part in zip(model.questions, view.questions, strict=True):
        for option, shown in zip(question.options, part.options, strict=False):
            assert shown.label == option.label
            assert (option.how or "") in shown.how
            assert [(row.points, row.because) for row in shown.points] == [
                (signed(given.points), given.because) for given in option.points
            ]
            assert all(row.citations for row in shown.points)
    rules = {rule.id: rule for group in view.rules for rule in group.rules}
    assert set(rules) == {rule.id for rule in model.rules}
    assert all(rules[rule.id].because == rule.because for rule in model.rules)
    assert len(view.sources) == len(model.sources)
    assert [part.id for part in view.approaches] == list(model.approaches_by_id)


def test_conditions_are_said_in_the_words_of_the_questionnaire(model: Model, words: Words) -> None:
    rule = next(rule for rule in model.rules if rule.id == "firefighting")
    sentence = in_words(model, rule.when, words)
    assert "How much of the time goes to things nobody planned?" in sentence
    assert "Nearly all" in sentence
    assert "nearly_all" not in sentence
    hidden = model.questions_by_id["measurability"].ask_if
    assert hidden is not None
    assert "is not answered with “Only what will be built or done”" in in_words(model, hidden, words)


def test_each_source_can_be_told_from_the_others(model: Model) -> None:
    assert len(set(model.cited.values())) == len(model.sources)
    assert model.cited["svorstol-2022"] == "Stein-Otto Svorstøl 2022 (a)"
    assert model.cited["capar-2022"] == "Berk Çapar 2022"
