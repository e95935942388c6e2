"""The goal map: where items are placed, what it advises, and what is different a quarter later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import PortfolioError, SheetError
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import KPIS, NOT_PLACED, UNDECIDED, goal_map
from okr_assistant.portfolio.items import Portfolio, WorkItem, check_portfolio
from okr_assistant.portfolio.quarters import difference
from tests.conftest import random_sheets

PAYROLL = WorkItem("1", "Payroll", {"work_kind": "sustain"}, team="Finance")
ORDERED = WorkItem("2", "Export a customer ordered", {"work_kind": "deliver"}, team="Web", today="okr")


@pytest.fixture
def wanted(model: Model) -> WorkItem:
    """A change that OKRs are for; its answers are looked for, so that the model may be tuned."""
    for answers in random_sheets(model, 5000, seed=3):
        if assess(model, AnswerSheet(answers)).approach == "okr" and answers.get("work_kind") == "change":
            return WorkItem("3", "More first orders", answers, team="Web", result_for="Growth")
    raise AssertionError("no sheet leads to OKRs")


def test_every_item_is_in_the_place_of_its_approach(model: Model) -> None:
    items = [
        WorkItem(str(number), f"Item {number}", answers)
        for number, answers in enumerate(random_sheets(model, 300, seed=5))
    ]
    for placed in goal_map(model, items).items:
        result = assess(model, AnswerSheet(placed.item.answers))
        several = placed.item.answers.get("work_kind") == "mixed"
        expected = UNDECIDED if several else result.approach or UNDECIDED
        assert placed.place == (expected if placed.item.answers else NOT_PLACED), placed


def test_a_map_of_changed_items_is_the_same_with_and_without_the_one_before(model: Model) -> None:
    items = [WorkItem(str(n), "Item", answers) for n, answers in enumerate(random_sheets(model, 50, seed=6))]
    before = goal_map(model, items)
    items[3] = replace(items[3], answers=PAYROLL.answers)
    items = [ORDERED, *items[2:], items[3]]
    now = goal_map(model, items, before)
    assert now == goal_map(model, items)
    assert now.items[1] is before.items[2]


def test_an_item_without_answers_is_not_placed_and_one_with_a_tie_is_undecided(model: Model) -> None:
    nothing = WorkItem("a", "Nothing known")
    sheets = random_sheets(model, 500, seed=4)
    tie = next(answers for answers in sheets if answers and assess(model, AnswerSheet(answers)).tied)
    map_ = goal_map(model, [nothing, WorkItem("b", "A tie", tie)])
    assert [placed.place for placed in map_.items] == [NOT_PLACED, UNDECIDED]


def test_a_health_metric_of_the_company_is_a_kpi(model: Model) -> None:
    team, company = goal_map(model, [PAYROLL, replace(PAYROLL, id="9", level="company")]).items
    assert (team.place, company.place) == ("health_metrics", KPIS)


def test_a_health_metric_out_of_range_is_an_okr_until_it_holds_again(model: Model) -> None:
    broken = goal_map(model, [replace(PAYROLL, out_of_range=True, level="company")])
    assert [(placed.place, placed.until_it_holds) for placed in broken.items] == [("okr", True)]
    assert advice(broken).converted == broken.items
    watched = goal_map(model, [replace(PAYROLL, out_of_range=True, today="health_metrics")])
    assert advice(watched).begin == (), "it goes back once it holds"
    holds = goal_map(model, [PAYROLL])
    assert [(placed.place, placed.until_it_holds) for placed in holds.items] == [("health_metrics", False)]


def test_only_health_metrics_go_out_of_range(model: Model) -> None:
    (placed,) = goal_map(model, [replace(ORDERED, out_of_range=True)]).items
    assert (placed.place, placed.until_it_holds) == ("milestones", False)


def test_counts_add_up_in_all_and_for_each_team(model: Model) -> None:
    map_ = goal_map(model, [PAYROLL, ORDERED, WorkItem("4", "Unknown")])
    assert sum(map_.counts.values()) == 3
    assert list(map_.by_team) == ["Finance", "Web", ""]
    for place, count in map_.counts.items():
        assert sum(team[place] for team in map_.by_team.values()) == count == len(map_.at(place))


def test_it_advises_to_stop_okrs_where_they_do_not_belong(model: Model) -> None:
    said = advice(goal_map(model, [PAYROLL, ORDERED]))
    assert [placed.item.id for placed in said.stop] == ["2"]
    assert said.begin == ()


def test_it_advises_nothing_of_what_has_no_place(model: Model) -> None:
    said = advice(goal_map(model, [WorkItem("1", "Unknown", today="okr")]))
    assert (said.stop, said.begin) == ((), ())


def test_it_advises_to_begin_okrs_only_where_something_else_is_known_to_be_there(
    model: Model, wanted: WorkItem
) -> None:
    items = [wanted, replace(wanted, id="4", today="milestones"), replace(wanted, id="5", today="okr")]
    assert [placed.item.id for placed in advice(goal_map(model, items)).begin] == ["4"]


def test_items_for_the_same_result_are_one_objective_whatever_their_capitals(
    model: Model, wanted: WorkItem
) -> None:
    items = [
        wanted,
        replace(wanted, id="4", result_for="growth"),
        replace(wanted, id="5", result_for="Another one"),
        replace(wanted, id="6", result_for=""),
        replace(wanted, id="7", result_for=""),
        replace(ORDERED, result_for="Growth"),
    ]
    (together,) = advice(goal_map(model, items)).together
    assert (together.result_for, [placed.item.id for placed in together.items]) == ("Growth", ["3", "4"])


def test_where_little_is_answered_it_advises_to_ask_and_nothing_else(model: Model) -> None:
    """One answer of fifteen leads somewhere, and in nineteen of twenty ways of answering the rest elsewhere."""
    thin = WorkItem("1", "Thin", {"leadership_support": "allow"}, today="okr")
    (placed,) = goal_map(model, [thin]).items
    assert placed.has_place
    assert not placed.likely
    said = advice(goal_map(model, [thin]))
    assert (said.stop, said.ask) == ((), (placed,))


def test_several_kinds_of_work_have_no_single_place(model: Model) -> None:
    mixed = goal_map(model, [WorkItem("1", "Everything", {"work_kind": "mixed"}, today="milestones")])
    assert mixed.counts[UNDECIDED] == 1
    said = advice(mixed)
    assert (said.begin, said.ask, len(said.split)) == ((), (), 1)


def test_several_kinds_of_work_are_to_be_split(model: Model) -> None:
    mixed = WorkItem("1", "Everything", {"work_kind": "mixed"})
    assert [placed.item.id for placed in advice(goal_map(model, [mixed, PAYROLL])).split] == ["1"]


def test_what_moved_is_new_is_gone_and_stayed(model: Model) -> None:
    before = goal_map(model, [PAYROLL, ORDERED, WorkItem("7", "Gone")])
    changed = replace(ORDERED, answers={"work_kind": "learn"}, title="Renamed")
    now = goal_map(model, [WorkItem("8", "New"), changed, PAYROLL])
    found = difference(before, now)
    assert [(moved.before.place, moved.now.place, moved.answers) for moved in found.moved] == [
        ("milestones", "discovery", ("work_kind",))
    ]
    assert [placed.item.id for placed in found.new] == ["8"]
    assert [placed.item.id for placed in found.gone] == ["7"]
    assert (found.stayed, found.other_model) == (1, False)


def test_a_metric_that_left_its_range_moved_without_another_answer(model: Model) -> None:
    (moved,) = difference(goal_map(model, [PAYROLL]), goal_map(model, [replace(PAYROLL, out_of_range=True)])).moved
    assert (moved.answers, moved.now.until_it_holds) == ((), True)


def test_a_map_against_itself_differs_in_nothing(model: Model) -> None:
    map_ = goal_map(model, [PAYROLL, ORDERED])
    found = difference(map_, map_)
    assert (found.moved, found.new, found.gone, found.stayed) == ((), (), (), 2)


@pytest.mark.parametrize(
    ("item", "problem", "place"),
    [
        (WorkItem("", "A"), "missing_key", "portfolio: item 1: id"),
        (WorkItem("1", ""), "untitled", "portfolio: item 1: title"),
        (WorkItem("1", " A"), "not_clean", "portfolio: item 1: title"),
        (WorkItem("1", "A", level="division"), "unknown_option", "portfolio: item 1: level"),  # type: ignore[arg-type]
        (WorkItem("1", "A", today="kpi"), "unknown_option", "portfolio: item 1: today"),
        (WorkItem("1", "A", {"colour": "red"}), "unknown_question", "portfolio: item 1"),
        (WorkItem("1", "A", {"work_kind": "red"}), "unknown_option", "portfolio: item 1.work_kind"),
    ],
)
def test_an_item_that_does_not_fit_is_refused_with_its_place(
    model: Model, item: WorkItem, problem: str, place: str
) -> None:
    with pytest.raises((PortfolioError, SheetError)) as refused:
        check_portfolio(model, Portfolio("", model.version, (item,)))
    assert (refused.value.problem, refused.value.place) == (problem, place)


def test_an_id_is_allowed_once(model: Model) -> None:
    with pytest.raises(PortfolioError) as refused:
        check_portfolio(model, Portfolio("", model.version, (PAYROLL, replace(ORDERED, id="1"))))
    assert (refused.value.problem, refused.value.place) == ("repeated_id", "portfolio: item 2: id")
