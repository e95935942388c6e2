"""The API of a real server: the examples of its manual, its limits per client, and its log."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_assistant.paths import ROOT
from tests.serving import CHECKOUT, OKR_ASSISTANT, Server, free_port, running

pytestmark = pytest.mark.server

MANUAL = ROOT / "docs" / "api.md"
MARK = "MARKEDTITLE"


@pytest.fixture(scope="module")
def api_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`okr-assistant serve`, whose limits nobody else uses up."""
    folder, port = tmp_path_factory.mktemp("api"), free_port()
    with running([*OKR_ASSISTANT, "serve", "--port", str(port)], port, folder / "log", cwd=CHECKOUT) as started:
        yield started


def examples() -> list[tuple[str, str]]:
    """Every call of the manual, with the answer that is shown under it."""
    blocks = re.findall(r"^```shell\n(.*?)^```$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [
        found for block in blocks for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


def test_the_manual_has_an_example_of_every_operation_and_of_an_error() -> None:
    called = {re.sub(r".*/api/v1/(\w+).*", r"\1", command) for command, _ in examples()}
    assert called == {"assess", "batch", "model", "links"}
    assert any('"status":422' in shown for _, shown in examples())


@pytest.mark.parametrize(("command", "shown"), examples())
def test_an_example_of_the_manual_gives_what_it_says(command: str, shown: str, api_server: Server) -> None:
    assert shutil.which("curl"), "the examples of docs/api.md need curl"
    asked = command.replace("http://localhost:8501", api_server.url)
    assert asked != command
    done = subprocess.run(["sh", "-c", asked], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert doctest.OutputChecker().check_output(shown, f"{done.stdout}\n", doctest.ELLIPSIS), done.stdout


def posted(server: Server, operation: str, body: object, *more: str) -> tuple[int, bytes]:
    sent = ["-H", "Content-Type: application/json", "-d", json.dumps(body), *more]
    command = ["curl", "-sS", "-w", "\n%{http_code}", f"{server.url}/api/v1/{operation}", *sent]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    found, _, status = done.stdout.rpartition(b"\n")
    return int(status), found


def test_a_link_opens_for_whoever_gets_it(api_server: Server) -> None:
    sheet = {"answers": {"work_kind": "sustain"}, "title": MARK}
    status, made = posted(api_server, "links", {"kind": "stored", "sheet": sheet, "notes": MARK})
    assert status == 201
    page = api_server.get(json.loads(made)["address"].removeprefix(api_server.url))
    assert page.status == 200
    assert MARK.encode() in page.body


def test_a_client_is_who_the_proxy_of_this_machine_says(api_server: Server) -> None:
    """uvicorn believes a proxy on 127.0.0.1: one of its clients uses up its own limit, and nobody else's."""
    batch = {"sheets": [{"answers": {}}] * 100}
    one, other = (("-H", f"X-Forwarded-For: {address}") for address in ("192.0.2.1", "192.0.2.2"))
    statuses = [posted(api_server, "batch?brief=true", batch, *one)[0] for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert posted(api_server, "batch?brief=true", batch, *other)[0] == 200


def test_what_is_not_there_is_no_page_of_the_app(api_server: Server) -> None:
    answer = api_server.get("/api/v1/nothing")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "set-cookie" not in answer.headers


def test_the_log_holds_nothing_of_what_was_sent(api_server: Server) -> None:
    status, made = posted(api_server, "links", {"kind": "stored", "sheet": {"answers": {}, "title": MARK}})
    assert status == 201
    posted(api_server, "assess", {"answers": {MARK: MARK}})
    output = Path(api_server.log).read_text(encoding="utf-8")
    token = json.loads(made)["address"].rpartition("/")[2]
    assert "OKR Assistant is at" in output
    for secret in (MARK, token):
        assert secret not in output
