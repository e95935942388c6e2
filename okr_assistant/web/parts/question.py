"""One question on the screen: radios with a hint under each option, and why we ask."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from okr_assistant.errors import SheetError
from okr_assistant.views.questionnaire import QuestionView
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md


def question(view: QuestionView, *, large: bool = False) -> None:
    """Draw the question, ``large`` when it is alone on the page; each answer is kept as soon as it is given."""
    words = services().words
    # The draft is the truth. The widget is set only where it differs, or a quick second click would be undone.
    if st.session_state.get(view.id, "") != view.answer:
        st.session_state[view.id] = view.answer
    st.header(md(view.text), anchor=False) if large else st.subheader(md(view.text), anchor=False)
    st.radio(
        md(view.text),
        view.choices,
        index=None,
        label_visibility="collapsed",
        format_func=lambda choice: md(view.labels[choice]),
        captions=[md(hint) for hint in view.hints],
        key=view.id,
        on_change=_keep,
        args=(view.id,),
    )
    with st.container(horizontal=True, key=f"about_{view.id}", vertical_alignment="center"):
        with st.popover(words("assess.why"), type="tertiary"):
            st.markdown(f"{md(view.why_we_ask)}\n\n{cite(view.citations)}")
        if view.answer is not None:
            st.button(
                words("assess.clear"),
                key=f"clear_{view.id}",
                type="tertiary",
                on_click=draft.answer,
                args=(view.id, None),
            )


def _keep(question_id: str) -> None:
    # A tab that was open over an update can send an option that is no more; the draft then stays as it is,
    # and the widget is set back to it.
    with suppress(SheetError):
        draft.answer(question_id, st.session_state[question_id])
