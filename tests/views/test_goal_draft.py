"""The page of a first draft as data: which form, what it starts from, what is said beside which field."""

from __future__ import annotations

from typing import Any

from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.drafting.forms import form_for
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.views.artefact import artefact_view
from okr_assistant.views.goal_draft import form_choices, goal_draft_view, usual_choice
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.drafting.drafts import EVERY, full

FIX_FIRST = {
    "work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams", "outcome_clarity": "words",
    "measurability": "instrument",
}  # fmt: skip


def found(model: Model, answers: dict[str, str]) -> Assessment:
    return assessment(model, AnswerSheet(answers, "Work", model.version))


def usual(model: Model, words: Words, answers: dict[str, str], wanted: str = "") -> Any:
    result = found(model, answers)
    choice = usual_choice(result, form_choices(result, words), wanted)
    return choice and (choice.approach, choice.variant)


def test_every_form_can_be_chosen_and_each_has_its_own_name(model: Model, words: Words) -> None:
    choices = form_choices(found(model, {}), words)
    assert {(choice.approach, choice.variant) for choice in choices} == {(f.approach, v) for f, v in EVERY}
    assert len({choice.label for choice in choices}) == len(choices)
    assert len({choice.id for choice in choices}) == len(choices)
    assert not [choice for choice in choices if "recommended" in choice.label]


def test_it_begins_with_what_the_answers_speak_for(model: Model, words: Words) -> None:
    assert usual(model, words, {}) is None
    assert usual(model, words, FIX_FIRST) == ("okr", "")
    assert usual(model, words, FIX_FIRST | {"people_to_align": "one_team"})[0] in model.approaches_by_id
    assert usual(model, words, {"work_kind": "deliver", "commitment": "date"}) == (
        "milestones",
        "critical_project",
    )
    assert usual(model, words, FIX_FIRST, "flow") == ("flow", "")
    assert usual(model, words, FIX_FIRST, "nothing like this") == ("okr", "")
    assert usual(model, words, {}, "bets") == ("bets", "")


def test_the_usual_form_is_always_one_of_the_outcome(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 60, seed=8):
        result = found(model, answers)
        choice = usual_choice(result, form_choices(result, words))
        if not answers:
            assert choice is None
            continue
        assert choice is not None
        assert choice.approach in result.result.outcome
        name = next((rule.name for rule in model.variants if rule.id == choice.variant), None)
        if result.result.approach:
            assert name == result.result.variant
            assert "(recommended)" in choice.label
        else:
            assert "tie" in choice.label


def test_what_needs_to_be_fixed_first_stands_above_the_form_that_it_is_about(model: Model, words: Words) -> None:
    result = found(model, FIX_FIRST)
    view = goal_draft_view(result, GoalDraft("okr"), words)
    fixes = [condition.fix for condition in result.result.conditions if condition.approach == "okr"]
    assert [statement.text for statement in view.conditions] == fixes
    assert fixes
    assert all(statement.citations for statement in view.conditions)
    assert goal_draft_view(result, GoalDraft("flow"), words).conditions == ()


def test_it_says_when_another_form_is_filled_in_than_the_answers_speak_for(model: Model, words: Words) -> None:
    result = found(model, FIX_FIRST)
    assert goal_draft_view(result, GoalDraft("okr"), words).fit == ""
    assert "OKRs" in goal_draft_view(result, GoalDraft("flow"), words).fit
    assert goal_draft_view(found(model, {}), GoalDraft("flow"), words).fit == words("goal_draft.no_answers")


def test_it_starts_from_the_answers_and_writes_nothing_itself(model: Model, words: Words) -> None:
    view = goal_draft_view(found(model, FIX_FIRST), GoalDraft("okr", title="Faster booking"), words)
    assert ("Can you name the result this work should cause?", "Yes, in words") in view.said
    assert view.artefact.parts == ()
    assert view.artefact.heading == "Faster booking"
    ids = [field.field.id for field in view.fields]
    assert ids.index("first_measure") < ids.index("key_results")
    assert "early_sign" not in ids
    objective = view.fields[0]
    assert (
        objective.hint
        == "You can name the result in words: write those words. The numbers go into the key results."
    )


def test_what_was_written_stays_in_sight_when_the_answers_no_longer_ask_for_it(model: Model, words: Words) -> None:
    draft = GoalDraft("okr", values={"first_measure": "A survey"})
    view = goal_draft_view(found(model, {"work_kind": "change"}), draft, words)
    assert "first_measure" in [field.field.id for field in view.fields]
    assert [part.id for part in view.artefact.parts] == ["first_measure"]


def test_a_remark_says_what_it_saw_why_and_how_to_mend_it_with_its_source(model: Model, words: Words) -> None:
    draft = GoalDraft(
        "okr", values={"objective": "Launch the *new* app", "key_results": ({"metric": "Launch it"},)}
    )
    view = goal_draft_view(found(model, FIX_FIRST), draft, words)
    fields = {each.field.id: each for each in view.fields}
    (remark,) = fields["objective"].found[0, ""]
    assert remark.saw in "Launch the *new* app"
    assert all((remark.says, remark.why, remark.fix, remark.citations))
    assert fields["key_results"].found[1, "metric"]


def test_missing_parts_are_named_by_row(words: Words) -> None:
    rows = ({"metric": "Calls"}, {"metric": "Orders", "baseline": "1", "target": "2", "date": "2027-01-01"})
    view = artefact_view(GoalDraft("okr", values={"key_results": rows}), words)
    assert view.missing[:3] == (
        "What should be better, and for whom?",
        "Key result 1: Where does it stand today? Where should it be? By when? Who looks after it?",
        "Key result 2: Who looks after it?",
    )  # fmt: skip
    assert view.status == "10 parts are still missing."
    assert (
        "What could move it? At least 2." in artefact_view(GoalDraft("discovery", "learning_goal"), words).missing
    )
    assert artefact_view(full(*EVERY[0]), words).status == words("goal_draft.complete")


def test_the_questions_to_the_writer_are_those_of_the_form(model: Model, words: Words) -> None:
    okr = form_for("okr")
    assert okr is not None
    view = goal_draft_view(found(model, {}), GoalDraft("okr"), words)
    assert [each.text for each in view.questions] == [each.text for each in okr.questions]
    assert len(view.questions) == 5
