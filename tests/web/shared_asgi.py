"""The same app as ``shared_app.py``, for ``uvicorn tests.web.shared_asgi:app``; one token makes the store fail."""

from __future__ import annotations

import streamlit as st

from okr_assistant.clock import SystemClock, hashed
from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.settings import Settings
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.web.context import connect
from okr_assistant.web.server import app_parts
from tests.web.site import StillClock, WatchedStore, a_site, share_samples

FAILS = "FAIL0000000000000000FF"


class FailingStore(WatchedStore):
    def link(self, token_hash: bytes) -> StoredLink | None:
        if token_hash == hashed(FAILS):
            raise RuntimeError(f"{FAILS} at /somewhere")
        return self.inner.link(token_hash)


site = a_site(clock=StillClock(SystemClock().now()), store=FailingStore())
share_samples(site)
connect(site.services)
app = st.App(MAIN_SCRIPT, **app_parts(Settings()))
