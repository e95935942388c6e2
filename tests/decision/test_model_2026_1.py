"""The model itself: complete, cited, monotone, reachable, and different for different answers."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import UNSURE, Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from tests.conftest import complete_sheets, random_sheets

QUESTIONNAIRE = Path(__file__).parents[1] / "data" / "questionnaire.json"

ORDERS = {
    "outcome_clarity": ["number", "words", "debated", ("only_output", "unknown")],
    "measurability": ["baseline", "instrument", ("too_late", "too_far", "judgement")],
}
IN_FILE_ORDER = (
    "vision_stability", "strategy_clarity", "autonomy", "stakeholder_involvement", "leadership_support",
    "review_rhythm", "reactive_load", "use_of_goals",
)  # fmt: skip


@pytest.fixture(scope="module")
def model(models: Models) -> Model:
    return models.get("2026.1")


def test_ids_scales_and_changeable_options_are_the_fixed_ones(model: Model) -> None:
    """Links, exports and published cases use them; they never change."""
    found = {
        question.id: {
            "section": question.section,
            "scale": question.scale,
            "options": {option.id: option.changeable for option in question.options},
        }
        for question in model.questions
    }
    assert found == json.loads(QUESTIONNAIRE.read_text("utf-8"))


def test_it_has_all_approaches_in_the_fixed_order(model: Model) -> None:
    assert list(model.approaches_by_id) == [
        "okr", "health_metrics", "milestones", "discovery", "flow", "one_goal", "bets",
    ]  # fmt: skip
    assert set(model.texts) == set(model.approaches_by_id)


def test_the_two_founding_articles_come_first(model: Model) -> None:
    assert [source.id for source in model.sources[:2]] == ["svorstol-2022", "capar-2022"]


def test_every_source_is_used(model: Model) -> None:
    used = {id_ for question in model.questions for id_ in question.sources}
    used |= {id_ for rule in model.rules for id_ in rule.sources}
    used |= {id_ for rule in model.contested for side in (rule.for_, rule.against) for id_ in side.sources}
    used |= {
        id_
        for question in model.questions
        for answer in question.choices
        for given in question.points_of(answer)
        for id_ in given.sources
    }
    assert used == set(model.sources_by_id)


def test_no_reason_is_given_twice(model: Model) -> None:
    """A sentence that fits two numbers explains neither."""
    reasons = Counter(
        given.because
        for question in model.questions
        for answer in question.choices
        for given in question.points_of(answer)
    )
    assert [reason for reason, times in reasons.items() if times > 1] == []


def test_only_two_questions_can_drop_out(model: Model) -> None:
    assert [q.id for q in model.questions if q.ask_if is not None] == ["measurability", "known_lever"]


@pytest.mark.parametrize("question_id", [*ORDERS, *IN_FILE_ORDER])
def test_declared_orders_never_raise_the_points_for_okr(model: Model, question_id: str) -> None:
    question = model.questions_by_id[question_id]
    steps = ORDERS.get(question_id) or [option.id for option in question.options]

    def okr(option: str) -> int:
        return sum(given.points for given in question.points_of(option) if given.approach == "okr")

    groups = [step if isinstance(step, tuple) else (step,) for step in steps]
    for better, worse in pairwise(groups):
        assert min(map(okr, better)) >= max(map(okr, worse)), (better, worse)


@pytest.mark.robustness(42)
def test_every_approach_verdict_variant_and_rule_is_reachable(model: Model) -> None:
    """With a witness for each in the output (pytest -s)."""
    witnesses: dict[str, dict[str, str]] = {}
    for answers in [*complete_sheets(model, 15000), *random_sheets(model, 5000)]:
        result = assess(model, AnswerSheet(answers))
        blocked = [block.id for entry in result.ranking for block in entry.blocked_by]
        rules = [found.id for found in (*result.conditions, *result.contested, *result.contradictions)]
        reached = [f"verdict {result.verdict}", f"approach {result.approach}", f"variant {result.variant}"]
        reached += [f"rule {id_}" for id_ in (*blocked, *rules)]
        reached += ["blocked leader"] if result.blocked_leader else []
        for name in reached:
            witnesses.setdefault(name, answers)
    for name, answers in sorted(witnesses.items()):
        print(f"{name}: {json.dumps(answers)}")
    expected = {f"approach {id_}" for id_ in model.approaches_by_id}
    expected |= {f"verdict {v}" for v in ("okr", "okr_with_conditions", "not_okr", "undecided")}
    expected |= {f"variant {rule.name}" for rule in model.variants} | {"blocked leader"}
    expected |= {f"rule {rule.id}" for rule in model.rules if rule.kind != "variant"}
    assert expected - set(witnesses) == set()


GOOD = {
    "stakeholder_involvement": ("together", "consulted"), "vision_stability": ("steady", "adjusted"),
    "strategy_clarity": ("guides", "understood"), "reactive_load": ("little", "some"),
    "use_of_goals": ("steer",), "leadership_support": ("lead", "allow"), "review_rhythm": ("weekly", "monthly"),
}  # fmt: skip
"""How a well-run organisation answers. That alone is no reason for OKRs."""


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [("deliver", "milestones"), ("sustain", "health_metrics"), ("improve", "flow"), ("learn", "discovery")],
)
def test_the_kind_of_work_decides_in_a_well_run_organisation_too(model: Model, kind: str, fitting: str) -> None:
    """Regression: good answers about the organisation once bought OKRs for payroll and for ordered features."""
    dice = random.Random(8)
    outcomes: Counter[str | None] = Counter()
    for answers in complete_sheets(model, 600, seed=8):
        organisation = {question: dice.choice(options) for question, options in GOOD.items()}
        sheet = {**answers, **organisation, "work_kind": kind, "product_stage": "established"}
        outcomes[assess(model, AnswerSheet(sheet)).approach] += 1
    assert outcomes.most_common(1)[0][0] == fitting
    assert outcomes["okr"] < 0.35 * 600


NEVER_PLAIN: list[dict[str, str]] = [
    {"outcome_clarity": "only_output"},
    {"outcome_clarity": "unknown"},
    {"measurability": "judgement"},
    {"measurability": "too_late"},
    {"measurability": "too_far"},
    {"known_lever": "unknown"},
    {"use_of_goals": "appraise"},
    {"review_rhythm": "at_end"},
    {"work_kind": "deliver", "commitment": "date"},
    {"autonomy": "fixed", "commitment": "date"},
    {"autonomy": "fixed"},
    {"commitment": "date"},
    {"known_lever": "entangled"},
    {"product_stage": "idea"},
    {"vision_stability": "churning"},
    {"work_kind": "improve"},
    {"people_to_align": "one_team", "stakeholder_involvement": "absent"},
]


def test_work_without_a_wanted_change_never_gets_okrs_at_all(model: Model) -> None:
    """Regression: a payroll and an ordered feature in an ideal organisation were told to write OKRs."""
    for kind in ("sustain", "deliver"):
        for answers in complete_sheets(model, 300, seed=14):
            result = assess(model, AnswerSheet({**answers, "work_kind": kind}))
            assert result.verdict == "not_okr"


def test_plain_okrs_are_common_where_they_belong(model: Model) -> None:
    """A wanted change, a number with a baseline, a well-run organisation: see docs/decisions/."""
    dice = random.Random(3)
    verdicts: Counter[str] = Counter()
    for answers in complete_sheets(model, 2000, seed=3):
        organisation = {question: dice.choice(options) for question, options in GOOD.items()}
        wanted = {"work_kind": "change", "outcome_clarity": "number", "measurability": "baseline"}
        sheet = {"known_lever": "proven", **answers, **organisation, **wanted, "product_stage": "growing"}
        verdicts[assess(model, AnswerSheet(sheet)).verdict] += 1
    assert verdicts["okr"] > 0.2 * 2000
    assert verdicts["okr"] + verdicts["okr_with_conditions"] > 0.8 * 2000


def test_a_team_that_drowns_in_incidents_is_not_told_to_watch_numbers(model: Model) -> None:
    """Regression: a support team whose day is made by incidents got health metrics."""
    dice = random.Random(9)
    outcomes: Counter[str | None] = Counter()
    for answers in complete_sheets(model, 400, seed=9):
        organisation = {question: dice.choice(options) for question, options in GOOD.items()}
        sheet = {**answers, **organisation, "work_kind": "sustain", "product_stage": "established"}
        outcomes[assess(model, AnswerSheet({**sheet, "reactive_load": "nearly_all"})).approach] += 1
    assert outcomes.most_common(1)[0][0] == "flow"


@pytest.mark.parametrize("answers", NEVER_PLAIN, ids=str)
def test_some_answers_never_go_with_unconditional_okrs(model: Model, answers: dict[str, str]) -> None:
    """Not even when everything else could not be better."""
    best = {
        "work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams",
        "stakeholder_involvement": "together", "vision_stability": "steady", "strategy_clarity": "guides",
        "outcome_clarity": "number", "measurability": "baseline", "known_lever": "proven", "autonomy": "team",
        "commitment": "direction", "reactive_load": "little", "use_of_goals": "steer",
        "leadership_support": "lead", "review_rhythm": "weekly",
    }  # fmt: skip
    assert assess(model, AnswerSheet(best)).verdict == "okr"
    assert assess(model, AnswerSheet({**best, **answers})).verdict != "okr"


def test_unsure_gives_points_only_where_the_model_says_so(model: Model) -> None:
    assert [q.id for q in model.questions if q.points_of(UNSURE)] == ["outcome_clarity"]
