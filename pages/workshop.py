import streamlit as st

from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.text import md
from okr_assistant.web.workshop.facilitator import rooms

words = services().words
id_ = browser()
rooms.go_on(id_)

st.title(words("workshop.title"), anchor=False)
st.markdown(md(words("workshop.lead")))
rooms.join()
if id_ is not None:
    rooms.listed(id_)
st.header(words("workshop.make_title"), anchor=False)
rooms.form(id_)
