"""The pages to take a seat in a room, and to see to one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.paths import COPY_SCRIPT
from okr_assistant.views.workshop.ballot import draft_views
from okr_assistant.views.workshop.room import about_view
from okr_assistant.web.forms import form_token
from okr_assistant.web.language import carried
from okr_assistant.web.plain_pages import page
from okr_assistant.web.scripts import script_address
from okr_assistant.web.workshop.participant.here import Here
from okr_assistant.workshop.room import Participant

JOIN, LEAVE, BACK = "join", "leave", "back"
"""What the forms are for, in their tokens."""


_OK, _BAD_REQUEST = 200, 400


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of these pages holds, and what is wrong with it; ``said`` is good news.

    ``votes`` are what somebody without a seat wanted to vote, by question: choice and reason as typed.
    """

    name: str = ""
    watches: bool = False
    name_problem: str = ""
    problem: str = ""
    said: str = ""
    votes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def join_page(here: Here, typed: Typed, status: int = 200) -> Response:
    """Return the page for whoever has no seat: what the workshop is about, what is kept, and the form to join."""
    return _page(
        here,
        "room_join.html",
        typed,
        status,
        # A new participant's token: whoever sends this form twice has one seat.
        token=_token(here, JOIN, here.voting.tokens.token()),
        said=typed.said,
        drafts=draft_views(typed.votes, here.model, here.services.words),
    )


def you_page(here: Here, me: Participant, base: str, typed: Typed, status: int = 200) -> Response:
    """Return the page to change one's name, to go on elsewhere, or to leave; addresses begin with ``base``."""
    room = here.room
    return _page(
        here,
        "room_you.html",
        typed,
        status,
        script=script_address(COPY_SCRIPT),
        token=_token(here, JOIN, here.seat),
        leave_token=_token(here, LEAVE),
        me=me,
        said=typed.said,
        personal_link=carried(f"{base}{here.path}/me/{here.seat}"),
        stands=room.answers_are_agreed,
        seen=bool(room.votes_shown) and not room.setup.named and me.begun > 0,
        kept_until=here.services.words.date(here.kept_until),
    )


def back_page(here: Here, link: str, name: str, stale: bool = False) -> Response:
    """Return the page of the personal ``link`` of somebody with this name: whether to go on as them here."""
    return page(
        "room_back.html",
        _BAD_REQUEST if stale else _OK,
        path=here.path,
        title=here.room.setup.title,
        name=name,
        link=link,
        token=form_token(here.services.store.secret(), BACK, link, here.now),
        problem=here.services.words("join.stale") if stale else "",
    )


def other_page(here: Here, me: Participant) -> Response:
    """Return the page for somebody else's personal link in a browser that has a seat in this room."""
    return page("room_other.html", path=here.path, title=here.room.setup.title, name=me.name)


def _page(here: Here, template: str, typed: Typed, status: int, **values: Any) -> Response:
    return page(
        template,
        status,
        path=here.path,
        about=about_view(here.room, here.phase, here.kept_until, here.services.words),
        over=here.phase == "finished",
        typed_name=typed.name,
        watches=typed.watches,
        name_problem=typed.name_problem,
        problem=typed.problem,
        name_limit=TITLE_LIMIT,
        **values,
    )


def _token(here: Here, purpose: str, name: str = "") -> str:
    return form_token(here.services.store.secret(), purpose, here.room.id, here.now, name)
