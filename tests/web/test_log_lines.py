"""How a record is written: one line, as text or as JSON, whatever is in it and whoever writes it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from okr_assistant.web.log_lines import REQUEST, Lines
from okr_assistant.web.request_log import HEADER, RequestLog
from tests.serving import clean_environment
from tests.web.test_middleware import Inner, ask, header

TEXT, JSON = Lines(as_json=False), Lines(as_json=True)


def record(message: str, *args: object, **facts: object) -> logging.LogRecord:
    made = logging.LogRecord("okr_assistant.x", logging.WARNING, __file__, 1, message, args, None)
    made.created = 1_790_000_000.0625
    made.facts = facts
    return made


def test_a_line_of_text_has_time_level_logger_message_and_facts() -> None:
    line = TEXT.format(record("room %s", "made", room="0a1b2c3d"))
    assert line == "2026-09-21T14:13:20.062Z WARNING okr_assistant.x: room made room=0a1b2c3d"


def test_a_line_of_json_has_the_same() -> None:
    assert json.loads(JSON.format(record("room %s", "made", room="0a1b2c3d", count=3))) == {
        "time": "2026-09-21T14:13:20.062Z",
        "level": "WARNING",
        "logger": "okr_assistant.x",
        "message": "room made",
        "room": "0a1b2c3d",
        "count": 3,
    }


@pytest.mark.parametrize("lines", [TEXT, JSON])
@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[31m", "\x00", "\x85", "\u2028", "\u202e", "\ud800"])
def test_nobody_writes_a_second_line_or_steers_a_terminal(lines: Lines, sign: str) -> None:
    line = lines.format(record("origin %s", f"a{sign}2026 INFO forged", room=sign))
    assert sign not in line
    assert len(line.splitlines()) == 1
    line.encode()


@pytest.mark.parametrize("lines", [TEXT, JSON])
def test_a_record_that_cannot_be_put_together_is_a_line_all_the_same(lines: Lines) -> None:
    assert "three %s %s %s" in lines.format(record("three %s %s %s", "one"))


@pytest.mark.parametrize("lines", [TEXT, JSON])
def test_what_is_logged_for_a_request_has_its_id(lines: Lines) -> None:
    token = REQUEST.set("0123456789abcdef")
    try:
        assert "0123456789abcdef" in lines.format(record("failed"))
    finally:
        REQUEST.reset(token)
    assert "0123456789abcdef" not in lines.format(record("failed"))


def test_the_answer_has_the_id_of_the_line_and_no_two_are_alike(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "okr_assistant.web.request_log"):
        ids = [header(ask(RequestLog(Inner({})), "/r/SECRET", method="POST"), HEADER.lower()) for _ in range(2)]
    assert len({tuple(each) for each in ids}) == 2
    facts = [vars(found)["facts"] for found in caplog.records]
    assert [{**each, "ms": 0} for each in facts] == [
        {"method": "POST", "route": "none", "status": 200, "ms": 0}
    ] * 2, "without a route there is no address either"


PRINTED_PAST_THE_LOG = """
import gc, logging, threading, warnings
from okr_assistant.settings import read_settings
from okr_assistant.web import logs
logs.set_up(read_settings())

class Fails:
    def __del__(self): raise ValueError("SECRET")
    def __str__(self): raise ValueError("SECRET")

    def write(self, text): raise OSError("SECRET")

def fail(): raise ValueError("SECRET")

thread = threading.Thread(target=fail); thread.start(); thread.join()
Fails(); gc.collect()
logging.getLogger("some.library").warning("%s", Fails())
logging.getLogger("some.library").warning("one of %d", "SECRET")
late = logging.getLogger("made.later")
late.propagate = False
late.addHandler(logging.StreamHandler())
late.handlers[0].setFormatter(logging.Formatter("%(message)s of its own form"))
late.addHandler(logging.StreamHandler(Fails()))
late.error("told")
warnings.warn("careful")
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_would_be_printed_past_the_log_is_in_it_without_values(form: str) -> None:
    """Errors of threads and in cleaning up, of logging itself, and of handlers that come later."""
    done = subprocess.run(
        [sys.executable, "-c", PRINTED_PAST_THE_LOG],
        env=clean_environment({"OKR_ASSISTANT_LOG": form}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == ""
    assert "SECRET" not in done.stderr
    for said in (
        "A thread failed: ValueError at ",
        "Cleaning up failed: ValueError at ",
        "one of %d",
        "told",
        "careful",
    ):
        assert said in done.stderr
    lines = done.stderr.splitlines()
    if form == "json":
        assert all(json.loads(line)["level"] in {"WARNING", "ERROR"} for line in lines)
    else:
        assert all(line.startswith("20") for line in lines)
    assert "of its own form" not in done.stderr


def test_full_tracebacks_are_kept_for_work_on_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTED_PAST_THE_LOG],
        env=clean_environment({"OKR_ASSISTANT_LOG": "json", "OKR_ASSISTANT_FULL_TRACEBACKS": "true"}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    failed = next(json.loads(line) for line in done.stderr.splitlines() if "A thread failed" in line)
    assert failed["traceback"].endswith("ValueError: SECRET")
