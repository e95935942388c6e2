"""The bare Assess page: the same elements with the same texts, and no state but that of the widgets.

``?a=`` says which answers it starts with and ``?q=`` which question, as in our app; anything else shows all.
"""

import streamlit as st

from okr_assistant.views.short_path import ShortPathView
from okr_assistant.web.text import md
from tests.bench import bare_texts
from tests.bench.bare_texts import QuestionTexts, SheetTexts


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


def said(path: ShortPathView) -> None:
    if path.said:
        st.caption(md(path.said))


def one(sheet: SheetTexts, shown: QuestionTexts) -> None:
    path = sheet.steps[shown.id]
    st.caption(path.position)
    question(shown, large=True)
    said(path)
    with st.container(horizontal=True, key="steps", vertical_alignment="center"):
        if path.back is not None:
            st.button(bare_texts.BACK, key="back")
        if path.next is not None:
            st.button(path.next_label, key="next")
        step("bare_other.py", sheet.result, "main_step_result")
    st.button(bare_texts.SHOW_ALL, key="show_all", type="tertiary")


def every(sheet: SheetTexts) -> None:
    said(next(iter(sheet.steps.values())))
    st.button(bare_texts.SHOW_ONE, key="show_one", type="tertiary")
    section = ""
    for shown in sheet.questions.values():
        if shown.section != section:
            section = shown.section
            st.header(section, divider="gray", anchor=False)
        question(shown)
    step("bare_other.py", sheet.result, "main_step_result")


sheet = bare_texts.texts_of(st.query_params["a"])
st.title(bare_texts.TITLE, anchor=False)
st.text_input(bare_texts.TITLE_LABEL, key="title", max_chars=120, placeholder=bare_texts.TITLE_EXAMPLE, live=True)
st.progress(sheet.done, text=sheet.progress)
asked = sheet.questions.get(st.query_params.get("q", ""))
if asked is None:
    every(sheet)
else:
    one(sheet, asked)
