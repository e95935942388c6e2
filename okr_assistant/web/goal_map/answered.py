"""Answers that were given to an item elsewhere, in the whole assessment, and can be taken into the map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from okr_assistant.portfolio.items import WorkItem
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import user_text


def answered(opened: Open) -> None:
    """Offer to take the draft's answers for the item of its title, if there is exactly one, and it differs."""
    found = _item(opened)
    if found is None:
        return
    words, given = services().words, len(draft.current().answers)
    with st.container(border=True, key="answered"):
        user_text(words.counted("map_page.answered", given, title=found.title), "answered")
        st.button(words("map_page.answered_yes"), key="take_answers", on_click=_take, args=(found,))


def _item(opened: Open) -> WorkItem | None:
    current = draft.current()
    same = [item for item in opened.portfolio.items if current.title and item.title == current.title]
    fits = current.model is opened.map.model and bool(current.answers)
    return same[0] if fits and len(same) == 1 and dict(same[0].answers) != dict(current.answers) else None


def _take(item: WorkItem) -> None:
    state.try_(lambda: state.change_one(replace(item, answers=dict(draft.current().answers))))
