"""How a record of the log is written: as one line of text, or as one line of JSON."""

from __future__ import annotations

import json
import logging
import sys
import threading
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

REQUEST: ContextVar[str] = ContextVar("okr_assistant_request", default="")
"""The random id of the request that is being answered, where requests are logged."""

_LOG = logging.getLogger(__name__)


class Lines(logging.Formatter):
    """Time in UTC, level, logger, message and facts. Control characters are written out: a record is one line."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._write = _json if as_json else _text

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; with full tracebacks, these are in JSON, or follow the line as they are."""
        return self._write(
            record, _message(record), self.formatException(record.exc_info) if record.exc_info else ""
        )


def write_all_as(lines: Lines) -> None:
    """From now on every handler of this process writes such lines, whoever made it and whenever.

    Streamlit has a handler for each of its modules, and uvicorn makes new ones when it starts.
    """
    logging.Handler.format = lambda _handler, record: lines.format(record)  # type: ignore[method-assign, assignment]
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    logging.captureWarnings(capture=True)
    # What would be printed past the log, with the values it is about.
    logging.raiseExceptions = False
    threading.excepthook = _thread_failed
    sys.unraisablehook = _cleaning_failed


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    _LOG.error("A thread failed", exc_info=failed.exc_value or failed.exc_type())


def _cleaning_failed(failed: Any) -> None:
    _LOG.error("Cleaning up failed", exc_info=failed.exc_value or failed.exc_type())


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # too few arguments, or one that cannot be shown
        return str(record.msg)


def _facts(record: logging.LogRecord) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = getattr(record, "facts", {})
    request = REQUEST.get()
    return {**facts, "request": request} if request else facts


def _text(record: logging.LogRecord, message: str, trace: str) -> str:
    facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
    line = f"{_time(record)} {record.levelname} {record.name}: {message}"
    return "\n".join(filter(None, (_one_line(f"{line} {facts}".rstrip()), trace)))


def _json(record: logging.LogRecord, message: str, trace: str) -> str:
    found = {"time": _time(record), "level": record.levelname, "logger": record.name, "message": message}
    return json.dumps({**found, **_facts(record), **({"traceback": trace} if trace else {})})


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _one_line(text: str) -> str:
    return "".join(
        sign.encode("unicode_escape").decode()
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else sign
        for sign in text
    )
