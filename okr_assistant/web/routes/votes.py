"""Taking votes: one question or many, from a form or from our script, each kept once however often it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from okr_assistant.errors import OkrAssistantError, StoreError, TextError
from okr_assistant.free_text import clean_note
from okr_assistant.web.forms import FormError, Limits, form_name, form_token
from okr_assistant.web.plain_pages import NO_STORE, problem_json, see_other
from okr_assistant.web.routes.guard import takes, wants_json
from okr_assistant.web.workshop.participant.ballot_pages import VOTE
from okr_assistant.web.workshop.participant.here import room_here
from okr_assistant.web.workshop.participant.room_frame import FORM, Refused
from okr_assistant.web.workshop.participant.room_pages import room_page
from okr_assistant.web.workshop.participant.seat_pages import Typed, join_page
from okr_assistant.words import Words
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.voting import REASON_LIMIT, Choice

LIMITS = Limits(most_bytes=320 * 1024, most_fields=100)
"""A whole form of 25 reasons, each as long as it may be in any script: 12 bytes of a form a character."""

_CHOICE, _REASON = "choice.", "reason."
_BAD_REQUEST, _FORBIDDEN, _CONFLICT, _UNAVAILABLE = 400, 403, 409, 503
_ROUND_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: choice and reason by question, as typed."""

    token: str
    key: str
    round: int
    typed: Mapping[str, tuple[str, str]]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What was chosen; questions without a choice are left as they are."""
        return tuple(Choice(id_, choice, reason) for id_, (choice, reason) in self.typed.items() if choice)


def routes(public_url: str | None) -> list[BaseRoute]:
    """Return what takes votes."""
    return [takes("/w/{room}/vote", _take, public_url, LIMITS)]


def _take(request: Request, fields: Mapping[str, str]) -> Response:
    here, sent = room_here(request), _read(fields)
    words = here.services.words
    secret, room_id = here.services.store.secret(), here.room.id
    if form_name(sent.token, secret, VOTE, room_id, here.now) is None:
        fresh = form_token(secret, VOTE, room_id, here.now)
        return _refused(request, sent, {FORM: words("vote.stale")}, _BAD_REQUEST, token=fresh)
    if problems := _problems(sent, words):
        return _refused(request, sent, problems, _BAD_REQUEST)
    try:
        received = here.voting.vote(here.seat, sent.round, sent.choices, sent.key, here.model)
    except (RoomError, TextError, StoreError) as error:
        place = error.place if error.place in sent.typed else FORM
        return _refused(request, sent, {place: words.error_sentence(error)}, _status(error))
    if not wants_json(request):
        one = f"?after={next(iter(sent.typed))}" if len(sent.typed) == 1 else ""
        return see_other(f"{here.path}{one}")
    return JSONResponse({"received": received}, headers={"Cache-Control": NO_STORE})


def _read(fields: Mapping[str, str]) -> Sent:
    typed: dict[str, tuple[str, str]] = {}
    for name in fields:
        if name.startswith((_CHOICE, _REASON)):
            id_ = name.removeprefix(_CHOICE).removeprefix(_REASON)
            typed[id_] = (fields.get(f"{_CHOICE}{id_}", ""), fields.get(f"{_REASON}{id_}", ""))
        elif name not in {"token", "key", "round"}:
            raise FormError("fields")
    number = fields.get("round", "")
    if not typed or not (number.isdecimal() and number.isascii() and len(number) <= _ROUND_DIGITS):
        raise FormError("fields")
    return Sent(fields.get("token", ""), fields.get("key", ""), int(number), typed)


def _problems(sent: Sent, words: Words) -> dict[str, str]:
    """What cannot be kept, all of it at once, by question or ``FORM``."""
    if (found := dict(_of_reasons(sent, words))) or sent.choices:
        return found
    return {next(iter(sent.typed)) if len(sent.typed) == 1 else FORM: words("vote.choose")}


def _of_reasons(sent: Sent, words: Words) -> Iterator[tuple[str, str]]:
    for id_, (choice, reason) in sent.typed.items():
        try:
            if clean_note(reason, id_, REASON_LIMIT) and not choice:
                yield id_, words("vote.choose_for_reason")
        except TextError as error:
            yield id_, words.error_sentence(error)


def _refused(request: Request, sent: Sent, problems: Mapping[str, str], status: int, **more: str) -> Response:
    """The form again with what was typed; or, for a script, what to say beside it."""
    here = room_here(request)  # as it is now: somebody may have closed the voting meanwhile
    if wants_json(request):
        return problem_json(_not_saved(next(iter(problems.values())), here.services.words), status, **more)
    if here.me is None:
        return join_page(here, Typed(problem=next(iter(problems.values())), votes=sent.typed), status)
    return room_page(here, here.me, refused=Refused(sent.round, sent.typed, problems, status))


def _not_saved(problem: str, words: Words) -> str:
    """Return the problem as a sentence that begins with saying so; those about the time to vote do already."""
    sentence = words("vote.not_saved", problem=problem)
    begins = sentence[: sentence.index(problem)].rstrip(" .")
    return problem if problem.startswith(begins) else sentence


def _status(error: OkrAssistantError) -> int:
    if isinstance(error, StoreError):
        return _UNAVAILABLE
    if error.problem == "not_in_this_room":
        return _FORBIDDEN
    return _CONFLICT if error.place == "vote" else _BAD_REQUEST
