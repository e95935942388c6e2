"""What would change the advice: minimal and complete, against trying everything one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_assistant.decision import paths
from okr_assistant.decision.assess import assess
from okr_assistant.decision.changes import Flip
from okr_assistant.decision.flips import flips
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.paths import path_to_okr
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from tests.conftest import random_sheets
from tests.decision import brute_force
from tests.decision.small_models import models_with_sheets
from tests.decision.test_assess import small_model

SMALL = settings(max_examples=100, derandomize=True)


def targets(flip: Flip) -> dict[str, str]:
    return {change.question: change.to for change in flip.changes}


def are_as_defined(model: Model, answers: dict[str, str], most: int) -> None:
    found = flips(model, AnswerSheet(answers), at_most=most)
    expected = brute_force.flips(model, answers, most)
    assert [tuple(targets(flip).items()) for flip in found.all] == [changes for changes, _ in expected]
    for flip, (_, after) in zip(found.all, expected, strict=True):
        assert (flip.approach, flip.tied, flip.verdict) == (after.approach, after.tied, after.verdict)
        assert all(change.from_ == answers.get(change.question) for change in flip.changes)
    sizes = [len(changes) for changes, _ in expected]
    assert found.totals == {size: sizes.count(size) for size in range(1, most + 1)}


def paths_are_as_defined(model: Model, answers: dict[str, str]) -> None:
    found = path_to_okr(model, AnswerSheet(answers))
    expected = brute_force.paths_to_okr(model, answers)
    assert [tuple((step.question, step.to) for step in path.changes) for path in found] == expected[:5]
    for path in found:
        after = brute_force.result(model, answers | {step.question: step.to for step in path.changes})
        assert (path.lead or float("inf"), path.verdict) == (brute_force.lead(after), after.verdict)
        for step in path.changes:
            option = model.questions_by_id[step.question].option(step.to)
            assert (step.from_, step.how) == (answers.get(step.question), option and option.how)


@SMALL
@given(models_with_sheets())
def test_flips_are_as_defined_on_small_models(drawn: tuple[Model, dict[str, str]]) -> None:
    are_as_defined(*drawn, most=3)


@SMALL
@given(models_with_sheets())
def test_paths_are_as_defined_on_small_models(drawn: tuple[Model, dict[str, str]]) -> None:
    paths_are_as_defined(*drawn)


@settings(derandomize=True)
@given(st.lists(st.booleans(), min_size=24, max_size=24))
def test_the_smallest_sets_are_those_no_part_of_which_is_reached(cells: list[bool]) -> None:
    """Four questions; the set of all four may be reached through two of them though through no three."""
    reached = np.array(cells).reshape(2, 3, 2, 2)
    expected = [
        reached[place]
        and not any(
            reached[part]
            for part in np.ndindex(reached.shape)
            if part != place and all(own in (0, whole) for own, whole in zip(part, place, strict=True))
        )
        for place in np.ndindex(reached.shape)
    ]
    assert paths._smallest(reached).ravel().tolist() == expected


def test_flips_of_one_and_two_are_as_defined_on_the_real_model(model: Model) -> None:
    for answers in random_sheets(model, 12, seed=11):
        are_as_defined(model, answers, most=2)


def test_flips_of_three_hold_on_the_real_model(model: Model) -> None:
    """Each changes the outcome, and nothing that leaves out one change does; smaller ones are tried above."""
    for answers in random_sheets(model, 12, seed=12):
        now = assess(model, AnswerSheet(answers)).outcome
        for flip in flips(model, AnswerSheet(answers)).all:
            changes = targets(flip)
            after = assess(model, AnswerSheet(answers | changes))
            assert (after.approach, after.tied, after.verdict) == (flip.approach, flip.tied, flip.verdict)
            assert after.outcome != now
            for left_out in changes:
                fewer = {id_: to for id_, to in changes.items() if id_ != left_out}
                assert assess(model, AnswerSheet(answers | fewer)).outcome == now
            assert UNSURE not in changes.values()


def test_paths_lead_to_okr_on_the_real_model(model: Model) -> None:
    some = 0
    for answers in random_sheets(model, 300, seed=13):
        paths = path_to_okr(model, AnswerSheet(answers))
        assert len(paths) <= 5
        assert paths == () or assess(model, AnswerSheet(answers)).approach != "okr"
        for path in paths:
            changes = {step.question: step.to for step in path.changes}
            assert assess(model, AnswerSheet(answers | changes)).approach == "okr"
            for left_out in changes:
                fewer = {id_: to for id_, to in changes.items() if id_ != left_out}
                assert assess(model, AnswerSheet(answers | fewer)).approach != "okr"
            assert all(step.how for step in path.changes)
        some += bool(paths)
    assert some


def test_a_question_that_comes_back_is_changed_in_the_same_flip() -> None:
    """``b`` is hidden by ``no``. Neither bringing it back nor answering it while hidden changes anything."""
    plain = small_model()
    a, b = (question.model_dump(by_alias=True, exclude={"ask_if"}) for question in plain.questions)
    b["ask_if"] = {"not": {"question": "a", "in": ("no",)}}
    flow = ({"approach": "flow", "points": 1, "because": "b", "sources": ("s",)},)
    a["options"] = tuple(option | {"points": flow} for option in a["options"])
    found = flips(small_model(questions=(a, b)), AnswerSheet({"a": "no"})).all
    okr = [[tuple(change) for change in flip.changes] for flip in found if flip.approach == "okr"]
    assert okr == [[("a", "no", back), ("b", None, "high")] for back in ("yes", "so")]
    assert all(len(flip.changes) == 2 for flip in found)


def test_a_flip_may_open_a_tie_and_says_who_is_in_it() -> None:
    found = flips(small_model(), AnswerSheet({"a": "yes"}))
    tie = next(flip for flip in found.all if targets(flip) == {"a": "so"})
    assert (tie.approach, tie.tied, tie.verdict) == (None, ("okr", "flow"), "undecided")


def test_from_is_nothing_for_an_open_question() -> None:
    found = flips(small_model(), AnswerSheet({"a": "yes"}))
    changes = {change for flip in found.all for change in flip.changes}
    assert {change.from_ for change in changes if change.question == "b"} == {None}
    assert {change.from_ for change in changes if change.question == "a"} == {"yes"}


def test_a_condition_that_falls_away_is_no_flip() -> None:
    """From ``okr_with_conditions`` to ``okr`` the approach stays; ``conditions`` say what to fix."""
    rule = {"id": "r", "kind": "condition", "approach": "okr", "fix": "f", "because": "x", "sources": ("s",)}
    model = small_model(rules=({**rule, "when": {"question": "a", "in": ("yes",)}},))
    answers = {"a": "yes", "b": "high"}
    assert assess(model, AnswerSheet(answers)).verdict == "okr_with_conditions"
    assert assess(model, AnswerSheet(answers | {"a": "so"})).verdict == "okr"
    assert {"a": "so"} not in [targets(flip) for flip in flips(model, AnswerSheet(answers)).all]


def test_the_shortest_are_those_of_three_only_when_there_are_no_others(model: Model) -> None:
    sizes = set()
    sheets = list(random_sheets(model, 40, seed=14))
    for where, answers in [*((model, answers) for answers in sheets), (only_three_together(), {"a": "x"})]:
        found = flips(where, AnswerSheet(answers))
        few = [flip for flip in found.all if len(flip.changes) < 3]
        assert list(found.shortest) == (few or list(found.all))
        sizes.add((bool(few), len(found.shortest) < len(found.all), bool(found.all)))
    assert {(True, True, True), (False, False, True)} <= sizes


def question(id_: str, **options: tuple[str, int]) -> dict[str, Any]:
    """A question whose options give one approach some points; those other than ``x`` are changeable."""
    return {
        "id": id_, "section": "one", "scale": "nominal", "text": "t", "why_we_ask": "w", "sources": ("s",),
        "options": tuple(
            {"id": option, "label": option}
            | ({"changeable": True, "how": f"how {id_} {option}"} if option != "x" else {})
            | ({"points": ({"approach": to, "points": some, "because": "b", "sources": ("s",)},)} if some else {})
            for option, (to, some) in options.items()
        ),
    }  # fmt: skip


def only_three_together() -> Model:
    """Flow has 5 points, and each of three questions can give OKRs 2."""
    nothing, two = ("okr", 0), ("okr", 2)
    others = tuple(question(f"q{number}", x=nothing, y=two) for number in range(3))
    return small_model(questions=(question("a", x=("flow", 5), y=("flow", 5)), *others))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # flow has 2; each alone is enough, and leads by so much less 2
        ((3, 6, 4, 6, 5, 3, 4), [(("q1",), 4), (("q3",), 4), (("q4",), 3), (("q2",), 2), (("q6",), 2)]),
        # fewer changes come first though two together lead by more
        ((2, 3, 2), [(("q1",), 1), (("q0", "q2"), 2)]),
    ],
)
def test_paths_of_fewer_changes_come_first_then_those_with_the_greater_lead_at_most_five(
    given: tuple[int, ...], expected: list[tuple[tuple[str, ...], int]]
) -> None:
    ways = (question(f"q{place}", x=("okr", 0), y=("okr", points)) for place, points in enumerate(given))
    model = small_model(questions=(*ways, question("z", x=("flow", 2), y=("flow", 2))))
    found = path_to_okr(model, AnswerSheet({"z": "x"}))
    assert [(tuple(step.question for step in path.changes), path.lead) for path in found] == expected


def test_there_is_no_path_where_okr_is_recommended_or_no_change_leads_there() -> None:
    assert path_to_okr(small_model(), AnswerSheet({"a": "yes"})) == ()
    assert path_to_okr(small_model(), AnswerSheet({"a": "no"})) == ()  # nothing is changeable in this model


@pytest.mark.parametrize("at_most", [0, 4])
def test_other_numbers_of_changes_are_refused(model: Model, at_most: int) -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        flips(model, AnswerSheet({}), at_most=at_most)


def test_fewer_changes_can_be_asked_for(model: Model) -> None:
    whole = flips(model, AnswerSheet({"work_kind": "deliver"}))
    for at_most in (1, 2):
        part = flips(model, AnswerSheet({"work_kind": "deliver"}), at_most=at_most)
        assert part.all == tuple(flip for flip in whole.all if len(flip.changes) <= at_most)
        assert part.totals == {size: whole.totals[size] for size in range(1, at_most + 1)}


@pytest.mark.parametrize("look", [flips, path_to_okr])
def test_a_sheet_of_another_questionnaire_is_refused(model: Model, look: object) -> None:
    with pytest.raises(SheetError):
        look(model, AnswerSheet({"work_kind": "nobody"}))  # type: ignore[operator]
