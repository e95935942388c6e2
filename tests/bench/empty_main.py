"""An empty page of Streamlit: the least that a page of it can cost."""

import streamlit as st

st.title("Empty")
