"""The real server, started in each of the ways the README names."""

from __future__ import annotations

import gzip
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from okr_assistant.paths import ROOT
from okr_assistant.store import FILE_NAME
from tests.serving import OKR_ASSISTANT, Server, clean_environment, free_port, running
from tests.web.conftest import listen_at

pytestmark = pytest.mark.server

PROMISED_HEADERS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
}


def test_it_says_where_it_is_once(server: Server) -> None:
    lines = [line for line in server.output().splitlines() if "http://" in line]
    assert lines == [f"OKR Assistant is at {server.url}"]


def test_it_says_nothing_else_at_start(server: Server) -> None:
    """Streamlit once warned here that its [server] options had changed and it had to be started again."""
    assert server.output().splitlines()[0] == f"OKR Assistant is at {server.url}"
    assert "restart" not in server.output()


def test_health_is_json(server: Server) -> None:
    answer = server.get("/healthz")
    assert (answer.status, answer.body) == (200, b'{"status":"ok"}')
    assert answer.headers["cache-control"] == "no-store"


def test_search_engines_may_read_the_start_page_only(server: Server) -> None:
    everybody, previews, *rest = server.get("/robots.txt").body.decode().split("\n\n")
    assert rest == []
    assert everybody.splitlines() == ["User-agent: *", "Allow: /$", "Disallow: /"]
    rules = [line for line in previews.splitlines() if not line.startswith("User-agent: ")]
    assert rules == ["Allow: /$", "Allow: /p/", "Allow: /r/", "Disallow: /"], "what shows a link in a chat"


@pytest.mark.parametrize(
    "path", ["/", "/assess", "/healthz", "/robots.txt", "/_stcore/health", "/_stcore/metrics"]
)
def test_every_answer_has_the_security_headers(server: Server, path: str) -> None:
    assert set(server.get(path).headers) >= PROMISED_HEADERS


