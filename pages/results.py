import streamlit as st

from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.parts import results
from okr_assistant.web.text import md

words = services().words
id_ = browser()

st.title(words("results.title"), anchor=False)
if id_ is None:
    st.markdown(md(words("results.no_cookie")))
else:
    results.listed(id_)
