"""A tuned plain Streamlit app, ``python -m tests.bench.widgets_app PORT``: our settings, one page, no state.

What a vote would cost if it were a Streamlit page.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from okr_assistant.web.options import run_options, set_at_once

SCRIPT = Path(__file__).with_name("widgets_page.py")

if __name__ == "__main__":
    options = run_options("127.0.0.1", int(sys.argv[1]), None, watch=False)
    set_at_once(options)
    st.App(SCRIPT).run(config=options)
