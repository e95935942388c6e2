"""Where a goal map begins: a table from elsewhere, a kept map, an example, or an empty table."""

from __future__ import annotations

import streamlit as st

from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.paths import EXAMPLE_PORTFOLIO
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.portfolio.portfolio_file import read_portfolio
from okr_assistant.portfolio.reading import read_pasted, read_table, sheets_of
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.reading import begin_reading
from okr_assistant.web.text import md, user_text

_FILE, _PASTED, _SHEET = "goal_map_file", "goal_map_pasted", "goal_map_sheet"
_TYPES = ["csv", "tsv", "txt", "xlsx", "json"]


def begin() -> None:
    """Draw the ways to begin."""
    words = services().words
    st.header(words("map_page.begin.title"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        tables()
    with right:
        st.subheader(words("map_page.begin.without"), anchor=False)
        st.markdown(md(words("map_page.begin.without_about")))
        with st.container(horizontal=True, key="begin_without"):
            st.button(words("map_page.begin.example"), key="example", on_click=_example)
            st.button(words("map_page.begin.empty"), key="empty", on_click=_empty)
        _kept()


def tables(*, alone: bool = False) -> None:
    """Draw the fields for a file and for what was copied from a spreadsheet, ``alone`` or among other ways."""
    words = services().words
    title = words("map_page.begin.table")
    st.header(title, anchor=False) if alone else st.subheader(title, anchor=False)
    st.markdown(md(words("map_page.begin.table_about")))
    given = st.file_uploader(words("map_page.begin.file"), type=_TYPES, key=_FILE)
    if given is not None:
        data, name = given.getvalue(), given.name
        sheets: list[tuple[str, ...]] = []
        state.try_(lambda: sheets.append(() if name.casefold().endswith(".json") else sheets_of(data, name)))
        if sheets and len(sheets[0]) > 1:
            st.selectbox(words("map_page.begin.sheet"), sheets[0], key=_SHEET)
        label = words("map_page.begin.file_yes", name=md(name))
        if st.button(label, key="read_table", type="primary"):
            with st.spinner(words("map_page.reading.busy")):
                _read(data, name)
            st.rerun()
    st.text_area(words("map_page.begin.paste"), key=_PASTED, height=110)
    st.button(words("map_page.begin.paste_yes"), key="read_pasted", on_click=_paste)


def _kept() -> None:
    words, id_ = services().words, browser()
    heads = services().maps.all(id_) if id_ else ()
    if not heads or id_ is None:
        return
    st.subheader(words("map_page.begin.kept"), anchor=False)
    end = services().maps.visit(id_)
    st.caption(md(words("map_page.begin.kept_about", date=words.date(end.date()))))
    for head in heads:
        with st.container(border=True, key=f"kept_{head.id}"):
            user_text(head.name or words("map_page.unnamed"), f"kept_{head.id}")
            changed = words.date(head.changed_at.date())
            st.caption(md(words.counted("map_page.begin.kept_items", head.items, date=changed)))
            with st.container(horizontal=True, key=f"kept_steps_{head.id}"):
                label = words("map_page.begin.kept_open")
                st.button(label, key=f"open_{head.id}", on_click=_open, args=(head.id,))
                with st.popover(words("map_page.begin.kept_delete")):
                    st.markdown(md(words("map_page.begin.kept_delete_sure")))
                    yes = words("map_page.begin.kept_delete_yes")
                    st.button(yes, key=f"delete_{head.id}", on_click=_delete, args=(id_, head.id))


def _open(portfolio_id: str) -> None:
    state.try_(lambda: state.open_kept(portfolio_id))


def _delete(browser_id: str, portfolio_id: str) -> None:
    state.try_(lambda: services().maps.delete(browser_id, portfolio_id))


def _example() -> None:
    models = services().models
    state.show(read_portfolio(EXAMPLE_PORTFOLIO.read_bytes(), models, EXAMPLE_PORTFOLIO.name))


def _empty() -> None:
    state.show(Portfolio("", services().models.newest.version))


def _read(data: bytes, name: str) -> None:
    if name.casefold().endswith(".json"):
        state.try_(lambda: state.offer(read_portfolio(data, services().models, name)))
        return
    sheet = st.session_state.get(_SHEET) or ""
    title = name.rpartition(".")[0][:TITLE_LIMIT]
    state.try_(lambda: begin_reading(read_table(data, name, sheet), title))


def _paste() -> None:
    state.try_(lambda: begin_reading(read_pasted(st.session_state[_PASTED]), ""))
