"""The top of the page: what is open, whether it is kept, and the parts of the page."""

from __future__ import annotations

from functools import partial
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
_NAME = "goal_map_name"


def title(opened: Open | None) -> None:
    """Draw the title of the page, and the name of what is open with what can be done with it."""
    words = services().words
    st.title(words("map_page.title"), anchor=False)
    if opened is None:
        return
    user_text(opened.portfolio.name or words("map_page.unnamed"), "goal_map")
    with st.container(horizontal=True, key="goal_map_head", vertical_alignment="center"):
        _keep(opened)
        with st.popover(words("map_page.rename"), type="tertiary"):
            st.text_input(
                words("map_page.name"),
                value=opened.portfolio.name,
                key=_NAME,
                max_chars=TITLE_LIMIT,
                on_change=state.try_,
                args=(_rename,),
            )
        _close(opened)
        _said(opened)
    _unsaved(opened)
    _waiting(opened)


def problem() -> None:
    """Draw what went wrong last, once."""
    found = state.problem()
    if found is not None:
        with st.container(border=True, key="goal_map_problem"):
            user_text(sentence(found), "goal_map_problem")


def sections(opened: Open) -> Section:
    """Draw the parts of the page to choose from, and return the one to show."""
    words = services().words
    if st.session_state.get(state.SECTION) is None:
        st.session_state[state.SECTION] = "map" if opened.portfolio.items else "items"
    chosen = st.segmented_control(
        words("map_page.sections"),
        _SECTIONS,
        format_func=lambda section: words(f"map_page.section.{section}"),
        key=state.SECTION,
        label_visibility="collapsed",
        required=True,
    )
    return chosen or "map"


def _keep(opened: Open) -> None:
    if opened.unsaved is None and opened.head is None and browser() is not None:
        st.button(services().words("map_page.keep"), key="keep_map", on_click=state.keep)


def _said(opened: Open) -> None:
    """Draw whether what is open is kept; ``_unsaved`` says more where a change of it could not be saved."""
    words = services().words
    if opened.unsaved is None and (opened.head is not None or browser() is not None):
        st.caption(md(words("map_page.not_kept" if opened.head is None else "map_page.kept")))


def _close(opened: Open) -> None:
    """Closing asks first where work would be gone with it."""
    words, key = services().words, "goal_map_close"
    if not opened.only_here:
        st.button(words("map_page.close"), key=key, type="tertiary", on_click=state.close)
        return
    with st.popover(words("map_page.close"), type="tertiary"):
        st.markdown(md(words("map_page.close_sure")))
        st.button(words("map_page.close_yes"), key=key, on_click=state.close)


def _unsaved(opened: Open) -> None:
    """Draw, as long as it is so, that changes of a kept map are in this tab only, and the two ways out."""
    if opened.unsaved is None or opened.head is None:
        return
    words, act = services().words, partial(state.open_saved, opened.head.id)
    with st.container(border=True, key="goal_map_unsaved"):
        user_text(sentence(opened.unsaved), "goal_map_unsaved")
        with st.container(horizontal=True, key="goal_map_unsaved_steps"):
            st.button(words("map_page.keep_another"), key="keep_another", on_click=state.keep)
            st.button(words("map_page.open_saved"), key="open_saved", on_click=state.try_, args=(act,))


def _waiting(opened: Open) -> None:
    """Draw that another map waits to be opened, and what becomes of the open one then."""
    found, words = state.waiting(), services().words
    if found is None:
        return
    with st.container(border=True, key="goal_map_waiting"):
        name = found.name or words("map_page.unnamed")
        user_text(words.counted("map_page.waiting", len(found.items), name=name), "goal_map_waiting")
        if opened.only_here:
            st.markdown(md(words("map_page.waiting_sure")))
        with st.container(horizontal=True, key="goal_map_waiting_steps"):
            st.button(
                words("map_page.waiting_yes"), key="waiting_yes", on_click=state.try_, args=(state.show_waiting,)
            )
            st.button(words("map_page.waiting_no"), key="waiting_no", on_click=state.forget_waiting)


def _rename() -> None:
    opened = state.current()
    if opened is not None:
        name = clean_title(st.session_state[_NAME], "name")
        state.change(*opened.portfolio.items, name=name, in_table=True)
