"""Triage: item by item the question that tells most, until its place is fairly certain."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from okr_assistant.portfolio.items import WorkItem
from okr_assistant.views.questionnaire import QuestionView
from okr_assistant.views.triage import triage_view
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.draft import Draft
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md, user_text

_PUT_OFF, _BEFORE = "_goal_map_put_off", "_goal_map_before"


def triage(opened: Open) -> None:
    """Draw how many items are placed firmly, and the next question of one that is not."""
    words = services().words
    view = triage_view(opened.map, st.session_state.get(_PUT_OFF, ()), words)
    st.progress(view.share, text=md(view.progress))
    before: WorkItem | None = st.session_state.get(_BEFORE)
    if before is not None and any(item.id == before.id for item in opened.portfolio.items):
        st.button(words("map_page.triage.undo"), key="triage_undo", on_click=_undo, args=(before,))
    if view.asked is None:
        st.markdown(md(words("map_page.triage.done")))
        return
    st.markdown(md(words("map_page.triage.about")))
    item, question = view.asked.item, view.asked.question
    with st.container(border=True, key="triage"):
        user_text(item.title, "triage_title")
        st.caption(md(view.asked.standing))
        if question is None:
            st.markdown(md(words("map_page.triage.nothing_to_ask")))
        else:
            _ask(item.id, question)
        with st.container(horizontal=True, key="triage_steps", vertical_alignment="center"):
            st.button(words("map_page.triage.later"), key="triage_later", on_click=_put_off, args=(item.id,))
            whole = Draft(opened.map.model, item.answers, item.title)
            navigation.link("assess", words("map_page.triage.full"), to=whole)


def _ask(item_id: str, question: QuestionView) -> None:
    key = f"triage_{item_id}_{question.id}"
    st.header(md(question.text), anchor=False)
    st.radio(
        md(question.text),
        question.choices,
        index=None,
        label_visibility="collapsed",
        format_func=lambda choice: md(question.labels[choice]),
        captions=[md(hint) for hint in question.hints],
        key=key,
        on_change=_answer,
        args=(item_id, question.id, key),
    )


def _answer(item_id: str, question_id: str, key: str) -> None:
    opened, choice = state.current(), st.session_state[key]
    items = opened.portfolio.items if opened else ()
    item = next((item for item in items if item.id == item_id), None)
    if item is not None and choice is not None:
        st.session_state[_BEFORE] = item
        state.try_(lambda: state.change_one(replace(item, answers={**item.answers, question_id: choice})))


def _undo(before: WorkItem) -> None:
    st.session_state.pop(_BEFORE, None)
    state.try_(lambda: state.change_one(before))


def _put_off(item_id: str) -> None:
    before = [id_ for id_ in st.session_state.get(_PUT_OFF, ()) if id_ != item_id]
    st.session_state[_PUT_OFF] = (*before, item_id)
