"""The what-if panel: change one answer there and see the ranking move; the saved answers stay."""

from __future__ import annotations

import streamlit as st

from okr_assistant.decision.assess import assess
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.views.result import result_view
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.parts.result import bars
from okr_assistant.web.text import md


@st.fragment
def what_if() -> None:
    """Draw a question, its options, and what the result would be with the chosen one."""
    words, current = services().words, draft.current()
    questions = {view.id: view for view in questionnaire_view(current.model, current.answers, words).questions}
    st.header(words("what_if.title"), anchor=False)
    asked = st.selectbox(
        words("what_if.question"),
        list(questions),
        index=None,
        format_func=lambda id_: questions[id_].text,
        placeholder=words("what_if.choose"),
        key="what_if_question",
    )
    if asked not in questions:
        return
    view = questions[asked]
    choice = st.radio(
        words("what_if.answer"),
        view.choices,
        index=None if view.answer is None else view.choices.index(view.answer),
        format_func=lambda id_: md(view.labels[id_]),
        key=f"what_if_{asked}",
    )
    if choice not in view.choices:
        return
    result = assess(current.model, AnswerSheet({**current.answers, asked: choice}))
    moved = result_view(current.model, result, words)
    st.markdown(f"**{md(moved.sentence)}**")
    bars(moved.ranking, key="what_if_chart")
