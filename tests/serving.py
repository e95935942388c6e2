"""Starting the real server in a process of its own, for tests of what only a real one shows."""

from __future__ import annotations

import atexit
import functools
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]

OKR_ASSISTANT = [sys.executable, "-c", "from okr_assistant.cli import main; main()"]
"""The command, with the interpreter that runs the tests."""

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP okr.test 127.0.0.1",  # see MEETING_ROOM
]

MEETING_ROOM = "okr.test"
"""This machine under a name that is not localhost. Browsers trust it as little as any address in a local network:
plain http, no clipboard; and a QR code with it is worth showing."""


@dataclass
class Answer:
    """One HTTP answer, its body as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Server:
    """A running server on 127.0.0.1 and what it has printed."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def data(self) -> Path:
        """The folder of its store, unless it was told another."""
        return self.log.with_name(f"{self.log.name}.data")

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            lowered = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, lowered, response.read())
        finally:
            connection.close()

    def wait_until_up(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            try:
                if self.get("/_stcore/health").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer within {seconds} s:\n{self.output()}")


def chromium_path() -> str:
    """A Chromium of this machine; without one a test fails, because a skipped browser test proves nothing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium found: `make test` installs one, or says what to install"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, headless, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This environment without what would change how the app starts, and with a data folder for tests only."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OKR_ASSISTANT_", "STREAMLIT_"))}
    return kept | {"OKR_ASSISTANT_DATA": shared_data_folder()} | dict(extra or {})


@functools.cache
def shared_data_folder() -> str:
    """A folder that is gone when this process ends; never the data of whoever runs the tests."""
    folder = tempfile.TemporaryDirectory(prefix="okr-assistant-tests-")
    atexit.register(folder.cleanup)
    return folder.name


@contextmanager
def running(
    command: Sequence[str], port: int, log: Path, *, cwd: Path, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start ``command``, wait until it answers at ``port``, and stop it, whatever happens.

    Its data are in a folder beside its ``log``, unless ``env`` names another.
    """
    data = log.with_name(f"{log.name}.data")
    data.mkdir(exist_ok=True)
    full_env = clean_environment({"OKR_ASSISTANT_DATA": str(data)} | dict(env or {}))
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=cwd, env=full_env, stdout=out, stderr=subprocess.STDOUT)
    server = Server(process, port, log)
    try:
        server.wait_until_up()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


@contextmanager
def sharing_server(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The whole app on a store in memory, with links that tests know; see ``tests/web/shared_app.py``."""
    port = free_port()
    command = [sys.executable, "-m", "tests.web.shared_app", str(port)]
    with running(command, port, folder / "log", cwd=CHECKOUT, env=env) as server:
        yield server
