"""The pictures show the numbers of their views."""

from __future__ import annotations

import re

from okr_assistant.charts.palette import COLOURS, colour
from okr_assistant.charts.position import position_chart
from okr_assistant.charts.ranking import ranking_chart
from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.result import ResultView, result_view
from okr_assistant.words import Words

ANSWERS = {
    "work_kind": "change", "product_stage": "growing", "outcome_clarity": "number", "use_of_goals": "appraise",
    "vision_stability": "steady", "people_to_align": "many_teams",
}  # fmt: skip


def view_of(model: Model, words: Words) -> ResultView:
    return result_view(model, assess(model, AnswerSheet(ANSWERS)), words)


def rows(chart: dict[str, object]) -> list[dict[str, object]]:
    datasets = chart["datasets"]
    assert isinstance(datasets, dict)
    return max(datasets.values(), key=len)


def test_every_bar_is_as_long_as_its_number(model: Model, words: Words) -> None:
    view = view_of(model, words)
    data = rows(ranking_chart(view.ranking, words, ink="#000").to_dict())
    assert [(row["name"], row["points"]) for row in data] == [(e.name, e.points) for e in view.ranking]
    assert [row["colour"] for row in data] == [COLOURS[entry.approach] for entry in view.ranking]


def test_a_blocked_bar_is_pale_and_says_so(model: Model, words: Words) -> None:
    view = view_of(model, words)
    data = rows(ranking_chart(view.ranking, words, ink="#000").to_dict())
    blocked = [row for row in data if "blocked" in str(row["label"])]
    assert [row["name"] for row in blocked] == ["OKRs"]
    assert blocked[0]["opacity"] != data[1]["opacity"]


def test_the_circle_stands_where_the_axes_say(model: Model, words: Words) -> None:
    view = view_of(model, words)
    (row,) = rows(position_chart(view.position, words, ink="#000").to_dict())
    assert row["outcome"] == view.position.axis("outcome").value
    assert row["vision"] == view.position.axis("vision").value


def test_each_approach_has_a_colour_of_its_own(model: Model) -> None:
    assert set(COLOURS) == set(model.approaches_by_id)
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert all(re.fullmatch(r"#[0-9A-F]{6}", code) for code in COLOURS.values())
    assert colour("somebody_elses") not in COLOURS.values()
