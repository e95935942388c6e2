"""The properties of a recommendation, on random sheets of the real model and on all sheets of a small one."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from okr_assistant.decision.assess import assess, read_answers
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import SheetError
from tests.conftest import random_sheets


def small_model(**changes: Any) -> Model:
    """Two questions and three approaches; ``b`` is hidden while ``a`` is ``no``."""
    source = {"id": "s", "author": "A", "title": "T", "url": "https://example.org/", "takeaway": "W"}

    def given(**points: int) -> tuple[dict[str, Any], ...]:
        return tuple(
            {"approach": id_, "points": number, "because": f"because {id_}", "sources": ("s",)}
            for id_, number in points.items()
        )

    def question(id_: str, options: dict[str, dict[str, int]], **more: Any) -> dict[str, Any]:
        return {
            "id": id_,
            "section": "one",
            "scale": "nominal",
            "text": f"{id_}?",
            "why_we_ask": "why",
            "sources": ("s",),
            "options": tuple(
                {"id": option, "label": option, "points": given(**points)} for option, points in options.items()
            ),
        } | more

    raw: dict[str, Any] = {
        "format": 1,
        "version": "2026.1+small",
        "sections": ({"id": "one", "title": "One"},),
        "questions": (
            question("a", {"yes": {"okr": 2, "flow": 1}, "no": {"flow": 3}, "so": {"okr": 1, "flow": 1}}),
            question(
                "b",
                {"high": {"okr": 3, "bets": -1}, "low": {"okr": -4, "bets": 2}},
                ask_if={"not": {"question": "a", "in": ("no",)}},
                unsure={"points": given(bets=1)},
            ),
        ),
        "approaches": tuple(
            {"id": id_, "name": id_, "phrase": id_, "summary": id_, "artefact": id_}
            for id_ in ("okr", "flow", "bets")
        ),
        "rules": (),
        "sources": (source,),
    }
    return Model.model_validate(raw | changes)


def all_sheets(model: Model) -> list[dict[str, str]]:
    ways = [[None, *question.choices] for question in model.questions]
    ids = list(model.questions_by_id)
    return [
        {id_: answer for id_, answer in zip(ids, answers, strict=True) if answer is not None}
        for answers in product(*ways)
    ]


def holds_together(model: Model, answers: dict[str, str], result: Recommendation) -> None:
    """What must be true of every recommendation."""
    reading = read_answers(model, answers)
    for entry in result.ranking:
        assert sum(given.points for given in entry.contributions) == entry.points
        assert all(given.points for given in entry.contributions)
        assert all(reading.counted[given.question] == given.option for given in entry.contributions)
    order = list(model.approaches_by_id)
    keys = [(-entry.points, order.index(entry.approach)) for entry in result.ranking]
    assert keys == sorted(keys)
    free = [entry for entry in result.ranking if not entry.blocked_by]
    best = [entry.approach for entry in free if entry.points == free[0].points]
    assert list(result.outcome) == best
    assert (result.approach is None) == (len(best) > 1) == bool(result.tied)
    assert {*result.open, *reading.counted} == set(reading.asked)
    assert result.answers == answers
    assert set(result.ignored) == set(answers) - set(reading.counted)
    assert sum(result.profile.okr_points.values()) == result.ranked("okr").points
    if result.blocked_leader:
        assert result.verdict == "not_okr"


def test_everything_holds_on_all_sheets_of_a_small_model() -> None:
    model = small_model()
    for answers in all_sheets(model):
        holds_together(model, answers, assess(model, AnswerSheet(answers)))


def test_everything_holds_on_random_sheets_of_the_real_model(model: Model) -> None:
    for answers in random_sheets(model, 3000):
        holds_together(model, answers, assess(model, AnswerSheet(answers)))


def test_the_same_answers_in_another_order_give_the_same_result(model: Model) -> None:
    for answers in random_sheets(model, 100, seed=2):
        turned = dict(reversed(answers.items()))
        assert assess(model, AnswerSheet(turned)) == assess(model, AnswerSheet(answers))


def test_a_tie_is_never_broken() -> None:
    """``so`` gives okr and flow one point each; both are in the outcome, in model order."""
    result = assess(small_model(), AnswerSheet({"a": "so"}))
    assert (result.verdict, result.approach, result.tied) == ("undecided", None, ("okr", "flow"))


def test_a_tie_without_okr_is_not_okr() -> None:
    result = assess(small_model(), AnswerSheet({"a": "yes", "b": "low"}))
    assert result.tied == ()
    assert (result.verdict, result.approach) == ("not_okr", "bets")


def test_unsure_is_an_answer_and_open_is_not() -> None:
    """``unsure`` on b has points of its own in this model; leaving it open has none."""
    model = small_model()
    unsure = assess(model, AnswerSheet({"b": "unsure"}))
    nothing = assess(model, AnswerSheet({}))
    assert (unsure.unsure, unsure.open, unsure.ranked("bets").points) == (("b",), ("a",), 1)
    assert (nothing.unsure, nothing.open, nothing.ranked("bets").points) == ((), ("a", "b"), 0)


@pytest.mark.parametrize(
    ("a", "asked"),
    [(None, True), ("unsure", True), ("yes", True), ("no", False)],
    ids=["open: unknown, so it is asked", "unsure is not listed, so it is asked", "asked", "hidden"],
)
def test_a_question_is_hidden_only_while_its_condition_is_false(a: str | None, asked: bool) -> None:
    answers = {"b": "high"} | ({} if a is None else {"a": a})
    result = assess(small_model(), AnswerSheet(answers))
    assert (result.ignored == ()) == asked
    assert any(given.question == "b" for given in result.ranked("okr").contributions) == asked
    assert result.answers == answers


def test_a_hidden_answer_makes_no_rule_true() -> None:
    rule = {
        "id": "r",
        "kind": "blocker",
        "approach": "okr",
        "when": {"not": {"question": "b", "in": ("low",)}},
        "because": "x",
        "sources": ("s",),
    }
    model = small_model(rules=(rule,))
    assert assess(model, AnswerSheet({"a": "yes", "b": "high"})).ranked("okr").blocked_by
    assert not assess(model, AnswerSheet({"a": "no", "b": "high"})).ranked("okr").blocked_by


def test_a_hidden_answer_shows_in_no_rule_of_any_kind() -> None:
    """Only what is asked counts, also for what changes no points."""
    side = {"text": "t", "sources": ("s",)}
    kinds: dict[str, dict[str, Any]] = {
        "condition": {"approach": "flow", "fix": "f"},
        "contested": {"topic": "T", "for": side, "against": side},
        "variant": {"approach": "flow", "name": "v"},
        "contradiction": {"questions": ("a", "b"), "text": "t"},
    }
    shown = {"question": "b", "in": ("high",)}
    rules = tuple(
        {"id": kind, "kind": kind, "when": shown, "because": "x", "sources": ("s",)} | more
        for kind, more in kinds.items()
    )
    hidden = assess(small_model(rules=rules), AnswerSheet({"a": "no", "b": "high"}))
    assert hidden.ignored == ("b",)
    assert (hidden.conditions, hidden.contested, hidden.variant, hidden.contradictions) == ((), (), None, ())
    asked = assess(small_model(rules=rules), AnswerSheet({"a": "yes", "b": "high"}))
    assert [found.id for found in (*asked.contested, *asked.contradictions)] == ["contested", "contradiction"]


def test_a_blocked_approach_stays_in_its_place() -> None:
    rule = {
        "id": "r",
        "kind": "blocker",
        "approach": "okr",
        "when": {"question": "a", "in": ("yes",)},
        "because": "x",
        "sources": ("s",),
    }
    result = assess(small_model(rules=(rule,)), AnswerSheet({"a": "yes", "b": "high"}))
    assert [entry.approach for entry in result.ranking] == ["okr", "flow", "bets"]
    assert (result.approach, result.blocked_leader, result.verdict) == ("flow", "okr", "not_okr")
    assert [block.id for block in result.ranking[0].blocked_by] == ["r"]


def test_a_contested_topic_makes_okr_conditional_and_moves_no_points() -> None:
    side = {"text": "t", "sources": ("s",)}
    rule = {
        "id": "r",
        "kind": "contested",
        "when": {"question": "a", "in": ("yes",)},
        "topic": "T",
        "for": side,
        "against": side,
        "because": "x",
        "sources": ("s",),
    }
    plain = assess(small_model(), AnswerSheet({"a": "yes"}))
    contested = assess(small_model(rules=(rule,)), AnswerSheet({"a": "yes"}))
    assert (plain.verdict, contested.verdict) == ("okr", "okr_with_conditions")
    assert plain.ranking == contested.ranking


def test_the_first_variant_in_file_order_is_used() -> None:
    rules = tuple(
        {
            "id": name,
            "kind": "variant",
            "approach": "okr",
            "when": {"question": "a", "in": options},
            "name": name,
            "because": "x",
            "sources": ("s",),
        }
        for name, options in (("first", ("so",)), ("second", ("yes", "so")), ("third", ("yes",)))
    )
    assert assess(small_model(rules=rules), AnswerSheet({"a": "yes"})).variant == "second"


@pytest.mark.parametrize(
    ("answers", "problem"),
    [({"x": "yes"}, "unknown_question"), ({"a": "maybe"}, "unknown_option"), ({"a": ""}, "unknown_option")],
)
def test_a_sheet_of_another_questionnaire_is_refused(answers: dict[str, str], problem: str) -> None:
    with pytest.raises(SheetError) as caught:
        assess(small_model(), AnswerSheet(answers))
    assert caught.value.problem == problem
    assert caught.value.allowed


def test_the_contract_has_the_documented_keys_in_order(model: Model) -> None:
    plain = assess(model, AnswerSheet({"work_kind": "learn", "product_stage": "idea"})).to_json()
    assert list(plain) == [
        "model", "answers", "open", "unsure", "ignored",
        "verdict", "approach", "tied", "blocked_leader", "variant", "split",
        "ranking", "conditions", "contested", "contradictions", "profile",
    ]  # fmt: skip
    assert list(plain["ranking"][0]) == ["approach", "points", "blocked_by", "contributions"]
    assert list(plain["ranking"][0]["contributions"][0]) == [
        "question", "option", "points", "because", "sources",
    ]  # fmt: skip
    assert list(plain["contested"][0]) == ["id", "topic", "for", "against", "sources"]
    assert plain["profile"]["vision"] == {"value": 0.0, "answered": 1, "of": 3}


def test_unsure_has_no_place_on_an_axis(model: Model) -> None:
    profile = assess(model, AnswerSheet({"vision_stability": "unsure", "strategy_clarity": "guides"})).profile
    assert (profile.vision.value, profile.vision.answered) == (100, 1)
    assert (profile.outcome.value, profile.outcome.answered) == (None, 0)


def test_a_condition_is_listed_only_while_its_approach_is_in_the_outcome() -> None:
    rule = {
        "id": "r",
        "kind": "condition",
        "approach": "okr",
        "when": {"question": "b", "in": ("high", "low")},
        "fix": "f",
        "because": "x",
        "sources": ("s",),
    }
    model = small_model(rules=(rule,))
    assert [found.id for found in assess(model, AnswerSheet({"b": "high"})).conditions] == ["r"]
    assert assess(model, AnswerSheet({"b": "low"})).conditions == ()


def test_a_blocked_tie_is_no_blocked_leader() -> None:
    """OKRs are the blocked leader only when they would be recommended alone."""
    rule = {
        "id": "r",
        "kind": "blocker",
        "approach": "okr",
        "when": {"question": "a", "in": ("so",)},
        "because": "x",
        "sources": ("s",),
    }
    result = assess(small_model(rules=(rule,)), AnswerSheet({"a": "so"}))
    assert (result.approach, result.blocked_leader) == ("flow", None)


def test_questions_that_dropped_out_are_not_counted_on_an_axis(model: Model) -> None:
    profile = assess(model, AnswerSheet({"outcome_clarity": "unknown", "measurability": "baseline"})).profile
    assert (profile.outcome.value, profile.outcome.answered, profile.outcome.of) == (0, 1, 1)


def test_a_sheet_for_another_model_is_refused() -> None:
    with pytest.raises(SheetError) as caught:
        assess(small_model(), AnswerSheet({}, model="2027.1"))
    assert (caught.value.problem, caught.value.allowed) == ("other_model", "2026.1+small")
