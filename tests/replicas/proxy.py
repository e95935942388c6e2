"""A real nginx that runs the configuration in ``deploy/nginx``, with other ports and folders."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.serving import CHECKOUT, Server

SHIPPED = CHECKOUT / "deploy" / "nginx"


def nginx_path() -> str:
    """An nginx of this machine; without one a test fails, because a skipped test proves nothing."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    assert found, "no nginx found: `make test` installs one, or says what to install"
    return found


def write_configuration(folder: Path, site: str, others: Mapping[str, str]) -> Path:
    """Write the shipped configuration with this ``site`` file into ``folder``; return the main file.

    Everything in it is as it is shipped but for ``others``: what stands there, and what stands there now.
    """
    (folder / "tmp").mkdir()
    moved = {
        "/etc/nginx/okr-assistant/": f"{folder}/",
        "/etc/nginx/site.conf": f"{folder}/{site}",
        "/tmp/": f"{folder}/tmp/",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
    } | dict(others)
    texts = {
        name: (SHIPPED / name).read_text(encoding="utf-8")
        for name in ("nginx.conf", "okr-assistant.conf", "locations.conf", site)
    }
    for old in moved:
        assert any(old in text for text in texts.values()), f"{old} is not in the shipped configuration"
    any_of_them = re.compile("|".join(map(re.escape, moved)))
    for name, text in texts.items():
        (folder / name).write_text(any_of_them.sub(lambda old: moved[old.group()], text), encoding="utf-8")
    return folder / "nginx.conf"


def command(main: Path) -> list[str]:
    """How nginx is called with this configuration; its workers as the user who runs the tests."""
    user = " user root;" if os.geteuid() == 0 else ""
    return [nginx_path(), "-p", str(main.parent), "-c", str(main), "-g", f"daemon off;{user}"]


@contextmanager
def proxy(
    folder: Path, port: int, replicas: tuple[int, int], others: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start nginx at ``port`` before replicas at these ports, and stop it, whatever happens."""
    first, second = (f"127.0.0.1:{replica}" for replica in replicas)
    places = {"replica-1:8501": first, "replica-2:8501": second, "listen 8080": f"listen 127.0.0.1:{port}"}
    main = write_configuration(folder, "http.conf", places | dict(others or {}))
    log = folder / "said.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command(main), stdout=out, stderr=subprocess.STDOUT)
    server = Server(process, port, log)
    try:
        _wait_until_up(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _wait_until_up(server: Server, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.process.poll() is None, server.output()
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"no answer within {seconds} s:\n{server.output()}")
