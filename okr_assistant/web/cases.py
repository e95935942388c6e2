"""Published cases on the screen."""

from __future__ import annotations

import streamlit as st

from okr_assistant.views.cases import CaseView
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md


def similar(views: tuple[CaseView, ...]) -> None:
    """Draw the cases closest to this work, the author's conclusion first."""
    if not views:
        return
    words = services().words
    st.header(words("cases.similar"), anchor=False)
    for view in views:
        with st.container(border=True, key=f"case_{view.id}"):
            st.markdown(f"{md(view.situation)}\n\n**{md(view.conclusion)}** {md(view.why)} {cite([view.source])}")
            with st.expander(words("cases.compare")):
                _list(words("cases.same"), view.same)
                _list(words("cases.differs"), view.differs)


def _list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        st.markdown("\n".join([f"**{title}**\n", *(f"- {md(line)}" for line in lines)]))
