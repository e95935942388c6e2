"""The form to vote: one question, or all of a round on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from okr_assistant.views.workshop.ballot import Ballot, BallotQuestion
from okr_assistant.views.workshop.room import agreed_view
from okr_assistant.web.forms import form_token
from okr_assistant.web.workshop.participant.here import Here
from okr_assistant.web.workshop.participant.room_frame import FORM, Refused, framed
from okr_assistant.workshop.room import Participant
from okr_assistant.workshop.voting import REASON_LIMIT

EVERY = "all"
"""The value of ``q`` that stands for all questions on one page."""

VOTE = "vote"
"""What the form is for, in its token."""


def ballot_page(here: Here, me: Participant, found: Ballot, shown: str, lost: Refused | None = None) -> Response:
    """Return the form for this question, or for ``EVERY`` one. ``lost`` was sent in another round."""
    return framed(here, me, "room_ballot.html", _form(here, found, shown), lost)


def ballot_again(here: Here, me: Participant, found: Ballot, refused: Refused) -> Response:
    """Return the form again with all that was typed, and what is wrong beside the questions that it is about."""
    typed = [question.id for question in found.questions if question.id in refused.typed]
    shown = typed[0] if len(typed) == 1 and found.question(typed[0]) else EVERY
    problems = refused.problems
    values = _form(here, found.with_typed(refused.typed), shown) | {
        "problems": problems,
        "problem": problems.get(FORM, here.services.words("vote.nothing_saved")),
    }
    return framed(here, me, "room_ballot.html", values, status=refused.status)


def _form(here: Here, found: Ballot, shown: str) -> dict[str, Any]:
    words, room = here.services.words, here.room
    one = found.question(shown)
    hint = "vote.reason_hint_named" if room.setup.named else "vote.reason_hint_anonymous"
    return {
        "ballot": found,
        "questions": (one,) if one else found.questions,
        "every": one is None,
        "several": len(found.questions) > 1,
        "again": found.round > 1 and not found.check,
        "problems": {},
        "reason_hint": words(hint, limit=REASON_LIMIT),
        "agreed": agreed_view(room, here.model, words) if found.check else None,
        "token": form_token(here.services.store.secret(), VOTE, room.id, here.now),
        "key": here.voting.tokens.token(),
        **_ways(here, found, one),
    }


def _ways(here: Here, found: Ballot, one: BallotQuestion | None) -> Mapping[str, str]:
    """Where this question stands among the others, and the addresses to go on with."""
    if one is None:
        return {"position": "", "back": "", "skip": "", "next": here.path}
    before, following = found.before(one.id), "" if one.chosen else found.next_open(one.id)
    number, of = found.number(one.id), len(found.questions)
    return {
        "position": here.services.words("vote.position", number=number, of=of) if of > 1 else "",
        "back": f"{here.path}?q={before}" if before else "",
        "skip": f"{here.path}?q={following}" if following else "",
        "next": f"{here.path}?after={one.id}",
    }
