"""What the log must not hold."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import connect

from okr_assistant.paths import ROOT
from okr_assistant.web import logs
from tests.serving import Server, free_port, running


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /assess?a=SECRET HTTP/1.1", "GET /assess?… HTTP/1.1"),
        ('"WebSocket /_stcore/stream?a=SECRET&b=2" [accepted]', '"WebSocket /_stcore/stream?… [accepted]'),
        ("GET /p/SECRET HTTP/1.1", "GET /p/… HTTP/1.1"),
        ("GET /r/SECRET/x?y=1 HTTP/1.1", "GET /r/…?… HTTP/1.1"),
        ("/p/SECRET", "/p/…"),
        ("POST /o/SECRET HTTP/1.1", "POST /o/… HTTP/1.1"),
        ("GET /r/SECRET/remark?question=work_kind HTTP/1.1", "GET /r/…?… HTTP/1.1"),
        ("GET /p/SECRET-TEXT/card.png HTTP/1.1", "GET /p/… HTTP/1.1"),
        ("POST /w/SECRET/vote HTTP/1.1", "POST /w/… HTTP/1.1"),
        ("GET /w/SECRET/me/SECRET HTTP/1.1", "GET /w/… HTTP/1.1"),
        ("GET /media/SECRET.csv HTTP/1.1", "GET /media/… HTTP/1.1"),
        ("PUT /_stcore/upload_file/SECRET/SECRET HTTP/1.1", "PUT /_stcore/upload_file/… HTTP/1.1"),
        ("GET //r/SECRET HTTP/1.1", "GET //r/… HTTP/1.1"),
        ("GET /R/SECRET HTTP/1.1", "GET /R/… HTTP/1.1"),
        ("GET /okr/r/SECRET0000000000000000 HTTP/1.1", "GET /okr/r/… HTTP/1.1"),
        ("http://localhost:8501/r/SECRET", "http://localhost:8501/r/…"),
        ("Is it there? Yes", "Is it there? Yes"),
        ("GET /help/p/page HTTP/1.1", "GET /help/p/page HTTP/1.1"),
        ("GET /pages HTTP/1.1", "GET /pages HTTP/1.1"),
    ],
)
def test_queries_and_the_addresses_of_results_are_cut(line: str, kept: str) -> None:
    assert logs.redacted(line) == kept


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a logger writes while our record factory is in place."""
    before = logging.getLogRecordFactory()
    stream = io.StringIO()
    logger = logging.getLogger("test.private")
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    logs.keep_private()
    yield stream
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def _fail(message: str) -> None:
    try:
        int("SECRET")
    except ValueError:
        logging.getLogger("test.private").exception(message)


def test_every_form_of_a_log_call_is_cleaned(lines: io.StringIO) -> None:
    logger = logging.getLogger("test.private")
    logger.warning("GET %s %d", "/assess?a=SECRET", 200)
    logger.warning("%(path)s", {"path": "/p/SECRET"})
    logger.warning(f"/assess?a={'SECRET'}")
    logger.warning("it failed: %s", ValueError("SECRET"))
    logger.warning("100% ?")
    assert "SECRET" not in lines.getvalue()
    assert "GET /assess?… 200" in lines.getvalue()
    assert "ValueError" in lines.getvalue()


@pytest.mark.robustness(44)
def test_an_error_is_its_kind_and_its_lines(lines: io.StringIO) -> None:
    _fail("It failed at 100%")
    assert "SECRET" not in lines.getvalue()
    assert "Traceback" not in lines.getvalue()
    assert lines.getvalue().startswith("It failed at 100%: ValueError at ")
    assert f"{__name__}:" in lines.getvalue()


def test_full_tracebacks_can_be_asked_for(lines: io.StringIO) -> None:
    logs.keep_private(full_tracebacks=True)
    _fail("It failed at /assess?a=HIDDEN")
    assert "Traceback" in lines.getvalue()
    assert "SECRET" in lines.getvalue()
    assert "HIDDEN" not in lines.getvalue()


def test_installing_it_twice_does_not_pile_up(lines: io.StringIO) -> None:
    once = logging.getLogRecordFactory().inner  # type: ignore[attr-defined]
    logs.keep_private()
    assert logging.getLogRecordFactory().inner is once  # type: ignore[attr-defined]


def _visit_with_secrets(server: Server) -> None:
    server.get("/assess?a=SECRET")
    server.get("/p/SECRET")
    server.get("/_stcore/metrics?a=SECRET")
    server.get("/?a=SECRET", {"Host": "evil.example"})
    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream?a=SECRET"):
        pass


@pytest.mark.server
def test_under_uvicorn_the_access_log_has_the_paths_and_no_secret(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app:app", "--app-dir", str(ROOT), "--port", str(port)]
    with running([*command, "--access-log"], port, tmp_path / "log", cwd=tmp_path) as server:
        _visit_with_secrets(server)
    assert "GET /assess?… " in server.output(), "the access log was on"
    assert "WebSocket /_stcore/stream?…" in server.output(), "websockets were logged"
    assert "SECRET" not in server.output()


@pytest.mark.robustness(44)
@pytest.mark.server
def test_under_our_own_command_no_secret_is_printed(server: Server) -> None:
    _visit_with_secrets(server)
    assert "SECRET" not in server.output()
