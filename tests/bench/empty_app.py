"""The empty app, ``python -m tests.bench.empty_app PORT``: our settings, compressed, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from okr_assistant.web.options import run_options, set_at_once

SCRIPT = Path(__file__).with_name("empty_main.py")

if __name__ == "__main__":
    options = run_options("127.0.0.1", int(sys.argv[1]), None, watch=False)
    set_at_once(options)
    st.App(SCRIPT, middleware=[Middleware(GZipMiddleware)]).run(config=options)
