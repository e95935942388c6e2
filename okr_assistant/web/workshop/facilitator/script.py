"""The script beside the facilitator's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import streamlit as st

from okr_assistant.views.workshop.script import PlanRow, ScriptView
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md, user_text


def column(view: ScriptView) -> None:
    """Draw the script as a column."""
    with st.container(border=True, key="script_beside"):
        st.header(services().words("script.title"), anchor=False)
        _script(view, "beside")


def expander(view: ScriptView) -> None:
    """Draw the script behind a click; style.css shows it where the column has no room."""
    with st.container(key="script_above"), st.expander(services().words("script.title")):
        _script(view, "above")


def _plan(rows: Iterable[PlanRow], mark: str = "1.") -> Iterator[str]:
    for row in rows:
        yield f"{mark} **{md(row.text)}**" if row.now else f"{mark} {md(row.text)}"
        yield from _plan(row.within, "    -")


def _script(view: ScriptView, place: str) -> None:
    words = services().words
    st.markdown(f"**{md(view.title)}**, {md(view.about)}")
    st.markdown(f"*{md(view.say)}*")
    st.caption(words("script.first"))
    for number, line in enumerate(view.first):
        user_text(line, f"speaks_{place}_{number}")
    st.caption(words("script.watch"))
    st.markdown("\n".join(f"- {md(line)}" for line in view.watch))
    st.caption(words("script.plan"))
    st.markdown("\n".join(_plan(view.plan)))
    st.caption(words("script.sources"))
    st.markdown(cite(view.sources))
