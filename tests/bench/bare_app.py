"""The launcher of the bare app, ``python -m tests.bench.bare_app PORT``: our settings and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from okr_assistant.web.options import run_options, set_at_once

SCRIPT = Path(__file__).with_name("bare_main.py")

if __name__ == "__main__":
    options = run_options("127.0.0.1", int(sys.argv[1]), None, watch=False)
    set_at_once(options)
    st.App(SCRIPT).run(config=options)
