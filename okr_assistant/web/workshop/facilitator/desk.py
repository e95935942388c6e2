"""Who facilitates: a browser that was let in, or a key in the address. Each step is judged when it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.text import md
from okr_assistant.web.workshop.facilitator.live_part import not_now, seen, was_deleted
from okr_assistant.web.workshop.facilitator.result import model_of
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import Phase, Room

ROOM, KEY = "room", "key"
"""The parameters of the address."""

_PROBLEM = "_facilitate_problem"
_TAKEN, _STEPS = "_facilitate_taken", "_facilitate_steps"


@dataclass(frozen=True)
class Desk:
    """A room as its facilitator's page shows it: read once, when the page is drawn."""

    browser: str | None
    key: str
    """Only where the browser keeps no cookies; else it is let in, and the key is gone from the address."""
    room: Room
    at: datetime
    model: Model
    steps: int = field(default_factory=lambda: st.session_state.get(_STEPS, 0))
    """Taken from this tab before the page was drawn."""

    @property
    def phase(self) -> Phase:
        """Where the workshop stood then."""
        return self.room.phase(self.at)

    def facilitation(self) -> Facilitation:
        """Return what may be done now; ``NoRoomError`` when that is nothing any more."""
        return _facilitation(self.browser, self.key, self.room.id)

    def take(self, name: str, step: Callable[[Facilitation], object]) -> None:
        """Take a step, for the callback of the button ``name``; what went wrong is said when the page is drawn.

        A second click on the same button of the same page does nothing.
        """
        taken = (self.room.id, self.steps, name)
        if st.session_state.get(_TAKEN) == taken:
            return
        try:
            step(self.facilitation())
        except OkrAssistantError as error:
            st.session_state[_PROBLEM] = error
        else:
            st.session_state[_TAKEN] = taken
            st.session_state[_STEPS] = self.steps + 1


def desk_or_stop(browser: str | None) -> Desk:
    """Return the desk that the address and the browser allow; else draw the page that says there is none."""
    try:
        desk = _desk(browser)
    except NoRoomError as error:
        st.session_state.pop(_PROBLEM, None)  # the room it was about is not shown any more
        _no_room(error)
        st.stop()
    except OkrAssistantError as error:
        not_now(error, partial(_desk, browser))
        st.stop()
    return desk


def problem() -> None:
    """Draw why the last step was not taken, if it was not: in its place, and in sight of a button far below."""
    error = st.session_state.pop(_PROBLEM, None)
    if error is None:
        return
    st.toast(md(sentence(error)), duration="long")
    with st.container(border=True, key="problem_step"):
        st.markdown(f"**{md(sentence(error))}** {services().words('facilitate.as_it_is')}")


def _desk(browser: str | None) -> Desk:
    room = _let_in(browser).room()
    seen(room)
    model = model_of(services().models, room)
    return Desk(browser, st.query_params.get(KEY, ""), room, services().clock.now(), model)


def _let_in(browser: str | None) -> Facilitation:
    """A key lets the browser in and leaves the address, so that a projected address bar shows none."""
    key = st.query_params.get(KEY, "")
    if key and browser is not None:
        room_id = services().workshops.let_in(key, browser)
        rest = {name: value for name, value in st.query_params.to_dict().items() if name != KEY}
        st.query_params.from_dict(rest | {ROOM: room_id})
        key = ""
    return _facilitation(browser, key, st.query_params.get(ROOM, ""))


def _facilitation(browser: str | None, key: str, room_id: str) -> Facilitation:
    workshops = services().workshops
    return workshops.facilitation_by_key(key) if key else workshops.facilitation(room_id, browser)


def _no_room(error: NoRoomError) -> None:
    """One page for a room that is gone, a wrong key and a room of others."""
    words = services().words
    if was_deleted(st.query_params.get(ROOM, "")):
        st.title(words("facilitate.deleted"), anchor=False)
    else:
        st.title(words("facilitate.gone_title"), anchor=False)
        st.markdown(md(sentence(error)))
        st.markdown(md(words("facilitate.gone_new")))
    navigation.step("workshop", words("facilitate.gone_back"), key="workshop", main=True)
