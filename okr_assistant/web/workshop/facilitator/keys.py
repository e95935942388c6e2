"""The addresses of a room that this tab made, which nobody can look up again: shown until the voting begins."""

from __future__ import annotations

import streamlit as st

from okr_assistant.web.context import services
from okr_assistant.web.language import carried
from okr_assistant.web.parts.share import base, copied
from okr_assistant.web.text import md
from okr_assistant.web.workshop.facilitator.desk import KEY, Desk
from okr_assistant.workshop.workshops import NewRoom

_OWN, _CO = "_own_key", "_co_key"


def remember(new: NewRoom) -> None:
    """Keep the keys of a new room in this tab."""
    st.session_state[f"{_OWN}_{new.id}"] = new.facilitator_key
    remember_co(new.id, new.co_facilitator_key)


def remember_co(room_id: str, key: str) -> None:
    """Keep a co-facilitator's key that was made in this tab; the one before opens nothing any more."""
    st.session_state[f"{_CO}_{room_id}"] = key


def co_key(room_id: str) -> str | None:
    """Return the co-facilitator's key that was made in this tab last."""
    key: str | None = st.session_state.get(f"{_CO}_{room_id}")
    return key


def are_shown(desk: Desk) -> bool:
    """Tell whether this page has the keys on it: in the tab that made the room, until the first round begins."""
    return desk.phase == "lobby" and f"{_OWN}_{desk.room.id}" in st.session_state


def keys(desk: Desk) -> None:
    """Draw the two addresses to copy, where they are shown."""
    if not are_shown(desk):
        return
    words = services().words
    with st.container(border=True, key="keys"):
        st.markdown(f"**{md(words('facilitate.keep_keys'))}**")
        if desk.browser is None:
            st.markdown(md(words("facilitate.no_cookie")))
        st.markdown(md(words("facilitate.own_key")))
        copied(_address(st.session_state[f"{_OWN}_{desk.room.id}"]), words("facilitate.copy_key"))
        st.markdown(md(words("facilitate.co_key")))
        copied(_address(co_key(desk.room.id) or ""), words("facilitate.copy_co_key"))


def co_facilitators_address(key: str) -> None:
    """Draw the address of a co-facilitator's key that was just made."""
    words = services().words
    st.markdown(f"{md(words('facilitate.co_key'))} {md(words('facilitate.copy_now'))}")
    copied(_address(key), words("facilitate.copy_co_key"))


def _address(key: str) -> str:
    return carried(f"{base()}/facilitate?{KEY}={key}")
