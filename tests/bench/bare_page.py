"""The bare Assess page: the same elements with the same texts, and no state but that of the widgets.

``?q=`` says which question, as in our app; anything else shows all of them.
"""

import streamlit as st

from tests.bench import bare_texts
from tests.bench.bare_texts import QuestionTexts


def question(shown: QuestionTexts, large: bool = False) -> None:
    if large:
        st.header(shown.text, anchor=False)
    else:
        st.subheader(shown.text, anchor=False)
    answer = st.radio(
        shown.text,
        shown.options,
        index=shown.first,
        label_visibility="collapsed",
        captions=shown.captions,
        key=shown.id,
    )
    with st.container(horizontal=True, key=f"about_{shown.id}", vertical_alignment="center"):
        with st.popover(bare_texts.WHY, type="tertiary"):
            st.markdown(shown.why)
        if answer is not None:
            st.button(bare_texts.CLEAR, key=f"clear_{shown.id}", type="tertiary")


def step(page: str, label: str, key: str) -> None:
    with st.container(key=key, width="content"):
        st.page_link(page, label=label)


def one(shown: QuestionTexts) -> None:
    st.caption(shown.position)
    question(shown, large=True)
    with st.container(horizontal=True, key="steps"):
        if shown.id != bare_texts.FIRST:
            st.button(bare_texts.BACK, key="back")
        if not shown.last:
            st.button(bare_texts.NEXT, key="next")
        step("bare_other.py", bare_texts.RESULT, "main_step_result")
    st.button(bare_texts.SHOW_ALL, key="show_all", type="tertiary")


def every() -> None:
    st.button(bare_texts.SHOW_ONE, key="show_one", type="tertiary")
    section = ""
    for shown in bare_texts.QUESTIONS.values():
        if shown.section != section:
            section = shown.section
            st.header(section, divider="gray", anchor=False)
        question(shown)
    step("bare_other.py", bare_texts.RESULT, "main_step_result")


st.title(bare_texts.TITLE, anchor=False)
st.text_input(bare_texts.TITLE_LABEL, key="title", max_chars=120, placeholder=bare_texts.TITLE_EXAMPLE, live=True)
st.progress(1.0, text=bare_texts.PROGRESS)
asked = bare_texts.QUESTIONS.get(st.query_params.get("q", ""))
if asked is None:
    every()
else:
    one(asked)
