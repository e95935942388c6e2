"""The launcher: settings, what the app needs, the app. Nothing else is decided here.

`okr-assistant serve`, `python app.py`, `streamlit run app.py` and `uvicorn app:app` all start it. Streamlit
finds the app by the words `app = st.App(`.
"""

import streamlit as st

from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.web.context import build_services, connect
from okr_assistant.web.server import app_parts, run_or_exit, settings_or_exit

settings = settings_or_exit()
connect(build_services())
app = st.App(MAIN_SCRIPT, **app_parts(settings))

if __name__ == "__main__":
    run_or_exit(app, settings)
