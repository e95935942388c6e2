"""The form to say "I would answer this differently", on stored links whose answers are shared.

It needs neither scripts nor cookies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from okr_assistant.errors import StoreError, TextError
from okr_assistant.free_text import TITLE_LIMIT, clean_note, clean_title
from okr_assistant.sharing.links import REASON_LIMIT, LinkError
from okr_assistant.views.remarks import QuestionToDiffer, question_to_differ
from okr_assistant.views.result import ResultView
from okr_assistant.web.context import services
from okr_assistant.web.forms import FormError, form_name, form_token
from okr_assistant.web.opened import NotHereError, Opened, opened_token
from okr_assistant.web.plain_pages import page, see_other
from okr_assistant.web.routes.guard import shows, takes
from okr_assistant.words import Words

_PURPOSE = "remark"
_FIELDS = {"token", "question", "answer", "reason", "name"}
_BAD_REQUEST, _CONFLICT, _TOO_MANY = 400, 409, 429


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, as it was typed."""

    answer: str = ""
    reason: str = ""
    name: str = ""


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return the form and what takes it."""
    path = "/r/{token}/remark"
    return [shows(path, _form), takes(path, _take, public_url)]


def _form(request: Request) -> Response:
    opened = opened_token(services(), request.path_params["token"])
    if not _takes_remarks(opened):
        return _closed(opened, 200)
    if "sent" in request.query_params:
        return page("remark_sent.html", path=opened.path)
    question = _question(opened, request.query_params.get("question", ""))
    if question is None:
        return page("remark_questions.html", path=opened.path, answers=_detail(opened).answers)
    return _filled(opened, question, Typed())


def _take(request: Request, fields: Mapping[str, str]) -> Response:
    known = services()
    token = request.path_params["token"]
    opened = opened_token(known, token)
    if not _takes_remarks(opened):
        return _closed(opened, _CONFLICT)
    question = _question(opened, fields.get("question", ""))
    if question is None or not set(fields) <= _FIELDS:
        raise FormError("fields")
    typed = Typed(fields.get("answer", ""), fields.get("reason", ""), fields.get("name", ""))
    refuse = partial(_filled, opened, question, typed)
    links = known.links
    form = form_name(fields.get("token", ""), known.store.secret(), _PURPOSE, token, links.clock.now())
    if form is None:
        return refuse(_BAD_REQUEST, {"form": known.words("remark.stale")})
    if problems := _problems(question, typed, known.words):
        return refuse(_BAD_REQUEST, problems)
    assert opened.found is not None  # noqa: S101 - it takes remarks
    try:
        links.remark(token, opened.found.model, question.id, typed.answer, typed.reason, typed.name, form)
    except LinkError as error:
        if error.problem == "remarks_closed":  # or ended, since it was opened
            return _closed(opened_token(known, token), _CONFLICT)
        return refuse(_TOO_MANY, {"form": known.words("remark.too_many")})
    except StoreError as error:
        if error.problem == "link_is_gone":
            raise NotHereError from error
        raise
    return see_other(f"{opened.path}/remark?sent=1")


def _problems(question: QuestionToDiffer, typed: Typed, words: Words) -> dict[str, str]:
    """What cannot be kept, all of it at once, by field."""
    found = {}
    if typed.answer not in [choice.id for choice in question.choices]:
        found["answer"] = words("remark.choose")
    try:
        clean_note(typed.reason, "reason", REASON_LIMIT)
    except TextError as error:
        found["reason"] = words.error_sentence(error)
    try:
        clean_title(typed.name, "name")
    except TextError as error:
        found["name"] = words.error_sentence(error)
    return found


def _filled(
    opened: Opened,
    question: QuestionToDiffer,
    typed: Typed,
    status: int = 200,
    problems: Mapping[str, str] | None = None,
) -> Response:
    """The form with what was typed, and what is wrong beside the fields that it is about."""
    known = opened.services
    assert opened.stored is not None  # noqa: S101 - only stored links take remarks
    link, links = opened.path.removeprefix("/r/"), known.links
    return page(
        "remark.html",
        status,
        path=opened.path,
        question=question,
        typed=typed,
        problems=dict(problems or {}),
        token=form_token(known.store.secret(), _PURPOSE, link, links.clock.now(), links.tokens.token()),
        until=known.words.date(opened.stored.expires_at.date()),
        limits={"reason": known.words.number(REASON_LIMIT), "name": TITLE_LIMIT},
    )


def _takes_remarks(opened: Opened) -> bool:
    return opened.stored is not None and opened.stored.remarks_open and opened.found is not None


def _question(opened: Opened, id_: str) -> QuestionToDiffer | None:
    assert opened.found is not None  # noqa: S101 - it takes remarks
    shown = {row.question_id for row in _detail(opened).answers}
    return question_to_differ(opened.found, id_, opened.services.words) if id_ in shown else None


def _detail(opened: Opened) -> ResultView:
    assert opened.view.detail is not None  # noqa: S101 - it takes remarks
    return opened.view.detail.result


def _closed(opened: Opened, status: int) -> Response:
    return page("remark_closed.html", status, path=opened.path)
