"""The other pages of the bare app, which nobody opens."""

import streamlit as st

st.title("Another page")
