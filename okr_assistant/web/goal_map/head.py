"""The top of the page: what is open, whether it is kept, and the parts of the page."""

from __future__ import annotations

from typing import Literal, TypeAlias

import streamlit as st

from okr_assistant.free_text import TITLE_LIMIT, clean_title
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md, user_text

Section: TypeAlias = Literal["map", "plot", "items", "questions", "teams", "quarters", "files"]
_SECTIONS: tuple[Section, ...] = ("map", "plot", "items", "questions", "teams", "quarters", "files")
_SECTION, _NAME = "goal_map_section", "goal_map_name"


def title(opened: Open | None) -> None:
    """Draw the title of the page, and the name of what is open with what can be done with it."""
    words = services().words
    st.title(words("map_page.title"), anchor=False)
    if opened is None:
        return
    with st.container(horizontal=True, key="goal_map_head", vertical_alignment="center"):
        user_text(opened.portfolio.name or words("map_page.unnamed"), "goal_map")
        with st.popover(words("map_page.rename"), type="tertiary"):
            st.text_input(
                words("map_page.name"),
                value=opened.portfolio.name,
                key=_NAME,
                max_chars=TITLE_LIMIT,
                on_change=state.try_,
                args=(_rename,),
            )
        _kept(opened)
        st.button(words("map_page.close"), key="goal_map_close", type="tertiary", on_click=state.close)


def problem() -> None:
    """Draw what went wrong last, once."""
    found = state.problem()
    if found is not None:
        with st.container(border=True, key="goal_map_problem"):
            user_text(sentence(found), "goal_map_problem")


def sections(opened: Open) -> Section:
    """Draw the parts of the page to choose from, and return the one to show."""
    words = services().words
    if st.session_state.get(_SECTION) is None:
        st.session_state[_SECTION] = "map" if opened.portfolio.items else "items"
    chosen = st.segmented_control(
        words("map_page.sections"),
        _SECTIONS,
        format_func=lambda section: words(f"map_page.section.{section}"),
        key=_SECTION,
        label_visibility="collapsed",
        required=True,
    )
    return chosen or "map"


def _kept(opened: Open) -> None:
    words = services().words
    if opened.head is not None:
        st.caption(md(words("map_page.kept")))
    elif browser() is not None:
        st.button(words("map_page.keep"), key="keep_map", on_click=state.keep)
        st.caption(md(words("map_page.not_kept")))


def _rename() -> None:
    opened = state.current()
    if opened is not None:
        name = clean_title(st.session_state[_NAME], "name")
        state.change(*opened.portfolio.items, name=name, in_table=True)
