"""How far a model agrees with published cases: counted honestly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okr_assistant.decision.agreement import Agreement, Figure, evaluate
from okr_assistant.decision.assess import assess
from okr_assistant.decision.cases import Case
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.agreement import agreement_lines
from okr_assistant.words import Words
from tests.decision.some_cases import case, read
from tests.decision.test_assess import small_model


def agreement(*cases: dict[str, Any]) -> Agreement:
    model = small_model()
    return evaluate(model, read(*(case(id=str(n)) | one for n, one in enumerate(cases)), model=model))


YES, NO, SO = {"a": "yes"}, {"a": "no"}, {"a": "so"}


def test_okr_with_and_without_conditions_are_one_side_and_a_tie_with_okr_is_a_miss() -> None:
    found = agreement(
        {"answers": YES, "verdict": "okr"},
        {"answers": YES, "verdict": "okr_with_conditions"},
        {"answers": YES, "verdict": "not_okr"},
        {"answers": NO, "verdict": "not_okr"},
        {"answers": NO, "verdict": "okr"},
        {"answers": SO, "verdict": "okr"},
        {"answers": SO, "verdict": "not_okr"},
        {"answers": {}, "verdict": "okr"},
    )
    assert found.overall == found.uncontested == Figure(3, 8)
    assert [one.case.id for one in found.disagreements] == ["2", "4", "5", "6", "7"]
    assert found.plain_okr == Figure(1, 4)
    assert found.clear_share == Figure(5, 8), "nominal questions cannot slip; three are ties"
    assert found.clear == Figure(3, 5)


def test_contested_cases_count_only_where_it_says_so() -> None:
    found = agreement(
        {"answers": YES, "verdict": "not_okr", "contested": True}, {"answers": YES, "verdict": "okr"}
    )
    assert (found.overall, found.uncontested) == (Figure(1, 2), Figure(1, 1))
    assert (found.contested_flagged, found.others_flagged) == (Figure(0, 1), Figure(0, 1))


@pytest.mark.parametrize(
    ("answers", "verdict", "instead", "expected"),
    [
        (NO, "not_okr", "flow", Figure(1, 1)),
        (NO, "not_okr", "bets", Figure(0, 1)),
        (YES, "not_okr", "flow", Figure(0, 1)),
        (SO, "not_okr", "flow", Figure(0, 1)),
        (NO, "not_okr", "other", Figure(0, 0)),
        (NO, "not_okr", "none", Figure(0, 0)),
        (NO, "okr_with_conditions", "flow", Figure(0, 0)),
    ],
)
def test_the_approach_counts_where_the_author_says_no_and_names_one(
    answers: dict[str, str], verdict: str, instead: str, expected: Figure
) -> None:
    assert agreement({"answers": answers, "verdict": verdict, "instead": instead}).approach == expected


def test_a_tie_is_a_miss_also_without_okrs_in_it() -> None:
    """``b`` turns the lead of ``yes`` around: flow and bets have one point each, OKRs fewer."""
    plain = small_model()
    low = plain.questions[1].options[1]
    one_for_bets = tuple(
        given.model_copy(update={"points": 1}) if given.approach == "bets" else given for given in low.points
    )
    b = plain.questions[1].model_copy(
        update={"options": (plain.questions[1].options[0], low.model_copy(update={"points": one_for_bets}))}
    )
    model = plain.model_copy(update={"questions": (plain.questions[0], b)})
    tie = {"a": "yes", "b": "low"}
    assert assess(model, AnswerSheet(tie)).tied == ("flow", "bets")
    found = evaluate(
        model,
        read(
            case(id="1", answers=tie, verdict="not_okr", instead="flow"),
            case(id="2", answers=tie, verdict="not_okr", instead="bets"),
            case(id="3", answers=tie, verdict="okr"),
            model=model,
        ),
    )
    assert found.approach == Figure(0, 2), "no one of them is recommended"
    assert found.overall == Figure(0, 3), "though all of them say that it is not OKRs"
    assert [one.case.id for one in found.disagreements] == ["1", "2", "3"]
    assert found.clear_share == Figure(0, 3)


def test_a_disagreement_is_told_in_one_line_with_both_sides(words: Words) -> None:
    lines = list(
        agreement_lines(
            agreement(
                {"answers": NO, "verdict": "okr"},
                {"answers": SO, "verdict": "not_okr", "contested": True},
            ),
            words,
        )
    )
    assert lines[-2:] == [
        "- `0`: the author says okr; the model says not_okr (flow), margin clear.",
        "- `1` (contested): the author says not_okr; the model says undecided (okr and flow), margin tie.",
    ]


def test_guessing_from_the_kind_of_work_alone(model: Model) -> None:
    sheets = [("change", "okr"), ("change", "not_okr"), ("deliver", "okr"), ("deliver", "okr"), (None, "not_okr")]
    cases = read(
        *(
            case(id=str(n), answers={"work_kind": kind} if kind else {}, verdict=verdict)
            for n, (kind, verdict) in enumerate(sheets)
        ),
        model=model,
    )
    found = evaluate(model, cases)
    assert found.guess == Figure(2, 5), "change is for OKRs, everything else is not"
    assert found.best_guess == Figure(4, 5), "deliver would be for OKRs, had one known"


def test_json_has_every_figure_and_every_disagreement(model: Model, shipped: tuple[Case, ...]) -> None:
    found = evaluate(model, shipped)
    plain = json.loads(json.dumps(found.to_json()))
    assert plain["uncontested"] == {
        "count": found.uncontested.count,
        "of": 72,
        "share": found.uncontested.share,
    }
    by_id = {one.id: one for one in shipped}
    for entry in plain["disagreements"]:
        result = assess(model, AnswerSheet(by_id[entry["id"]].answers))
        assert entry["model"] == {
            "verdict": result.verdict,
            "approach": result.approach,
            "tied": list(result.tied),
        }
