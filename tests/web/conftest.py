"""What the tests in this folder have in common: a site without a server, a workshop in it, and real servers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_assistant.paths import ROOT
from tests.serving import Server, free_port, running, sharing_server
from tests.web.asgi import Client
from tests.web.people import Held, Person, hold
from tests.web.site import Site, a_site

_CHART_SCRIPT = """
import altair as alt, pandas as pd, streamlit as st

st.title("Chart")
bars = pd.DataFrame({"x": [1, 2, 3], "y": [3, 1, 2]})
st.altair_chart(alt.Chart(bars).mark_bar().encode(x="x:O", y="y:Q", tooltip="y"))
st.file_uploader("file")
if st.button("press"):
    st.write("pressed")
if st.button("fail"):
    raise ValueError("SECRET in an error")
"""

_CHART_LAUNCHER = """
import streamlit as st
from okr_assistant.settings import read_settings
from okr_assistant.web.server import app_parts, run

settings = read_settings()
app = st.App(__file__.replace("launcher.py", "script.py"), **app_parts(settings))
if __name__ == "__main__":
    run(app, settings)
"""


@pytest.fixture
def site() -> Site:
    """The app's own routes on an empty store, with time standing still."""
    return a_site()


@pytest.fixture
def client(site: Site) -> Client:
    """Somebody who asks for its addresses."""
    return Client(site)


@pytest.fixture
def held() -> Held:
    """A workshop that nobody has joined."""
    return hold()


@pytest.fixture
def in_vote(held: Held) -> Held:
    """A workshop in its first round."""
    held.facilitator.open_round()
    return held


@pytest.fixture
def kim(in_vote: Held) -> Person:
    """Somebody who votes in it."""
    return in_vote.person("Kim")


@pytest.fixture(scope="session")
def chart_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with a chart, an upload and a failing button behind our middleware, `python launcher.py`."""
    folder = tmp_path_factory.mktemp("chart")
    port = free_port()
    (folder / "script.py").write_text(_CHART_SCRIPT)
    (folder / "launcher.py").write_text(_CHART_LAUNCHER)
    listen_at(port, folder)
    with running([sys.executable, "launcher.py"], port, folder / "log", cwd=folder) as started:
        yield started


def listen_at(port: int, folder: Path) -> None:
    """Streamlit's own file in the folder of the start: the port for `python app.py` and `streamlit run`."""
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(f"[server]\nport = {port}\n")


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole app with a store of its own, in which there is a link for each level: ``site.SAMPLES``."""
    folder = tmp_path_factory.mktemp("shared")
    with sharing_server(folder) as started:
        yield started


@pytest.fixture(scope="session")
def launcher() -> str:
    return str(ROOT / "app.py")
