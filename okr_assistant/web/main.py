"""The script that Streamlit runs for every interaction."""

import streamlit as st

from okr_assistant.paths import PAGES

st.navigation([st.Page(PAGES / "start.py", title="Start", default=True)], position="hidden").run()
