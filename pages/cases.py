import streamlit as st

from okr_assistant.decision.agreement import evaluate
from okr_assistant.views.agreement import agreement_body
from okr_assistant.views.cases import conclusion, source
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md

words = services().words
model = services().models.newest
cases = services().cases

st.title(words("evaluate.title"), anchor=False)
st.markdown(words("cases.about"))
st.markdown("\n".join(agreement_body(evaluate(model, cases), words)))
st.header(words("cases.all"), anchor=False)
for case in cases:
    with st.expander(md(case.id)):
        st.markdown(f"{md(case.situation)}\n\n**{md(conclusion(model, case, words))}** {md(case.why)}")
        st.markdown(cite([source(case)]))
