"""The page of a room as one participant has it, whatever phase the workshop is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from okr_assistant.views.ballot import Ballot, ballot, draft_views
from okr_assistant.views.parts import long_date
from okr_assistant.views.room import agreed_view, closing_view
from okr_assistant.web.draft import Draft, address_of
from okr_assistant.web.forms import form_token
from okr_assistant.web.here import Here
from okr_assistant.web.live import version
from okr_assistant.web.plain_pages import page
from okr_assistant.workshop.room import Participant, Round
from okr_assistant.workshop.voting import REASON_LIMIT

EVERY = "all"
"""The value of ``q`` that stands for all questions on one page."""

FORM = "form"
"""The place of a problem that is about no question."""

VOTE = "vote"
"""What the form is for, in its token."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Votes that were not kept: choice and reason as typed, by question; and why, by question or ``FORM``."""

    round: int
    typed: Mapping[str, tuple[str, str]]
    problems: Mapping[str, str]
    status: int


@dataclass(frozen=True, slots=True)
class Live:
    """How many are here, or done: in words, and with placeholders for the script to fill in."""

    said: str
    text: str


def room_page(
    here: Here, me: Participant, question: str = "", after: str = "", refused: Refused | None = None
) -> Response:
    """Return what a participant sees now: this question, ``EVERY`` one, or whatever comes ``after`` that one."""
    current = here.room.round
    if current is None:
        return _waiting(here, me, "lobby", None, refused)
    found = ballot(current, here.own_votes, here.model, here.services.words)
    match here.phase:
        case "voting" if me.spectator:
            return _waiting(here, me, "watching", found, refused)
        case "voting":
            return _voting(here, me, current, found, question, after, refused)
        case "finished":
            return _finished(here, me, refused)
        case "revealed":
            return _revealed(here, me, current, refused)
    return _waiting(here, me, "closed", found, refused)


def _voting(
    here: Here, me: Participant, current: Round, found: Ballot, question: str, after: str, refused: Refused | None
) -> Response:
    if refused is not None and refused.round == found.round:
        typed = [id_ for id_ in refused.typed if id_ in current.questions]
        shown = typed[0] if len(typed) == 1 else EVERY
        return _ballot(here, me, found.with_typed(refused.typed), shown, refused.problems, refused.status)
    shown = question if question == EVERY or found.question(question) else found.next_open(after)
    if not shown:
        return _waiting(here, me, "done", found, refused)
    return _ballot(here, me, found, shown, {}, 200, refused)


def _ballot(
    here: Here,
    me: Participant,
    found: Ballot,
    shown: str,
    problems: Mapping[str, str],
    status: int,
    lost: Refused | None = None,
) -> Response:
    """The form. ``lost`` was sent in another round, and is shown beside it."""
    words, room = here.services.words, here.room
    every = shown == EVERY
    one = None if every else found.question(shown)
    following = found.next_open(shown) if one and not one.chosen else ""
    before = found.before(shown) if one else ""
    several = len(found.asked) > 1
    return _page(
        here,
        me,
        "room_ballot.html",
        lost,
        status=status,
        values={
            "problem": words("vote.nothing_saved")
            if problems and FORM not in problems
            else problems.get(FORM, ""),
            "ballot": found,
            "questions": found.questions if one is None else (one,),
            "every": every,
            "several": several,
            "again": found.round > 1 and not found.check,
            "position": words("vote.position", number=found.number(shown), of=len(found.asked))
            if several and one
            else "",
            "problems": problems,
            "reason_hint": words(
                "vote.reason_hint_named" if room.setup.named else "vote.reason_hint_anonymous", limit=REASON_LIMIT
            ),
            "back": f"{here.path}?q={before}" if before else "",
            "next": here.path if every else f"{here.path}?after={shown}",
            "skip": f"{here.path}?q={following}" if following else "",
            "agreed": agreed_view(room, here.model, words) if found.check else None,
            "token": form_token(here.services.store.secret(), VOTE, room.id, here.now),
            "key": here.voting.tokens.token(),
        },
    )


def _waiting(here: Here, me: Participant, waits: str, found: Ballot | None, refused: Refused | None) -> Response:
    return _page(here, me, "room_waiting.html", refused, values={"waits": waits, "ballot": found})


def _revealed(here: Here, me: Participant, current: Round, refused: Refused | None) -> Response:
    check = current.kind == "check"
    agreed = agreed_view(here.room, here.model, here.services.words) if here.room.agreed else None
    values = {"check": check, "agreed": agreed, **_shown(here)}
    return _page(here, me, "room_revealed.html", refused, values=values)


def _finished(here: Here, me: Participant, refused: Refused | None) -> Response:
    words, room = here.services.words, here.room
    outcome = room.outcome
    assert outcome is not None  # noqa: S101 - a finished room has one
    result = address_of(Draft(here.model, room.agreed, room.setup.title))
    values = {
        "outcome": outcome,
        "review_on": long_date(outcome.review_on, words) if outcome.review_on else "",
        "result": f"/result?{urlencode(result)}",
        "agreed": agreed_view(room, here.model, words),
        **_shown(here),
    }
    return _page(here, me, "room_finished.html", refused, values=values)


def _shown(here: Here) -> dict[str, Any]:
    shown = {round_.number for round_ in here.room.votes_shown}
    mine = {vote.question: vote.choice for vote in here.own_votes if vote.round in shown}
    return {"reveal": here.reveal(), "mine": mine, "focus": here.room.focus}


def _page(
    here: Here, me: Participant, template: str, lost: Refused | None, values: Mapping[str, Any], status: int = 200
) -> Response:
    words, room = here.services.words, here.room
    current = room.round
    nudged = here.phase == "voting" and room.nudged_at is not None and not me.spectator
    common = {
        "path": here.path,
        "title": room.setup.title,
        "me": me,
        "version": version(room, here.now),
        "waits": "",
        "nudged": nudged and current is not None and me.done < current.number,
        "problem": lost.problems.get(FORM, words("vote.nothing_saved")) if lost else "",
        "drafts": draft_views(lost.typed, here.model, words) if lost else (),
        "live": _live(here),
        "closing": closing_view(room, here.now, words),
    }
    return page(template, lost.status if lost else status, script=True, **{**common, **values})


def _live(here: Here) -> Live | None:
    words, pulse = here.services.words, here.voting.pulse()
    if here.phase == "lobby":
        return Live(words("room.here", joined=pulse.joined), words("room.here", joined="{joined}"))
    if here.phase in {"voting", "closed"}:
        said = words("room.progress", done=pulse.done, joined=pulse.joined)
        return Live(said, words("room.progress", done="{done}", joined="{joined}"))
    return None
