"""The sweep counts what brute force counts, and what it says can be reached can be reached."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations, product
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from okr_assistant.decision import space as space_module
from okr_assistant.decision import walk as walk_module
from okr_assistant.decision.assess import assess, read_answers
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.space import Space
from okr_assistant.decision.structure import (
    FILE_ORDERS,
    ORDERS,
    Rise,
    dead_questions,
    interchangeable_questions,
    orders,
    rises,
)
from okr_assistant.decision.sweep import Sweep, sweep
from okr_assistant.decision.tables import tables_of
from okr_assistant.views.sweep import sweep_lines
from okr_assistant.words import Words
from tests.conftest import complete_sheets
from tests.decision.random_models import distinct_complete_sheets, random_model
from tests.decision.test_assess import small_model

REPORT = Path(__file__).parents[2] / "docs" / "sweep-2026.1.md"


@pytest.fixture(scope="module")
def swept(models: Any) -> Sweep:
    return sweep(models.get("2026.1"))


def shows(model: Model, kind: str, id_: str, result: Recommendation) -> bool:
    """Whether an approach, a verdict or a rule shows in a result."""
    if kind != "rule":
        return id_ == getattr(result, kind)
    rule = next(rule for rule in model.rules if rule.id == id_)
    if rule.kind == "variant":
        named = [r for r in model.variants if r.approach == result.approach and r.when.truth(result.answers)]
        return bool(named) and named[0].id == id_
    found = [*result.conditions, *result.contested, *result.contradictions]
    return id_ in [entry.id for entry in (*found, *(b for e in result.ranking for b in e.blocked_by))]


# small models, against brute force


@pytest.mark.parametrize("row", [1 << 15, 4, 1])
@pytest.mark.parametrize("seed", range(25))
def test_shares_are_those_of_brute_force(seed: int, row: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_module, "_ROW", row)
    if seed % 2:
        monkeypatch.setattr(space_module, "_FACTOR", 1)  # blockers across the halves: counted the slower way
    model = random_model(seed)
    results = [assess(model, AnswerSheet(answers)) for answers in distinct_complete_sheets(model)]
    found, count = sweep(model), len(results)
    assert (found.sheets, found.counted, found.exact) == (count, count, True)
    outcomes = Counter(result.outcome for result in results)
    assert found.approaches == {id_: outcomes[(id_,)] / count for id_ in model.approaches_by_id}
    assert dict(found.ties) == {names: times / count for names, times in outcomes.items() if len(names) > 1}
    verdicts = Counter(result.verdict for result in results)
    assert found.verdicts == {verdict: verdicts[verdict] / count for verdict in found.verdicts}
    for kind, reached in found.reached.items():
        for id_, answers in reached.items():
            assert (answers is not None) == any(shows(model, kind, id_, result) for result in results), id_
            assert answers is None or shows(model, kind, id_, assess(model, AnswerSheet(answers)))


@pytest.mark.parametrize("seed", range(25))
def test_dead_and_interchangeable_questions_are_those_of_brute_force(seed: int) -> None:
    model = random_model(seed, questions=3, approaches=2, most=1)
    ids = list(model.questions_by_id)
    ways = product(*([option.id for option in question.options] for question in model.questions))
    sheets = [dict(zip(ids, answers, strict=True)) for answers in ways]
    outcome = {tuple(sheet.items()): assess(model, AnswerSheet(sheet)).outcome for sheet in sheets}

    def matters(id_: str) -> bool:
        others = {tuple((q, a) for q, a in key if q != id_) for key in outcome}
        return any(len({mask for key, mask in outcome.items() if set(rest) <= set(key)}) > 1 for rest in others)

    assert dead_questions(model) == tuple(id_ for id_ in ids if not matters(id_))

    def swappable(one: str, two: str) -> bool:
        options = [[option.id for option in model.questions_by_id[id_].options] for id_ in (one, two)]
        if len(options[0]) != len(options[1]):
            return False
        for order in permutations(options[1]):
            there, back = dict(zip(options[0], order, strict=True)), dict(zip(order, options[0], strict=True))
            compared = same = 0
            for sheet in sheets:
                swapped = {**sheet, two: there[sheet[one]], one: back[sheet[two]]}
                if all({one, two} <= set(read_answers(model, answers).asked) for answers in (sheet, swapped)):
                    compared += 1
                    same += outcome[tuple(sheet.items())] == outcome[tuple(swapped.items())]
            if compared and same == compared:
                return True
        return False

    assert interchangeable_questions(model) == tuple(pair for pair in combinations(ids, 2) if swappable(*pair))


@pytest.mark.parametrize("seed", range(10))
def test_the_space_holds_each_distinct_complete_sheet_once(seed: int) -> None:
    model = random_model(seed)
    tables = tables_of(model)
    space = Space(model)
    sheets = [tuple(tables.decode(row).items()) for rows in space.chunks(5) for row in rows]
    assert len(sheets) == space.total
    assert set(sheets) == {tuple(sheet.items()) for sheet in distinct_complete_sheets(model)}


def test_a_question_without_points_is_dead_and_twins_are_interchangeable() -> None:
    model = small_model()
    a, b = model.questions
    bare = tuple(option.model_copy(update={"points": ()}) for option in a.options)
    dead = a.model_copy(update={"id": "c", "options": bare})
    twins = tuple(a.model_copy(update={"id": id_}) for id_ in ("d", "e"))
    wider = model.model_copy(update={"questions": (a, b, dead, *twins)})
    assert dead_questions(wider) == ("c",)
    assert interchangeable_questions(wider) == (("d", "e"),), "`a` has the same points, but it hides `b`"


def test_a_step_that_raises_the_points_for_okr_is_named(model: Model) -> None:
    """``autonomy`` is declared from ``team`` down to ``fixed``; here its options are listed backwards."""
    autonomy = model.questions_by_id["autonomy"]
    turned = autonomy.model_copy(update={"options": autonomy.options[::-1]})
    questions = tuple(turned if question.id == "autonomy" else question for question in model.questions)
    assert rises(model.model_copy(update={"questions": questions})) == (
        Rise("autonomy", "fixed", "negotiated"),
        Rise("autonomy", "negotiated", "team"),
    )


def test_orders_are_checked_only_of_questions_that_the_model_has(model: Model, words: Words) -> None:
    """The report once said of any model that its orders are monotone, though it has none of these questions."""
    found = sweep(random_model(1))
    assert found.orders == ()
    lines = list(sweep_lines(found, random_model(1), words))
    assert lines[-1].startswith("- No order was checked")
    assert not any("monotone" in line for line in lines)
    one = model.questions_by_id["autonomy"]
    assert orders(model.model_copy(update={"questions": (one,)})) == {
        "autonomy": (("team",), ("negotiated",), ("fixed",))
    }


def test_an_order_is_not_checked_where_the_options_are_others(model: Model) -> None:
    """Options that a question does not have would count as ``unsure``."""
    clarity = model.questions_by_id["outcome_clarity"]
    fewer = clarity.model_copy(update={"options": clarity.options[1:]})
    questions = tuple(fewer if question is clarity else question for question in model.questions)
    foreign = model.model_copy(update={"questions": questions})
    assert set(orders(model)) - set(orders(foreign)) == {"outcome_clarity"}
    assert rises(foreign) == ()


# the real model


def test_every_sheet_is_counted_and_shares_add_up(swept: Sweep) -> None:
    assert swept.exact
    assert swept.sheets == 493_682_688
    assert sum(swept.approaches.values()) + swept.tie == pytest.approx(1)
    assert sum(swept.verdicts.values()) == pytest.approx(1)
    assert sum(share for _, share in swept.ties) == pytest.approx(swept.tie)


def test_shares_agree_with_sheets_assessed_one_by_one(model: Model, swept: Sweep) -> None:
    """Shares are exact on small models, above; here they are those of this model."""
    count = 5_000
    results = [assess(model, AnswerSheet(answers)) for answers in complete_sheets(model, count, seed=5)]
    approaches = Counter(result.approach or "tie" for result in results)
    verdicts = Counter(str(result.verdict) for result in results)
    for found, shares in ((approaches, swept.approaches | {"tie": swept.tie}), (verdicts, swept.verdicts)):
        for id_, share in shares.items():
            assert abs(found[id_] / count - share) < 5 * sqrt(share * (1 - share) / count), id_


def test_a_sample_comes_close_and_says_that_it_is_one(model: Model, swept: Sweep) -> None:
    calls = []
    found = sweep(model, sample=100_000, progress=lambda done, of: calls.append((done, of)))
    assert (found.counted, found.exact) == (100_000, False)
    assert calls[-1] == (100_000, 100_000)
    for id_, share in swept.approaches.items():
        assert found.approaches[id_] == pytest.approx(share, abs=0.01)
    assert found == sweep(model, sample=100_000), "the same sheets every time"


def test_every_approach_verdict_and_rule_is_reached_by_the_sheet_that_is_given(model: Model, swept: Sweep) -> None:
    for kind, reached in swept.reached.items():
        for id_, answers in reached.items():
            assert answers is not None
            assert shows(model, kind, id_, assess(model, AnswerSheet(answers))), (kind, id_)
    assert set(swept.reached["rule"]) == {rule.id for rule in model.rules}


def test_no_question_is_dead_no_two_interchangeable_and_orders_are_monotone(swept: Sweep) -> None:
    assert (swept.dead, swept.interchangeable, swept.rises) == ((), (), ())
    assert set(swept.orders) == {*ORDERS, *FILE_ORDERS}


def test_advice_is_diverse_over_the_whole_space(swept: Sweep) -> None:
    assert all(0.01 <= share <= 0.5 for share in swept.approaches.values())
    # plain ``okr`` is rarer than the one per cent once aimed at: docs/decisions/plain-okrs-are-rare.md
    assert swept.approaches["okr"] >= 0.05
    assert swept.verdicts["okr"] >= 0.0008


def test_the_report_in_the_docs_is_that_of_the_model(model: Model, swept: Sweep, words: Words) -> None:
    """Written by `okr-assistant sweep > docs/sweep-2026.1.md`."""
    assert REPORT.read_text("utf-8").splitlines() == list(sweep_lines(swept, model, words))


def test_a_report_says_what_is_wrong(model: Model, words: Words) -> None:
    found = sweep(model, sample=1000)
    lines = "\n".join(sweep_lines(found, model, words))
    assert "1,000 of 493,682,688" in lines
    bad = Sweep(
        **{name: getattr(found, name) for name in Sweep.__slots__}
        | {
            "ties": (),
            "dead": ("autonomy",),
            "interchangeable": (("commitment", "autonomy"),),
            "rises": (Rise("autonomy", "fixed", "team"),),
            "reached": {"rule": {"migrations": None}},
        }
    )
    lines = "\n".join(sweep_lines(bad, model, words))
    for part in (
        "`autonomy`.",
        "`commitment` with `autonomy`",
        "from `fixed` to `team`",
        "| `migrations` | **none** |",
    ):
        assert part in lines
