"""The goal map on the screen: what it says, the picture, the place that was chosen, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from okr_assistant.charts.goal_map import SELECTION, goal_map_chart
from okr_assistant.charts.goal_map_plot import plot_chart
from okr_assistant.charts.on_pages import described_once
from okr_assistant.decision.model import OKR, Model
from okr_assistant.portfolio.advice import advice
from okr_assistant.portfolio.goal_map import Placed
from okr_assistant.views.portfolio.advice import AdviceView
from okr_assistant.views.portfolio.goal_map import GoalMapView, goal_map_view
from okr_assistant.views.portfolio.items import ItemView, item_details
from okr_assistant.views.portfolio.places import PlaceView
from okr_assistant.views.portfolio.plot import PlotView
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.draft import Draft
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.parts.result import ink
from okr_assistant.web.text import cite, md, user_text

_VIEW = "_goal_map_view"
_CHART, _PLACE, _ITEM = "goal_map_chart", "goal_map_place", "goal_map_looked_at"
_TEAM = "goal_map_team"
_PLOT_HEIGHT = 460
_SHOWN = 30
"""Items that one piece of advice lists; the table and the files have all."""


def view_of(opened: Open) -> GoalMapView:
    """Return what there is to show, worked out once for each state of the map."""
    known = st.session_state.get(_VIEW)
    if known is None or known[0] is not opened.map:
        view = goal_map_view(opened.map, advice(opened.map), services().words)
        known = st.session_state[_VIEW] = opened.map, view
    found: GoalMapView = known[1]
    return found


def picture(opened: Open) -> None:
    """Draw the map with the items of one place beside it, and below what it advises."""
    words, view = services().words, view_of(opened)
    st.header(md(view.headline), anchor=False)
    if view.standing:
        st.markdown(md(view.standing))
    if opened.map.items and not any(placed.has_place for placed in opened.map.items):
        st.markdown(md(words("map_page.begin_with", questions=words("map_page.section.questions"))))
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.altair_chart(
            described_once(goal_map_chart(view, words, ink=ink())),
            alt=view.described,
            width="stretch",
            key=_CHART,
            on_select=_chosen,
            selection_mode=SELECTION,
            theme=None,
        )
        st.caption(md(view.shares))
    with right:
        _places(opened, view)
    _advice(view)


def plot(opened: Open) -> None:
    """Draw every item between vision certainty and outcome clarity."""
    words, view = services().words, view_of(opened)
    drawn = described_once(plot_chart(view.plot, words, ink=ink()))
    st.altair_chart(drawn, alt=view.plot.described, width="stretch", height=_PLOT_HEIGHT, theme=None)
    if view.plot.missing:
        st.caption(md(view.plot.missing))
    if view.plot.points:
        _plot_table(view.plot)


def _plot_table(shown: PlotView) -> None:
    words = services().words
    examples = [filter(None, (*point.titles, point.more)) for point in shown.points]
    data = {
        words("goal_map.chart.place"): [point.place_name for point in shown.points],
        words("position.axis.vision"): [point.vision for point in shown.points],
        words("position.axis.outcome"): [point.clarity for point in shown.points],
        words("goal_map.chart.count"): [point.count for point in shown.points],
        words("goal_map.chart.examples"): [" · ".join(some) for some in examples],
    }
    with st.expander(words("map_page.plot_table")):
        frame = pd.DataFrame(data)
        st.dataframe(frame, hide_index=True, height=table_height(len(frame)), alt=shown.described)


def table_height(rows: int, row: int = 35) -> int:
    """Return the height of a table that is as long as its rows, up to what fits a screen with the rest."""
    return min(row * rows + 38, 420)


def teams(view: GoalMapView) -> None:
    """Draw how the places are spread over the teams."""
    rows = view.by_team
    columns = {name: [row.counts[at] for row in rows.rows] for at, name in enumerate(rows.names)}
    words = services().words
    # The heading leaves room for the buttons that Streamlit puts above a table.
    st.header(words("map_page.section.teams"), anchor=False)
    index = pd.Index([row.team for row in rows.rows], name=words("map_page.field.team"))
    total = {words("map_page.all"): [row.total for row in rows.rows]}
    st.dataframe(pd.DataFrame(columns | total, index=index), alt=words("map_page.teams_alt"))


def _chosen() -> None:
    """A tile was chosen; the list beside the picture follows."""
    chosen = st.session_state[_CHART]["selection"].get(SELECTION) or []
    if chosen:
        st.session_state[_PLACE] = chosen[0]["place"]


def _places(opened: Open, view: GoalMapView) -> None:
    words = services().words
    names = {place.id: f"{place.name} ({words.number(place.count)})" for place in view.places}
    if st.session_state.get(_PLACE) not in names:
        st.session_state[_PLACE] = next(
            (place.id for place in view.places if place.count and place.id == OKR), _first(view)
        )
    id_ = st.selectbox(words("map_page.place"), list(names), format_func=names.__getitem__, key=_PLACE)
    place = view.place(id_)
    st.markdown(md(place.explains))
    if place.items:
        _items(place)
        _one(opened, place)


def _first(view: GoalMapView) -> str:
    return next((place.id for place in view.places if place.count), view.places[0].id)


def _items(place: PlaceView) -> None:
    words = services().words
    fields = ("title", "firm", "team", "today", "note")
    kept = [name for name in fields if name == "title" or any(getattr(item, name) for item in place.items)]
    data = {words(f"map_page.field.{name}"): [getattr(item, name) for item in place.items] for name in kept}
    st.dataframe(pd.DataFrame(data), hide_index=True, height=table_height(len(place.items)), alt=place.name)


def _one(opened: Open, place: PlaceView) -> None:
    """Why an item is where it is, and the two ways on."""
    words, model = services().words, opened.map.model
    by_id = {placed.item.id: placed for placed in opened.map.at(place.id)}
    titles = {item.id: item.title for item in place.items}
    key = f"{_ITEM}_{place.id}"
    id_ = st.selectbox(
        words("map_page.look_at"),
        list(titles),
        format_func=titles.__getitem__,
        index=None,
        placeholder=words("map_page.look_at_none"),
        key=key,
    )
    if id_ is not None:
        _details(model, by_id[id_])


def _details(model: Model, placed: Placed) -> None:
    words = services().words
    details = item_details(model, placed, words)
    with st.container(border=True, key="looked_at"):
        user_text(placed.item.title, "looked_at")
        for reason in details.reasons:
            st.markdown(f"{md(reason.text)} {cite(reason.citations)}")
        if details.against:
            st.markdown(f"{md(details.against.text)} {cite(details.against.citations)}")
        if details.next_question:
            st.markdown(md(words("map_page.next_question", question=details.next_question)))
        if details.settled:
            st.caption(md(details.settled))
        whole = Draft(model, placed.item.answers, placed.item.title)
        with st.container(horizontal=True, key="looked_at_steps"):
            if placed.has_place:
                form = {"form": OKR} if placed.until_it_holds else None
                navigation.step("goal_draft", words("goal_draft.write"), key="map_draft", to=whole, room=form)
            if placed.item.answers:
                navigation.link("result", words("map_page.whole_result"), to=whole)
            navigation.link("assess", words("map_page.triage.full"), to=whole)


def _advice(view: GoalMapView) -> None:
    words = services().words
    st.header(words("map_page.advice"), anchor=False)
    if view.nothing_to_advise:
        st.markdown(md(view.nothing_to_advise))
    half = (len(view.advice) + 1) // 2  # the first ones are on the left: on a phone they stay first
    for number, (column, said) in enumerate(zip(_halves(half), view.advice, strict=False)):
        with column:
            _advised(number, said)


def _halves(each: int) -> Iterator[DeltaGenerator]:
    """The left column as many times as it holds, then the right one."""
    for column in st.columns(2, gap="large"):
        yield from repeat(column, each)


def _advised(number: int, said: AdviceView) -> None:
    words = services().words
    with st.container(border=True, key=f"advice_{number}"):
        st.subheader(md(said.title), anchor=False)
        st.markdown(f"{md(said.why)} {cite(said.citations)}")
        with st.container(gap=None, key=f"advised_{number}"):
            for place, item in enumerate(said.items[:_SHOWN]):
                user_text(_line(item), f"advised_{number}_{place}")
        if len(said.items) > _SHOWN:
            st.caption(words.counted("map_page.more_items", len(said.items) - _SHOWN))


def _line(item: ItemView) -> str:
    words = services().words
    key = "map_page.advised_team" if item.team else "map_page.advised"
    return words(key, title=item.title, team=item.team, place=item.goes)
