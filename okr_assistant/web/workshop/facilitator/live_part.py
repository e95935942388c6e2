"""What lives: a part of a page that is drawn again and again, from counts that cost next to nothing to read.

The page around it stays as it is, with all that is typed in it, until the room is another one than it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from okr_assistant.errors import OkrAssistantError, StoreError
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.text import md
from okr_assistant.web.workshop.live import version
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import Pulse, Room

_EVERY = 1.0
"""Seconds: within two of them every screen shows what happened, and a countdown goes by seconds."""
_RETRY = 5.0
_SEEN = "_workshop_seen"


@dataclass(frozen=True)
class Live:
    """A live part of a page that shows ``room`` as it was ``at`` that instant.

    ``pulse`` raises ``NoRoomError`` when the page may no longer be seen.
    """

    room: Room
    at: datetime
    pulse: Callable[[], Pulse]
    draw: Callable[[Pulse], None]
    theme: str | None = field(default_factory=lambda: st.context.theme.type)
    """In which the page was drawn: a chart keeps the colours that it was drawn in."""

    def is_over(self, pulse: Pulse) -> bool:
        """Tell whether the room, or the theme, is another one than the page shows."""
        if st.context.theme.type != self.theme:
            return True
        return version(pulse, services().clock.now()) != version(self.room, self.at)


@st.fragment(run_every=_EVERY)
def live_part(live: Live) -> None:
    """Draw the part now, and again and again; and the whole page when the room is another one."""
    try:
        pulse = live.pulse()
    except NoRoomError:
        st.rerun()
    except StoreError as error:  # perhaps only busy: the next time will tell
        st.markdown(md(sentence(error)))
        return
    if live.is_over(pulse):
        st.rerun()
    live.draw(pulse)


def seen(room: Room) -> None:
    """Note that this page has shown the room."""
    st.session_state[_SEEN] = room.id


def was_deleted(asked: str) -> bool:
    """Tell whether the page has shown the room it is asked for, which is not there any more."""
    if asked != st.session_state.get(_SEEN):
        return False
    try:
        services().workshops.room(asked)
    except NoRoomError:
        return True
    return False


def not_now(error: OkrAssistantError, draws: Callable[[], object]) -> None:
    """Draw what is wrong here, until the page can be drawn: a projector has nobody who loads it again."""
    st.title(services().words("facilitate.not_now"), anchor=False)
    _until_it_works(error, draws)


@st.fragment(run_every=_RETRY)
def _until_it_works(error: OkrAssistantError, draws: Callable[[], object]) -> None:
    st.markdown(md(sentence(error)))
    try:
        draws()
    except NoRoomError:
        pass  # the whole page says so
    except OkrAssistantError:
        return
    st.rerun()
