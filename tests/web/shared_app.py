"""The whole app on a store of its own, with a link for each level: ``python -m tests.web.shared_app PORT``."""

from __future__ import annotations

import sys

import streamlit as st

from okr_assistant.clock import SystemClock
from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.settings import read_settings
from okr_assistant.web import options
from okr_assistant.web.context import connect
from okr_assistant.web.server import app_parts, run
from tests.web.site import StillClock, a_site, share_samples

if __name__ == "__main__":
    settings = read_settings()
    options.set_at_once(options.run_options("127.0.0.1", int(sys.argv[1]), settings.public_url, watch=False))
    site = a_site(clock=StillClock(SystemClock().now()))
    share_samples(site)
    connect(site.services)
    app = st.App(MAIN_SCRIPT, **app_parts(settings))
    run(app, settings)
