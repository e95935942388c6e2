import streamlit as st

from okr_assistant.web import workshop
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.text import md

words = services().words
id_ = browser()

st.title(words("workshop.title"), anchor=False)
st.markdown(md(words("workshop.lead")))
workshop.join()
workshop.made(id_)
if id_ is not None:
    workshop.listed(id_)
st.header(words("workshop.make_title"), anchor=False)
workshop.form(id_)
