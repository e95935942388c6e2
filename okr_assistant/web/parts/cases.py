"""Published cases on the screen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from okr_assistant.views.cases import CaseView
from okr_assistant.views.published import JudgedView, PublishedView
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


def figures(view: PublishedView) -> None:
    """Draw the figures, a table for each thing a reader asks."""
    words = services().words
    with st.container(key="figures"):
        for table in view.tables:
            columns = {
                words("cases.count"): [row.cases for row in table.rows],
                words("cases.share"): [row.share for row in table.rows],
            }
            index = pd.Index([row.label for row in table.rows], name=table.title)
            st.table(pd.DataFrame(columns, index=index), border="horizontal")


def disagreements(view: PublishedView) -> None:
    """Draw each case on which we differ: the situation, the author, we, and why we keep it."""
    words = services().words
    st.header(words("evaluate.disagreements"), anchor=False)
    st.markdown(md(view.differ))
    for group in view.disagreements:
        st.subheader(group.title, anchor=False)
        for case in group.cases:
            with st.container(border=True, key=f"differ_{case.id}"):
                kept = f"**{words('cases.kept')}** {md(case.kept)}" if case.kept else ""
                st.markdown(f"{_judged(case, cite([case.source]))}\n\n{kept}")


def by_source(view: PublishedView) -> None:
    """Draw every case under its publication, each behind a click."""
    words = services().words
    st.header(words("cases.all"), anchor=False)
    for source in view.sources:
        with st.expander(md(source.title)):
            st.markdown(cite([source.source]))
            for number, case in enumerate(source.cases):
                if number:
                    st.divider()
                st.markdown(f"{_judged(case)} {words('cases.agreed' if case.agrees else 'cases.differed')}")


def _judged(case: JudgedView, link: str = "") -> str:
    mark = f":gray-badge[{services().words('cases.mark')}]" if case.contested else ""
    return "\n\n".join(
        [
            f"{md(case.situation)} {mark}",
            f"**{md(case.author)}** {md(case.why)} {link}",
            f"**{md(case.ours)}** {md(case.firmness)}",
        ]
    )


def _list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        st.markdown("\n".join([f"**{title}**\n", *(f"- {md(line)}" for line in lines)]))
