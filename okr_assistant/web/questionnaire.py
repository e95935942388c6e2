"""The two ways through the questionnaire: one question at a time with Back, and all on one page."""

from __future__ import annotations

import streamlit as st

from okr_assistant.errors import TextError
from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.views.questionnaire import QuestionnaireView
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.question import question
from okr_assistant.web.text import user_text

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
    )
    if problem is not None:
        user_text(words.error_line(problem), "title_problem")


def one_at_a_time(view: QuestionnaireView) -> None:
    """Draw the question in front, with Back and Next."""
    words = services().words
    index = view.index(draft.in_front())
    front = view.questions[index]
    st.caption(front.position)
    question(front, large=True)
    with st.container(horizontal=True, key="steps"):
        if index > 0:
            _step(words("assess.back"), "back", view.questions[index - 1].id)
        if index + 1 < len(view.questions):
            label = words("assess.skip" if front.answer is None else "assess.next")
            _step(label, "next", view.questions[index + 1].id, primary=front.answer is not None)
        else:
            _to_result(words("assess.result"))
    with st.container(horizontal=True, key="elsewhere", vertical_alignment="center"):
        st.button(words("assess.show_all"), type="tertiary", on_click=draft.put_in_front, args=(draft.ALL,))
        if view.done and index + 1 < len(view.questions):
            navigation.link("result", words("assess.result_so_far"))


def all_on_one_page(view: QuestionnaireView) -> None:
    """Draw every asked question, grouped by section."""
    words = services().words
    st.button(
        words("assess.show_one"),
        type="tertiary",
        on_click=draft.put_in_front,
        args=(view.questions[view.index(None)].id,),
    )
    section = ""
    for front in view.questions:
        if front.section != section:
            section = front.section
            st.header(section, divider="gray", anchor=False)
        question(front)
    label = words("assess.result" if view.complete else "assess.result_so_far")
    _to_result(label)


def _to_result(label: str) -> None:
    if st.button(label, key="to_result", type="primary"):
        navigation.go("result")


def _step(label: str, key: str, to: str, *, primary: bool = False) -> None:
    st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        on_click=draft.put_in_front,
        args=(to,),
    )


def _keep_title() -> None:
    st.session_state.pop(_TITLE_PROBLEM, None)
    try:
        draft.name(st.session_state[_TITLE])
    except TextError as error:
        st.session_state[_TITLE_PROBLEM] = error
