import streamlit as st

from okr_assistant.views.method import method_view
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.parts import method as show
from okr_assistant.web.text import md

words = services().words
view = method_view(draft.current().model, words)

st.title(words("method.title"), anchor=False)
st.markdown(words("method.how"))
st.markdown(md(view.counts))
show.questions(view)
show.rules(view)
show.approaches(view)
show.sources(view)
st.caption(words("method.version", version=view.version, digest=view.digest))
