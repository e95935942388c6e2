"""Published cases beside a result, in words."""

from __future__ import annotations

from okr_assistant.decision.assess import assess
from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.cases import similar_cases
from okr_assistant.words import Words


def test_a_difference_has_the_answer_there_and_the_answer_here(model: Model, words: Words) -> None:
    theirs = {"work_kind": "deliver", "review_rhythm": "weekly"}
    case = Case.model_validate(
        {"id": "one", "situation": "A team.", "answers": theirs, "verdict": "not_okr", "instead": "milestones"}
        | {"author": "Ada", "title": "On goals", "year": 2026, "url": "https://example.org/"}
    )
    ours = assess(model, AnswerSheet({"work_kind": "deliver", "review_rhythm": "at_end"}))
    (found,) = similar_cases(model, ours, [case], words)

    def label(question: str, option: str) -> str:
        known = model.questions_by_id[question].option(option)
        assert known
        return known.label

    kind, rhythm = (model.questions_by_id[id_].text for id_ in theirs)
    assert found.same == (f"{kind} {label('work_kind', 'deliver')}",)
    there, here = label("review_rhythm", "weekly"), label("review_rhythm", "at_end")
    assert found.differs == (f"{rhythm} There: {there}. Here: {here}.",)
    assert found.conclusion == "Ada would not use OKRs. Instead: milestones."
    assert (found.source.text, found.source.title) == ("Ada 2026", "On goals")
