"""The page of the plain app: twelve questions as radios, and a chart of what was chosen."""

import altair as alt
import pandas as pd
import streamlit as st

QUESTIONS = 12
OPTIONS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")

st.title("Twelve questions")
chosen = [st.radio(f"Question {place + 1}", OPTIONS, key=f"q{place}") for place in range(QUESTIONS)]
counts = pd.DataFrame({"option": OPTIONS, "answers": [chosen.count(option) for option in OPTIONS]})
chart = alt.Chart(counts).mark_bar().encode(x="answers", y=alt.Y("option", sort=None))
st.altair_chart(chart, width="stretch")
