"""The launcher: settings, store, services for the pages, the app. Nothing else is decided here.

`okr-assistant serve`, `python app.py`, `streamlit run app.py` and `uvicorn app:app` all start it. Streamlit
finds the app by the words `app = st.App(`.
"""

import streamlit as st

from okr_assistant.housekeeping import clean_up_if_possible
from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.settings import read_settings
from okr_assistant.store import open_store
from okr_assistant.web.context import build_services, connect
from okr_assistant.web.server import app_parts, one_line_and_exit, run

with one_line_and_exit():
    settings = read_settings()
    store = open_store(settings.data, settings.database_url)
    clean_up_if_possible(store, store.clock)
    connect(build_services(store, settings.public_url))
app = st.App(MAIN_SCRIPT, **app_parts(settings))

if __name__ == "__main__":
    with one_line_and_exit():
        run(app, settings)
