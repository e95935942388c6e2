"""The two ways through the questionnaire: one question at a time, the most telling next, and all on one page."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from okr_assistant.errors import TextError
from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.views.questionnaire import QuestionnaireView
from okr_assistant.views.short_path import ShortPathView
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts.question import question
from okr_assistant.web.text import md, user_text

_TITLE = "title"
_TITLE_PROBLEM = "_title_problem"


def title_of_the_work() -> None:
    """Draw the field for the title; a title that cannot be kept stays in it, with what is allowed."""
    words = services().words
    problem: TextError | None = st.session_state.get(_TITLE_PROBLEM)
    if problem is None and st.session_state.get(_TITLE) != draft.current().title:
        st.session_state[_TITLE] = draft.current().title
    st.text_input(
        words("assess.title_label"),
        key=_TITLE,
        max_chars=TITLE_LIMIT,
        placeholder=words("assess.title_example"),
        on_change=_keep_title,
        live=True,  # sent on leaving the field only, it would arrive after a click on a link and undo that
    )
    if problem is not None:
        user_text(words.error_sentence(problem), "title_problem")


def one_at_a_time(path: ShortPathView, view: QuestionnaireView) -> None:
    """Draw the question in front, what can still come out, and the steps from here: back, next, the result."""
    words = services().words
    if path.front is not None:
        st.caption(md(path.position))
        question(path.front, large=True)
    if path.said:
        st.markdown(md(path.said)) if path.enough else st.caption(md(path.said))
    # With another question other buttons: the keyboard's place goes from the one pressed to the question.
    here = path.front.id if path.front is not None else ""
    with st.container(horizontal=True, key="steps", vertical_alignment="center"):
        if path.back is not None:
            _show(f"back_{here}", words("assess.back"), path.back)
        if path.next is not None:
            main = path.front is not None and path.front.answer is not None and not path.enough
            _show(f"next_{here}", path.next_label, path.next, kind="primary" if main else "secondary")
        if view.done:
            _to_result(main=path.enough, label="assess.result" if path.enough else "assess.result_so_far")
    _show("show_all", words("assess.show_all"), draft.ALL, kind="tertiary")


def all_on_one_page(path: ShortPathView, view: QuestionnaireView) -> None:
    """Draw every asked question, grouped by section."""
    words = services().words
    if path.said:
        st.caption(md(path.said))
    _show("show_one", words("assess.show_one"), None, kind="tertiary")
    section = ""
    for front in view.questions:
        if front.section != section:
            section = front.section
            st.header(section, divider="gray", anchor=False)
        question(front)
    _to_result(main=True, label="assess.result" if path.enough else "assess.result_so_far")


def _show(
    key: str, label: str, question: str | None, *, kind: Literal["primary", "secondary", "tertiary"] = "secondary"
) -> None:
    st.button(label, key=key, type=kind, on_click=draft.put_in_front, args=(question,))


def _to_result(*, main: bool, label: str) -> None:
    navigation.step("result", services().words(label), key="result", main=main)


def _keep_title() -> None:
    st.session_state.pop(_TITLE_PROBLEM, None)
    try:
        draft.name(st.session_state[_TITLE])
    except TextError as error:
        st.session_state[_TITLE_PROBLEM] = error
