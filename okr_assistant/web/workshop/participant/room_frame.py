"""What all pages of a participant in a room have in common: title, news, who is done, time left, who one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from okr_assistant.paths import ROOM_SCRIPT
from okr_assistant.views.workshop.ballot import draft_views
from okr_assistant.views.workshop.closing import closing_view
from okr_assistant.web.plain_pages import page
from okr_assistant.web.scripts import script_address
from okr_assistant.web.workshop.live import version
from okr_assistant.web.workshop.participant.here import Here
from okr_assistant.workshop.room import Participant

FORM = "form"
"""The place of a problem that is about no question."""


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


def framed(
    here: Here,
    me: Participant,
    template: str,
    values: Mapping[str, Any],
    lost: Refused | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a template. ``lost`` was sent and not kept, and its form is no longer there."""
    words, room = here.services.words, here.room
    here.services.pulses.is_newer(room.id, room.revision)
    frame = {
        "path": here.path,
        "title": room.setup.title,
        "phase": here.phase,
        "me": me,
        "version": version(room, here.now),
        "waits": "",
        "nudged": _nudged(here, me),
        "problem": lost.problems.get(FORM, words("vote.nothing_saved")) if lost else "",
        "drafts": draft_views(lost.typed, here.model, words) if lost else (),
        "live": _live(here),
        "closing": closing_view(room, here.now, words),
    }
    return page(
        template, lost.status if lost else status, script=script_address(ROOM_SCRIPT), **{**frame, **values}
    )


def _nudged(here: Here, me: Participant) -> bool:
    room = here.room
    if here.phase != "voting" or room.nudged_at is None or room.round is None:
        return False
    return not me.spectator and me.done < room.round.number


def _live(here: Here) -> Live | None:
    words, pulse = here.services.words, here.voting.pulse()
    if here.phase == "lobby":
        return Live(words("room.here", joined=pulse.joined), words("room.here", joined="{joined}"))
    if here.phase in {"voting", "closed"}:
        said = words("room.progress", done=pulse.done, joined=pulse.joined)
        return Live(said, words("room.progress", done="{done}", joined="{joined}"))
    return None
