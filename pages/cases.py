import streamlit as st

from okr_assistant.views.published import published_view
from okr_assistant.web.context import services
from okr_assistant.web.parts import cases as show
from okr_assistant.web.text import md

words = services().words
st.title(words("evaluate.title"), anchor=False)
with st.spinner(words("cases.busy")):  # whoever comes first after a start waits until all cases are assessed
    view = published_view(services().models.newest, services().agreement, services().kept, words)
st.markdown(md(view.headline))
show.figures(view)
st.markdown(md(words("cases.about")))
show.disagreements(view)
show.by_source(view)
