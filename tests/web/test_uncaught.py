"""Errors that nobody thought of, wherever they come up: no stack, path, token or answer leaves (robustness 44)."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from okr_assistant.paths import ROOT
from okr_assistant.web import logs
from tests.fuzz.test_routes import World, cookie
from tests.fuzz.test_routes import world as world
from tests.serving import Server, clean_environment

SECRETS = ("MARKED", "somebody", "Traceback", 'File "', "SECRETTOKEN")


@pytest.fixture
def _private_log() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    logs.keep_private()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.robustness(44)
@pytest.mark.usefixtures("_private_log")
def test_no_route_tells_what_failed(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever asks the store gets an error with everything in it; what asks nothing is answered as ever."""
    world.held.site.store.fails = RuntimeError(
        "/home/somebody/x.py: MARKED SECRETTOKEN0000000000001 answer=change"
    )
    try:
        answers = [world.client.get(address, cookie(seat)) for address, seat in world.asked]
        answers += [world.client.post(form.address, form.fields, cookie(form.cookie)) for form in world.forms]
    finally:
        world.held.site.store.fails = None
    failed = [answer for answer in answers if answer.status == 500]
    assert len(failed) > 15
    assert {answer.status for answer in answers} <= {200, 303, 307, 400, 404, 500}
    for answer in failed:
        assert b"Something went wrong on our side" in answer.body
        assert not [secret for secret in SECRETS if secret.encode() in answer.body]
    assert "RuntimeError at tests.web.site:" in caplog.text
    assert not [secret for secret in SECRETS if secret in caplog.text]


@pytest.mark.robustness(44)
@pytest.mark.server
def test_what_no_page_sends_over_a_websocket_leaves_no_stack_and_the_server_goes_on(server: Server) -> None:
    for sent in (b"", b"MARKED", b"\x00" * 1000, b"\xff" * 10_000, "MARKED text", "{" * 1000):
        with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream?a=MARKED") as socket:
            try:
                socket.send(sent)
                socket.recv(timeout=0.5)
            except (ConnectionClosed, TimeoutError):
                pass
    assert server.get("/healthz").status == 200
    assert not [secret for secret in SECRETS if secret in server.output()]


_START = """
import runpy
from okr_assistant import store

def fails(*_):
    raise RuntimeError("/home/somebody/x.py: MARKED postgresql://okr:MARKED@db/okr")

store.open_store = fails
runpy.run_path("app.py", run_name="__main__")
"""


@pytest.mark.robustness(44)
@pytest.mark.server
@pytest.mark.parametrize("tracebacks", [False, True])
def test_a_start_that_fails_by_itself_is_one_line(tracebacks: bool) -> None:
    environment = clean_environment({"OKR_ASSISTANT_FULL_TRACEBACKS": "true"} if tracebacks else {})
    done = subprocess.run(
        [sys.executable, "-c", _START], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ("Traceback" in done.stderr) is tracebacks
    if not tracebacks:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("RuntimeError at ")
        assert not [secret for secret in SECRETS if secret in done.stderr]
