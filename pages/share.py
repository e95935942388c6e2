import streamlit as st

from okr_assistant.decision.assessment import assessment
from okr_assistant.views.result import result_view
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts import own_words, results, share
from okr_assistant.web.parts.goal_draft.written import goal_of_the_work
from okr_assistant.web.text import md, user_text

words = services().words
current = draft.current()

st.title(words("share.title"), anchor=False)
if not current.answers:
    st.markdown(md(words("share.nothing")))
    navigation.step("assess", words("start.one.link"), key="assess", main=True)
    st.stop()
found = assessment(current.model, current.sheet)
if current.title:
    user_text(current.title, "title_of_the_work")
st.markdown(f"**{md(result_view(current.model, found.result, words, settled=found.settled).sentence)}**")
if share.is_local():
    st.markdown(f"**{md(words('share.local'))}**")
share.portable(own_words.record())
st.header(words("own.title"), anchor=False)
st.markdown(md(words("own.about")))
own_words.own_words()
share.stored(found, own_words.record())
share.files(found, own_words.record(), goal_of_the_work())
results.keep(own_words.record())
share.empty(current.title)
navigation.link("result", words("share.back"))
