"""The goal map in words: what is said of the whole, of each place, of each item, and what is advised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import GoalMap, goal_map
from okr_assistant.portfolio.items import WorkItem
from okr_assistant.views.portfolio import items as item_views
from okr_assistant.views.portfolio.goal_map import GoalMapView, goal_map_view
from okr_assistant.views.portfolio.items import firm, item_details, next_questions
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.decision.random_models import random_model
from tests.portfolio.samples import CHANGE, SUSTAIN, many, portfolio


@pytest.fixture(scope="module")
def map_(model: Model) -> GoalMap:
    return goal_map(model, portfolio(model))


@pytest.fixture(scope="module")
def view(map_: GoalMap, words: Words) -> GoalMapView:
    return goal_map_view(map_, advice(map_), words)


def view_of(model: Model, words: Words, *items: WorkItem) -> GoalMapView:
    map_ = goal_map(model, items)
    return goal_map_view(map_, advice(map_), words)


def test_the_headline_says_how_many_belong_in_okrs_and_how_many_should_not_be_there(view: GoalMapView) -> None:
    assert view.headline == "30 pieces of work, so far: 6 belong in OKRs. 8 have OKRs today that should not."
    assert view.standing == (
        "1 is undecided: several approaches are equally good, or it is several kinds of work. "
        "3 have no answers yet and so no place. "
        "3 of 26 places are firm; the others are what the answers say so far."
    )


def test_one_of_each_is_said_as_one(model: Model, words: Words) -> None:
    wanted = WorkItem("1", "A", CHANGE)
    assert view_of(model, words, wanted).headline == "1 piece of work, so far: 1 belongs in OKRs."
    payroll = WorkItem("2", "B", SUSTAIN, today="okr")
    assert view_of(model, words, payroll).headline == (
        "1 piece of work, so far: none belongs in OKRs. 1 has OKRs today that should not."
    )
    assert view_of(model, words).headline == "No pieces of work yet."


def test_places_stand_in_the_order_of_the_picture(view: GoalMapView) -> None:
    assert [(place.row, place.id) for place in view.places] == [
        ("company", "kpis"), ("both", "okr"), ("team", "milestones"), ("team", "health_metrics"),
        ("team", "discovery"), ("team", "flow"), ("team", "one_goal"), ("team", "bets"), ("none", "undecided"),
        ("none", "not_placed"),
    ]  # fmt: skip
    assert all(place.name and place.explains for place in view.places)


def test_shares_are_of_what_has_a_place_and_add_up(view: GoalMapView, map_: GoalMap) -> None:
    assert sum(place.share or 0 for place in view.places) == pytest.approx(100)
    for place in view.places:
        assert place.count == map_.counts[place.id] == len(place.items)
        assert (place.share is None) == (place.row == "none")
    assert view.place("okr").share_text == "23 %"


def test_a_small_share_is_not_called_none_and_a_large_one_not_all(model: Model, words: Words) -> None:
    payroll = [WorkItem(f"{number}", "P", SUSTAIN) for number in range(399)]
    shown = view_of(model, words, *payroll, WorkItem("x", "X", CHANGE))
    assert shown.place("okr").share_text == "under 1 %"
    assert shown.place("health_metrics").share_text == "99 %"
    assert shown.place("bets").share_text == "0 %"


def test_an_approach_that_the_picture_does_not_know_has_a_place_with_the_words_of_its_model(words: Words) -> None:
    model = random_model(3)
    shown = view_of(model, words, *(WorkItem(f"{n}", "A", a) for n, a in enumerate(random_sheets(model, 20))))
    others = [place for place in shown.places if place.id in model.approaches_by_id]
    assert {place.id for place in others} == set(model.approaches_by_id)
    for place in others:
        if f"goal_map.place.{place.id}.name" not in words.entries:
            assert place.name == model.approaches_by_id[place.id].name


def test_how_firm_an_item_is_is_never_rounded_up_to_all(model: Model, words: Words) -> None:
    (placed,) = goal_map(model, [WorkItem("1", "A", CHANGE)]).items
    assert placed.found
    for share, said in (
        (0.999, "99 of 100"),
        (0.66, "66 of 100"),
        (0.001, "fewer than 1 of 100"),
        (1, "every way"),
    ):
        assert firm(replace(placed, found=replace(placed.found, share=share)), words).startswith(said)
    complete = {question.id: question.options[0].id for question in model.questions}
    (settled,) = goal_map(model, [WorkItem("1", "A", complete)]).items
    assert firm(settled, words) == "settled by what is answered"
    assert firm(replace(settled, place="undecided"), words) == "every question is answered"
    tie = replace(placed, place="undecided", found=replace(placed.found, open=2))
    assert firm(tie, words) == "2 questions are open"


def test_details_are_the_strongest_reasons_and_the_next_question(model: Model, words: Words) -> None:
    for number, answers in enumerate(random_sheets(model, 60, seed=21)):
        item = WorkItem(f"{number}", "A", answers, today="okr")
        (placed,) = goal_map(model, [item]).items
        found = item_details(model, placed, words)
        ahead = foresee(model, AnswerSheet(answers))
        asked = model.questions_by_id[ahead.next_question].text if ahead.next_question else ""
        assert found.next_question == asked
        if not placed.has_place:
            continue
        result = assess(model, AnswerSheet(answers))
        given = result.ranked(result.outcome[0]).contributions
        best = sorted((each.points for each in given if each.points > 0), reverse=True)[:2]
        shown = [max(each.points for each in given if each.because == reason.text) for reason in found.reasons]
        assert shown == best
        assert bool(found.settled) == (ahead.settled and ahead.next_question is None)
        assert placed.place != "okr" or found.against is None


def test_what_speaks_against_okrs_is_said_where_they_are_to_stop(map_: GoalMap, words: Words) -> None:
    stop = advice(map_).stop
    assert stop
    for placed in stop:
        found = item_details(map_.model, placed, words)
        assert found.against, placed.item.title
        assert found.against.citations


def test_looking_ahead_for_all_items_stops_after_so_many_different_answers(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(item_views, "FORESEEN", 3)
    sheets = [answers for answers in random_sheets(model, 30, seed=8) if len(answers) in range(1, 6)][:5]
    items = [WorkItem(f"{number}", "A", answers) for number, answers in enumerate([*sheets, *sheets])]
    found = next_questions(goal_map(model, items))
    assert set(found) == {"0", "1", "2", "5", "6", "7"}
    for id_, question in found.items():
        assert question == foresee(model, AnswerSheet(items[int(id_)].answers)).next_question


def test_each_piece_of_advice_has_a_title_a_reason_sources_and_items(view: GoalMapView) -> None:
    assert [(advised.kind, advised.title, len(advised.items)) for advised in view.advice] == [
        ("stop", "Stop writing OKRs for these 8", 8),
        ("begin", "So far: begin with OKRs for this one", 1),
        ("converted", "This one is out of range: an OKR until it holds again", 1),
        ("split", "Split this one", 1),
        ("ask", "Ask more about this one first", 1),
        ("together", "These 2 are one objective: Orders people keep", 2),
    ]
    assert all(advised.why for advised in view.advice)
    assert [advised.kind for advised in view.advice if not advised.citations] == ["ask"]


def test_what_more_answers_can_change_is_not_said_as_certain(model: Model, words: Words) -> None:
    blocked = WorkItem("1", "Pay the wages", SUSTAIN, today="okr")
    open_ = WorkItem("2", "Which checkout", {"work_kind": "learn"}, today="okr")
    stop = view_of(model, words, blocked, open_).advice[0]
    assert stop.title == "So far: stop writing OKRs for these 2"
    assert stop.why.endswith("1 of 2 is certain; more answers can change the others.")
    assert [item.goes for item in stop.items] == [
        "Health metrics, so far; not OKRs in any case", "Discovery, so far",
    ]  # fmt: skip
    assert (
        view_of(model, words, open_).advice[0].why.endswith("None of this is certain: more answers can change it.")
    )


def test_none_belongs_in_okrs_is_not_said_while_one_may(model: Model, words: Words) -> None:
    assert view_of(model, words, WorkItem("1", "A", {"work_kind": "change"})).headline == (
        "1 piece of work, so far: 1 may belong in OKRs, but too little is answered."
    )


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_what_nothing_is_known_of_is_not_said_to_belong_elsewhere(
    answered: int, model: Model, words: Words
) -> None:
    """Eight rows were imported and nothing was answered: "none belongs in OKRs" was not true."""
    items = [WorkItem(f"{n}", f"{n}", SUSTAIN if n < answered else {}) for n in range(8)]
    assert (
        view_of(model, words, *items).headline
        == [
            "8 pieces of work: nothing is answered about them yet.",
            "8 pieces of work, so far: the 1 that has a place does not belong in OKRs.",
            "8 pieces of work, so far: none of the 2 that have a place belongs in OKRs.",
        ][answered]
    )
    assert view_of(model, words, items[-1]).headline == "1 piece of work: nothing is answered about it yet."


def test_a_map_of_what_is_undecided_has_no_place_yet(map_: GoalMap, words: Words) -> None:
    undecided = [placed.item for placed in map_.at("undecided")]
    assert undecided
    shown = view_of(map_.model, words, *undecided, WorkItem("none", "Nothing known"))
    assert shown.headline == f"{len(undecided) + 1} pieces of work: none has a place yet."


def test_the_headline_is_so_far_until_every_place_is_firm(model: Model, words: Words) -> None:
    complete = WorkItem("1", "A", {question.id: question.options[0].id for question in model.questions})
    assert "so far" not in view_of(model, words, complete).headline
    assert ", so far: " in view_of(model, words, complete, WorkItem("2", "B", SUSTAIN)).headline


def test_a_map_that_needs_nothing_says_so(model: Model, words: Words) -> None:
    fine = view_of(model, words, WorkItem("1", "A", CHANGE, today="okr"))
    assert (fine.advice, bool(fine.nothing_to_advise)) == ((), True)


def test_teams_add_up_to_the_last_row(view: GoalMapView, map_: GoalMap) -> None:
    *teams, total = view.by_team.rows
    assert total.team == "All teams"
    assert total.total == 30 == sum(row.total for row in teams)
    for column, place in enumerate(view.by_team.places):
        assert total.counts[column] == map_.counts[place] == sum(row.counts[column] for row in teams)
    assert teams[-1].team == "No team"


def test_the_plot_has_every_item_with_a_position_once(model: Model, words: Words) -> None:
    map_ = goal_map(model, many(model, 600))
    plot = goal_map_view(map_, advice(map_), words).plot
    placed = [p for p in map_.items if p.found and p.found.vision is not None and p.found.clarity is not None]
    assert sum(point.count for point in plot.points) == len(placed)
    assert plot.missing.startswith(f"{600 - len(placed)} pieces of work are not in this picture")
    for axis in ("vision", "outcome"):
        assert any(question.text in plot.missing for question in model.questions if question.axis == axis)
    for point in plot.points:
        assert point.vision % 10 == point.clarity % 10 == 0
        assert len(point.titles) == min(point.count, 3)
        assert point.more == (f"and {point.count - 3} more" if point.count > 3 else "")


def test_ten_thousand_items_are_as_few_points_as_there_are_places_and_positions(
    model: Model, words: Words
) -> None:
    map_ = goal_map(model, many(model, 10_000))
    assert len(goal_map_view(map_, advice(map_), words).plot.points) <= 11 * 11 * 9
