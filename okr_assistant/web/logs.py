"""What the log may hold: no query strings, no tokens, no answers.

uvicorn writes the whole address of every request and websocket, and Streamlit a traceback of every uncaught
error; both may carry somebody's answers. Streamlit gives each of its modules a logger with a handler of its
own, so a filter would have to be hung on each; the one place that sees every record is the record factory.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from okr_assistant import audit
from okr_assistant.clock import TOKEN_LENGTH
from okr_assistant.settings import Settings
from okr_assistant.web import request_log
from okr_assistant.web.log_lines import Lines, write_all_as

# To the next white space: an address ends there, and a query may hold every other sign.
_QUERY = re.compile(r"\?\S+")
# Addresses whose path is itself a result, or the key to one, to a room or to a seat in it; or to a file that was
# made for a page or sent by one.
_SECRET_PATH = re.compile(
    r"(?<![\w/])((?:https?://[^/\s\"']+)?/+(?:[prow]|media|_stcore/upload_file)/)[^\s\"'<>?]+", re.IGNORECASE
)
# A key wherever else somebody put it, as in an address with something before it.
_KEY = re.compile(rf"(?<![0-9A-Za-z])[0-9A-Za-z]{{{TOKEN_LENGTH}}}(?![0-9A-Za-z])")
_FRAMES = 6


def set_up(settings: Settings) -> None:
    """Have this process log as the operator asks: private, one line a record, and what they have to know."""
    keep_private(full_tracebacks=settings.full_tracebacks)
    write_all_as(Lines(as_json=settings.log == "json"))
    logging.getLogger(audit.__name__).setLevel(logging.INFO)
    logging.getLogger(request_log.__name__).setLevel(logging.INFO if settings.log_requests else logging.WARNING)


def keep_private(*, full_tracebacks: bool = False) -> None:
    """From now on no log record of this process carries a query string, a result's address or error text.

    ``full_tracebacks`` leaves errors as they are, for work on the code.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "keeps_private", False):
        make = make.inner  # type: ignore[attr-defined]

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        record.args = _clean_args(record.args, full_tracebacks)
        record.msg = _clean(record.msg, full_tracebacks)
        if not full_tracebacks:
            _shorten(record)
        return record

    factory.keeps_private = True  # type: ignore[attr-defined]
    factory.inner = make  # type: ignore[attr-defined]
    logging.setLogRecordFactory(factory)


def redacted(text: str) -> str:
    """``text`` without query strings, without what follows ``/p/`` and the like in addresses, and without keys."""
    return _KEY.sub("…", _SECRET_PATH.sub(r"\1…", _QUERY.sub("?…", text)))


def where(error: BaseException) -> str:
    """The kind of an error and the lines it came through, innermost first, and nothing of its message."""
    steps = [f"{type(error).__name__} at"]
    trace: TracebackType | None = error.__traceback__
    lines = []
    while trace:
        lines.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join([*steps, " < ".join(reversed(lines[-_FRAMES:])) or "an unknown line"])


def _clean(value: Any, full_tracebacks: bool) -> Any:
    if isinstance(value, BaseException) and not full_tracebacks:
        return where(value)
    return redacted(value) if isinstance(value, str) else value


def _clean_args(args: Any, full_tracebacks: bool) -> Any:
    if isinstance(args, Mapping):
        return {key: _clean(value, full_tracebacks) for key, value in args.items()}
    return tuple(_clean(value, full_tracebacks) for value in args) if isinstance(args, tuple) else args


def _shorten(record: logging.LogRecord) -> None:
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg, record.args = f"{record.getMessage()}: {where(error)}", ()
    record.exc_info = record.exc_text = record.stack_info = None
