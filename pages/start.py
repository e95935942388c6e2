import streamlit as st

from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts.examples import examples
from okr_assistant.web.text import md

words = services().words

st.title(words("start.title"), anchor=False)
st.markdown(words("start.lead"))

if draft.current().answers:
    with st.container(border=True, key="continue"):
        st.markdown(f"**{md(words.counted('start.continue', len(draft.current().answers)))}**")
        with st.container(horizontal=True, key="continue_steps", gap="medium", vertical_alignment="center"):
            navigation.step("assess", words("start.continue_link"), key="continue", main=True)
            st.button(words("start.again"), on_click=draft.start_again, type="tertiary")

first, second = st.columns(2, border=True), st.columns(2, border=True)
with first[0]:
    st.header(words("start.one.title"), anchor=False)
    st.markdown(words("start.one.text"))
    navigation.step("assess", words("start.one.link"), key="one", main=not draft.current().answers)
    navigation.link("assess", words("start.all.link"), question=draft.ALL)
with first[1]:
    st.header(words("start.group.title"), anchor=False)
    st.markdown(words("start.group.text"))
    navigation.step("workshop", words("start.group.link"), key="group")
with second[0]:
    st.header(words("start.list.title"), anchor=False)
    st.markdown(words("start.list.text"))
    navigation.step("goal_map", words("start.list.link"), key="list")
with second[1]:
    st.header(words("start.examples.title"), anchor=False)
    st.markdown(words("start.examples.text"))
    for example in examples():
        navigation.link("result", md(example.title), to=example)

st.caption(words("start.promise"))
