"""What all tests of pages share: sessions begin as quickly as they do on a server."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from okr_assistant.web.options import file_options
from tests.pages.rooms import Workshop, a_workshop, browser_now


@pytest.fixture(scope="session", autouse=True)
def _as_on_a_server() -> Iterator[None]:
    """A server looks through the installed packages for components once, and AppTest for every session; and it
    does not collect garbage after every run, as our settings say."""
    no_gc = "runner.postScriptGC"
    config.set_option(no_gc, file_options()[no_gc])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are told by each tab which browser it is in, for AppTest has no cookies."""
    monkeypatch.setattr("okr_assistant.web.browser.browser", browser_now)


@pytest.fixture
def workshop() -> Workshop:
    """A workshop that three have joined, with somebody who decides."""
    return a_workshop(decider="Dana").join("Ana", "Ben", "Chloé")
