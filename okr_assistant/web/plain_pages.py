"""Plain HTML pages of our own: no websocket, nothing from elsewhere, everything in one answer.

Those of workshops have a small script as well, which is a file of ours; all pages work without.

What a template is given, texts that people typed included, is escaped as text; no template can switch that off
(a test reads them all).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from okr_assistant.charts.palette import colour
from okr_assistant.paths import TEMPLATES
from okr_assistant.web import language
from okr_assistant.words import Words

NO_STORE = "no-store"
_STYLE = "plain.css"
NOT_LISTED = {"X-Robots-Tag": "noindex, nofollow"}
"""The header of what no search engine may keep, whoever links to it."""
_SEE_OTHER, _UNAVAILABLE = 303, 503


def page(
    template: str, status: int = 200, *, cache_control: str = NO_STORE, script: str = "", **values: Any
) -> HTMLResponse:
    """Return the page of a template; what the template uses and ``values`` does not have is an error.

    Only where ``script`` is the address of one may scripts of ours run, and ask this server.
    """
    words = interface_words()
    given = {"words": words, "colour": colour, "script": script, "languages": language.switches()}
    html = _environment().get_template(template).render(given | values)
    return HTMLResponse(html, status, {"Cache-Control": cache_control, **_headers(bool(script))})


def interface_words() -> Words:
    """The words of the pages, in the language of who asks; here also while there are no services."""
    return language.words_in(language.current().language)


@dataclass(frozen=True, slots=True)
class Notice:
    """A page that says what went wrong and names neither cause nor place: where its words are, and its status."""

    table: str
    status: int
    kind: str = ""
    steps: tuple[str, ...] = ()


NOT_HERE = Notice("not_here", 404, steps=("copy", "ask"))
"""The one page, the same bytes each time, for links and rooms that are unknown, expired, ended or deleted."""
DAMAGED = Notice("not_here", 404, "damaged", ("copy", "damaged_ask"))
"""For a portable link that cannot be read."""
OTHER_MODEL = Notice("not_here", 404, "no_model", ("no_model_ask",))
"""For a link or a room whose model is not here as it was."""
TROUBLE = Notice("trouble", 500)
BAD_FORM = Notice("trouble", 400, "form")
LARGE_FORM = Notice("trouble", 413, "large")
NO_STORAGE = Notice("trouble", 503, "store")
"""For a store that cannot be read or written now."""
BUSY = Notice("trouble", 503, "busy")
"""For a picture or a file that would have to wait for too many others."""


def notice_page(notice: Notice) -> Response:
    """Return the page that says it."""
    words = interface_words()
    table, kind = notice.table, notice.kind
    text = words(f"{table}.{kind}" if kind else f"{table}.text")
    steps = [words(f"{table}.{step}") for step in notice.steps]
    languages = language.switches(whole=False)  # the same bytes, whatever was asked
    answer = page("notice.html", notice.status, title=_title(notice), text=text, steps=steps, languages=languages)
    return _with_retry(answer)


def see_other(address: str) -> Response:
    """Return the way to a page that shows what came of a form; loading that again sends nothing again."""
    return RedirectResponse(address, _SEE_OTHER, {"Cache-Control": NO_STORE})


def notice_json(notice: Notice) -> Response:
    """Return the same for a script: ``{"problem": ...}``, in one sentence."""
    # A script sends it again by itself when the storage does not answer.
    text = interface_words()("vote.no_storage") if notice is NO_STORAGE else f"{_title(notice)}."
    return _with_retry(problem_json(text, notice.status))


def problem_json(problem: str, status: int, **more: str) -> JSONResponse:
    """Return what a script shows beside what it sent."""
    return JSONResponse({"problem": problem, **more}, status, {"Cache-Control": NO_STORE})


def _title(notice: Notice) -> str:
    table, kind = notice.table, notice.kind
    return interface_words()(f"{table}.{kind}_title" if kind else f"{table}.title")


def _with_retry(answer: Response) -> Response:
    if answer.status_code == _UNAVAILABLE:
        answer.headers["Retry-After"] = "60"
    return answer


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["to"] = language.carried
    return environment


@cache
def _headers(script: bool) -> dict[str, str]:
    """Nothing may run or be loaded but our own style, known by its hash, pictures of ours, and perhaps scripts."""
    style = _environment().get_template(_STYLE).render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        *(["script-src 'self'", "connect-src 'self'"] if script else []),
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return {"Content-Security-Policy": "; ".join(policy), **NOT_LISTED}
