"""Quarters: a map frozen as it is, and what moved since then."""

from __future__ import annotations

from functools import partial

import streamlit as st

from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.portfolio.goal_map import goal_map
from okr_assistant.portfolio.ports import Head
from okr_assistant.views.parts import long_date
from okr_assistant.views.portfolio.difference import DifferenceView, difference_view
from okr_assistant.views.portfolio.items import ItemView
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md, user_text

_NAME, _COMPARED = "goal_map_quarter", "goal_map_compared"


def quarters(opened: Open) -> None:
    """Draw how to freeze the map, and the difference to a quarter that was frozen."""
    words, id_ = services().words, browser()
    st.markdown(md(words("map_page.quarters.about")))
    if id_ is None:
        st.markdown(md(words("results.no_cookie")))
        return
    if opened.head is None:
        st.markdown(md(words("map_page.quarters.keep_first")))
        st.button(words("map_page.keep"), key="keep_for_quarters", on_click=state.keep)
        return
    with st.container(horizontal=True, key="freeze", vertical_alignment="bottom"):
        st.text_input(
            words("map_page.quarters.name"),
            key=_NAME,
            max_chars=TITLE_LIMIT,
            placeholder=words("map_page.quarters.example"),
        )
        freeze = partial(_freeze, id_, opened.head, opened)
        st.button(words("map_page.quarters.freeze"), key="freeze_yes", on_click=state.try_, args=(freeze,))
    frozen = services().maps.frozen(id_, opened.head)
    if frozen:
        _compare(id_, opened, frozen)


def _freeze(id_: str, head: Head, opened: Open) -> None:
    services().maps.freeze(id_, head, opened.portfolio, st.session_state[_NAME])


def _compare(id_: str, opened: Open, frozen: tuple[Head, ...]) -> None:
    words, names = services().words, {head.id: head for head in frozen}
    chosen = st.selectbox(
        words("map_page.quarters.compare"),
        list(names),
        format_func=lambda known: words(
            "map_page.quarters.entry",
            name=names[known].frozen,
            date=long_date(names[known].saved_at.date(), words),
        ),
        key=_COMPARED,
    )
    _, then = services().maps.open(id_, chosen, services().models)
    before = goal_map(services().models.get(then.model), then)
    _difference(difference_view(before, opened.map, words))


def _difference(view: DifferenceView) -> None:
    words = services().words
    st.subheader(md(view.headline), anchor=False)
    if view.model:
        st.markdown(md(view.model))
    for number, moved in enumerate(view.moved):
        with st.container(border=True, key=f"moved_{number}"):
            user_text(moved.item.title, f"moved_{number}")
            st.markdown(md(words("map_page.quarters.moved", before=moved.was_at, now=moved.is_at)))
            for reason, line in enumerate(moved.because):
                user_text(line, f"because_{number}_{reason}")
    _listed("new", view.new)
    _listed("gone", view.gone)


def _listed(kind: str, items: tuple[ItemView, ...]) -> None:
    if items:
        words = services().words
        with st.expander(words.counted(f"map_page.quarters.{kind}", len(items))):
            for number, item in enumerate(items):
                user_text(item.title, f"{kind}_{number}")