def test_a_refusal_has_the_security_headers_too(server: Server) -> None:
    answer = server.get("/", {"Host": "evil.example"})
    assert answer.status == 403
    assert set(answer.headers) >= PROMISED_HEADERS


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/metrics/"]
)
def test_metrics_and_the_agent_api_are_closed(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404 or server.get(answer.headers["location"]).status == 404


def test_streamlits_scripts_come_compressed_and_whole(server: Server) -> None:
    page = server.get("/", {"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.body).decode()
    script = re.search(r'src="\.(/static/js/index[^"]+)"', html)
    assert script
    plain = server.get(script[1])
    for _ in ("compressed now", "kept from then"):
        small = server.get(script[1], {"Accept-Encoding": "gzip, br"})
        assert gzip.decompress(small.body) == plain.body
        assert len(small.body) < len(plain.body) / 2
        assert set(small.headers) >= PROMISED_HEADERS


def test_a_browser_that_has_the_script_gets_no_second_copy(server: Server) -> None:
    html = server.get("/").body.decode()
    script = re.search(r'src="\.(/static/js/index[^"]+)"', html)
    assert script
    tag = server.get(script[1], {"Accept-Encoding": "gzip"}).headers["etag"]
    again = server.get(script[1], {"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


def _open_websocket(server: Server, host: str, origin: str | None) -> None:
    with (
        socket.create_connection(("127.0.0.1", server.port)) as raw,
        connect(f"ws://{host}:{server.port}/_stcore/stream", sock=raw, origin=origin),  # type: ignore[arg-type]
    ):
        pass


def test_our_own_page_opens_a_websocket(server: Server) -> None:
    _open_websocket(server, "localhost", server.url)
    _open_websocket(server, "127.0.0.1", None)


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    ("host", "origin"), [("evil.example", None), ("localhost", "https://evil.example"), ("localhost", "null")]
)
def test_a_websocket_of_another_site_is_refused(server: Server, host: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        _open_websocket(server, host, origin)
    assert refusal.value.response.status_code == 403


@pytest.mark.robustness(43)
@pytest.mark.parametrize("path", ["/../../etc/passwd", "/static/..%2f..%2f..%2fetc%2fpasswd", "//evil.example/"])
def test_a_path_that_leads_out_is_a_bad_request(server: Server, path: str) -> None:
    assert server.get(path).status == 400


def _ways_to_start(port: int, launcher: str) -> dict[str, list[str]]:
    module = [sys.executable, "-m"]
    return {
        "python app.py": [sys.executable, launcher],
        "streamlit run app.py": [*module, "streamlit", "run", launcher, "--server.port", str(port)],
        "uvicorn app:app": [*module, "uvicorn", "app:app", "--app-dir", str(ROOT), "--port", str(port)],
    }


@pytest.mark.parametrize("way", _ways_to_start(0, ""))
def test_every_way_of_starting_gives_the_same_app(way: str, tmp_path: Path, launcher: str) -> None:
    """In a folder that is not the checkout, where none of them finds our Streamlit file by itself."""
    port = free_port()
    listen_at(port, tmp_path)
    with running(_ways_to_start(port, launcher)[way], port, tmp_path / "log", cwd=tmp_path) as server:
        assert set(server.get("/").headers) >= PROMISED_HEADERS
        assert server.get("/healthz").status == 200
        assert server.get("/_stcore/metrics").status == 404
        assert f":{port}" in server.output(), "it says where it is"


def _fails(command: Sequence[str], cwd: Path, env: dict[str, str] | None = None) -> str:
    """The one line that a start which cannot be prints, with exit code 2."""
    done = subprocess.run(
        command, cwd=cwd, env=clean_environment(env), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_port_in_use_is_one_line_and_exit_code_2(server: Server, tmp_path: Path, launcher: str) -> None:
    line = _fails([*OKR_ASSISTANT, "serve", "--port", str(server.port)], tmp_path)
    assert str(server.port) in line
    listen_at(server.port, tmp_path)
    assert str(server.port) in _fails([sys.executable, launcher], tmp_path)


@pytest.mark.parametrize("host", ["198.51.100.1", "no-such-host.invalid"])
def test_a_host_that_is_not_this_machine_is_one_line_and_exit_code_2(host: str, tmp_path: Path) -> None:
    assert host in _fails([*OKR_ASSISTANT, "serve", "--host", host, "--port", str(free_port())], tmp_path)


@pytest.mark.parametrize("way", _ways_to_start(0, ""))
def test_a_wrong_setting_stops_every_way_of_starting(way: str, tmp_path: Path, launcher: str) -> None:
    port = free_port()
    listen_at(port, tmp_path)
    command = _ways_to_start(port, launcher)[way]
    assert "OKR_ASSISTANT_PUBLIC_URL" in _fails(command, tmp_path, {"OKR_ASSISTANT_PUBLIC_URL": "okr.example.org"})


@pytest.mark.robustness(6)
@pytest.mark.parametrize("way", _ways_to_start(0, ""))
def test_a_data_folder_that_is_not_there_stops_every_way_of_starting(
    way: str, tmp_path: Path, launcher: str
) -> None:
    port = free_port()
    listen_at(port, tmp_path)
    folder = tmp_path / "not mounted"
    line = _fails(_ways_to_start(port, launcher)[way], tmp_path, {"OKR_ASSISTANT_DATA": str(folder)})
    assert line.startswith(f"{folder}: there is no such folder")
    assert "OKR_ASSISTANT_DATA" in line
    assert not folder.exists()


@pytest.mark.robustness(7)
def test_a_database_of_another_program_stops_the_start_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("Dear diary\n" * 1000)
    line = _fails(
        [*OKR_ASSISTANT, "serve", "--port", str(free_port())], tmp_path, {"OKR_ASSISTANT_DATA": str(tmp_path)}
    )
    assert line.startswith(f"{file}: ")
    assert file.read_text() == "Dear diary\n" * 1000


def test_a_server_that_is_stopped_leaves_one_file(tmp_path: Path) -> None:
    """The write-ahead log is in the database, so that a copy of it is whole."""
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, tmp_path / "log", cwd=tmp_path, env={"OKR_ASSISTANT_DATA": str(tmp_path)}):
        assert (tmp_path / FILE_NAME).is_file()
    assert [file.name for file in tmp_path.glob(f"{FILE_NAME}*")] == [FILE_NAME]


@pytest.mark.parametrize("way", _ways_to_start(0, ""))
def test_the_public_address_is_a_host_and_an_origin(way: str, tmp_path: Path, launcher: str) -> None:
    """A proxy may hand on the public name as the host, or use one of its own."""
    port = free_port()
    listen_at(port, tmp_path)
    env = {"OKR_ASSISTANT_PUBLIC_URL": "https://okr.example.org"}
    command = _ways_to_start(port, launcher)[way]
    with running(command, port, tmp_path / "log", cwd=tmp_path, env=env) as server:
        assert server.get("/", {"Host": "okr.example.org"}).status == 200
        _open_websocket(server, "okr.example.org", "https://okr.example.org")
        _open_websocket(server, "localhost", "https://okr.example.org")


def test_the_public_address_is_printed(tmp_path: Path) -> None:
    port = free_port()
    env = {"OKR_ASSISTANT_PUBLIC_URL": "https://okr.example.org"}
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, tmp_path / "log", cwd=tmp_path, env=env) as server:
        assert "In links: https://okr.example.org" in server.output().splitlines()
        kept = f"What people keep is in {tmp_path}"
        assert server.output().splitlines()[-1].startswith(kept)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_is_quiet(how: signal.Signals, tmp_path: Path) -> None:
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, tmp_path / "log", cwd=tmp_path) as server:
        server.process.send_signal(how)
        server.process.wait(10)
        assert "Traceback" not in server.output()
