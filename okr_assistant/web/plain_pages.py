"""Plain HTML pages of our own: no script, no websocket, nothing from elsewhere, everything in one answer.

What a template is given, texts that people typed included, is escaped as text; no template can switch that off
(a test reads them all).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from okr_assistant.charts.palette import colour
from okr_assistant.paths import LOCALES, TEMPLATES
from okr_assistant.words import Words, read_words

NO_STORE = "no-store"
_STYLE = "plain.css"
_NOT_FOUND, _UNAVAILABLE, _ERROR = 404, 503, 500


def page(template: str, status: int = 200, *, cache_control: str = NO_STORE, **values: Any) -> HTMLResponse:
    """Return the page of a template; what the template uses and ``values`` does not have is an error."""
    words = interface_words()
    html = _environment().get_template(template).render(words=words, colour=colour, **values)
    return HTMLResponse(html, status, {"Cache-Control": cache_control, **_headers()})


@cache
def interface_words() -> Words:
    """The words of the pages; here also while there are no services."""
    return read_words(LOCALES)


def not_here() -> HTMLResponse:
    """Return the one page, the same bytes each time, for stored links that are unknown, expired or ended."""
    return _notice("not_here", ("copy", "ask"), _NOT_FOUND)


def damaged() -> HTMLResponse:
    """Return the page for a portable link that cannot be read."""
    return _notice("not_here", ("copy", "damaged_ask"), _NOT_FOUND, "damaged")


def other_model() -> HTMLResponse:
    """Return the page for a link whose model is not here as it was."""
    return _notice("not_here", ("no_model_ask",), _NOT_FOUND, "no_model")


def trouble(kind: str = "", status: int = _ERROR) -> HTMLResponse:
    """Return the page for what went wrong on our side, or with a form; it names neither cause nor place."""
    answer = _notice("trouble", (), status, kind)
    if status == _UNAVAILABLE:
        answer.headers["Retry-After"] = "60"
    return answer


def storage_trouble() -> HTMLResponse:
    """Return the page for a store that cannot be read or written now."""
    return trouble("store", _UNAVAILABLE)


def busy() -> HTMLResponse:
    """Return the page for a picture or a file that would have to wait for too many others."""
    return trouble("busy", _UNAVAILABLE)


def _notice(table: str, steps: tuple[str, ...], status: int, kind: str = "") -> HTMLResponse:
    words = interface_words()
    title = words(f"{table}.{kind}_title" if kind else f"{table}.title")
    text = words(f"{table}.{kind}" if kind else f"{table}.text")
    return page("notice.html", status, title=title, text=text, steps=[words(f"{table}.{step}") for step in steps])


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _headers() -> dict[str, str]:
    """Nothing may run or be loaded but our own style, known by its hash, and pictures of ours."""
    style = _environment().get_template(_STYLE).render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return {"Content-Security-Policy": "; ".join(policy), "X-Robots-Tag": "noindex, nofollow"}
