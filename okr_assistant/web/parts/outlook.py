"""How firm the result is and what would change it, drawn from the view."""

from __future__ import annotations

import streamlit as st

from okr_assistant.views.outlook import OutlookView
from okr_assistant.web.context import services
from okr_assistant.web.parts.result import listed
from okr_assistant.web.text import md


def margin(view: OutlookView) -> None:
    """Draw the margin in a line under the verdict."""
    st.markdown(md(view.margin))
    if view.ahead:
        st.markdown(md(view.ahead))


def counter(view: OutlookView) -> None:
    """Draw the strongest argument against the recommendation, from the answers given."""
    if view.counter is None:
        return
    st.header(md(view.counter.title), anchor=False)
    st.markdown(md(view.counter.said))
    st.markdown(listed(view.counter.reasons))


def flips(view: OutlookView) -> None:
    """Draw what would change the result: the few changes that matter, the others behind a click."""
    words = services().words
    st.header(words("outlook.title"), anchor=False)
    st.markdown("\n".join(f"- {md(flip)}" for flip in view.flips) or md(words("outlook.nothing")))
    if view.more_flips:
        with st.expander(words("outlook.more")):
            st.markdown(md(view.flips_total))
            st.markdown("\n".join(f"- {md(flip)}" for flip in view.more_flips))
    if view.rests_on:
        questions = "\n".join(f"- {md(question)}" for question in view.rests_on)
        st.markdown(f"{view.rests_on_lead}\n\n{questions}")
    if view.stands:
        st.caption(md(view.stands))


def path_to_okr(view: OutlookView) -> None:
    """Draw the cheapest ways to OKRs, or that no change in how one works leads there."""
    if not view.paths and not view.no_path:
        return
    st.header(services().words("outlook.path_title"), anchor=False)
    if view.no_path:
        st.markdown(md(view.no_path))
    for number, path in enumerate(view.paths):
        with st.expander(md(path.title), expanded=number == 0):
            st.markdown("\n".join(f"- **{md(change)}** {md(how)}" for change, how in path.steps))
