"""The published cases most like a sheet."""

from __future__ import annotations

from okr_assistant.decision.assess import read_answers
from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.similar import similar
from tests.decision.some_cases import case, read
from tests.decision.test_assess import small_model


def test_the_closest_case_has_the_most_answers_that_decide_in_common(model: Model) -> None:
    cases = read(
        case(id="kind", answers={"work_kind": "deliver", "review_rhythm": "weekly"}),
        case(id="rhythm", answers={"work_kind": "change", "review_rhythm": "monthly"}),
        case(id="both", answers={"work_kind": "deliver", "review_rhythm": "monthly", "autonomy": "fixed"}),
        case(id="one", answers={"work_kind": "deliver"}),
        model=model,
    )
    found = similar(model, cases, {"work_kind": "deliver", "review_rhythm": "monthly"})
    assert [(one.case.id, one.same, one.differs) for one in found] == [
        ("both", ("work_kind", "review_rhythm"), ()),
        ("kind", ("work_kind",), ("review_rhythm",)),
    ]


def weighed() -> Model:
    """Four questions that can decide 5 (``a``), 2 (``b``, ``d``) and 4 (``c``) points between ``x`` and ``y``."""
    points: dict[str, dict[str, dict[str, int]]] = {
        "a": {"x": {"okr": 3, "flow": 3}, "y": {"okr": -2}},
        "b": {"x": {"flow": 2}, "y": {}},
        "c": {"x": {"flow": 4, "bets": 1}, "y": {"bets": 1}},
        "d": {"x": {}, "y": {"okr": -2}},
    }
    plain = small_model()
    base = plain.questions[0].model_dump(by_alias=True)
    return small_model(
        questions=tuple(
            base
            | {
                "id": id_,
                "options": tuple(
                    {
                        "id": option,
                        "label": option,
                        "points": tuple(
                            {"approach": approach, "points": number, "because": "b", "sources": ("s",)}
                            for approach, number in given.items()
                        ),
                    }
                    for option, given in options.items()
                ),
            }
            for id_, options in points.items()
        )
    )


def test_a_question_weighs_as_much_as_it_can_decide() -> None:
    model = weighed()
    sheets = {
        "five less two": {"a": "x", "b": "y"},
        "five and four": {"a": "x", "c": "x"},
        "five and two": {"a": "x", "b": "x"},
        "two and four": {"b": "x", "c": "x"},
        "five less four": {"a": "x", "c": "y"},
    }
    cases = read(
        *(case(id=name.replace(" ", "_"), answers=answers) for name, answers in sheets.items()), model=model
    )
    found = similar(model, cases, {"a": "x", "b": "x", "c": "x"}, count=9)
    assert [one.case.id.replace("_", " ") for one in found] == [
        "five and four", "five and two", "two and four", "five less two", "five less four",
    ]  # fmt: skip


def test_what_differs_by_as_much_as_it_agrees_or_more_is_left_out() -> None:
    model = weighed()
    sheets = ({"b": "x", "d": "y"}, {"a": "y", "b": "x"}, {"a": "y", "c": "x"}, {"b": "x", "c": "y"})
    cases = read(*(case(id=str(n), answers=answers) for n, answers in enumerate(sheets)), model=model)
    assert similar(model, cases, dict.fromkeys("abcd", "x")) == ()


def test_equally_close_cases_come_in_their_order_and_no_more_than_asked_for(model: Model) -> None:
    answers = {"work_kind": "deliver", "autonomy": "fixed"}
    cases = read(*(case(id=id_, answers=answers) for id_ in "dcba"), model=model)
    assert [one.case.id for one in similar(model, cases, answers)] == ["d", "c", "b"]
    assert [one.case.id for one in similar(model, cases, answers, count=1)] == ["d"]


def test_not_knowing_and_hidden_answers_are_nothing_in_common(model: Model) -> None:
    unsure = {"work_kind": "unsure", "autonomy": "fixed"}
    hidden = {"outcome_clarity": "unknown", "known_lever": "unknown"}
    cases = read(case(id="unsure", answers=unsure), case(id="hidden", answers=hidden), model=model)
    assert similar(model, cases, unsure) == ()
    assert similar(model, cases, hidden) == ()


def test_every_shipped_case_is_most_like_one_with_the_same_answers(
    model: Model, shipped: tuple[Case, ...]
) -> None:
    for one in shipped:
        found = similar(model, shipped, one.answers, count=len(shipped))
        told = [answer for answer in read_answers(model, one.answers).counted.values() if answer != UNSURE]
        assert bool(found) == (len(told) >= 2), one.id
        if found:
            assert not found[0].differs, one.id
            assert one.id in [entry.case.id for entry in found]
