import streamlit as st

st.title("Should this work have OKRs?")
