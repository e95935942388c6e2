"""The facilitator's page while people join and vote: what to do next, who is how far, and the steps from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from okr_assistant.views.workshop.closing import closes
from okr_assistant.views.workshop.facilitation import Step, step_view
from okr_assistant.views.workshop.progress import LASTS, Progress, lasts_label, progress, too_few
from okr_assistant.web.context import services
from okr_assistant.web.language import carried
from okr_assistant.web.parts.share import address, base, is_local
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator import keys
from okr_assistant.web.workshop.facilitator.desk import ROOM, Desk
from okr_assistant.web.workshop.facilitator.live_part import Live, live_part
from okr_assistant.workshop.codes import shown_code
from okr_assistant.workshop.room import Participant, Pulse

_PEOPLE = "_facilitate_people"
_MINUTE = timedelta(minutes=1)
_NAMES = 30
"""As many as one finds somebody in, and as leave the steps in sight."""


def head(desk: Desk, step: Step) -> None:
    """Draw what the workshop is about, where it stands, and what to do next."""
    view = step_view(desk.room, step, services().words)
    setup = desk.room.setup
    with st.container(key="what_it_is_about", gap=None):
        user_text(setup.title, "title_of_the_workshop")
        if setup.about:
            user_text(setup.about, "about")
        if setup.decider:
            user_text(services().words("facilitate.decides", decider=setup.decider), "decides")
    st.caption(" › ".join(f"**{label}**" if now else label for label, now in view.trail))
    st.title(view.heading, anchor=False)
    if view.round:
        st.caption(md(view.round))
    if desk.phase != "voting":  # then it is drawn with the counts, on which it depends
        st.markdown(md(view.next))


def lobby(desk: Desk) -> None:
    """Draw how people join, the keys of a new room, who has joined, and the button that begins."""
    words = services().words
    join(desk)
    keys.keys(desk)
    _live(desk, _joined)
    with st.container(horizontal=True, key="begin", vertical_alignment="bottom"):
        lasts("lasts_begin")
        st.button(
            words("facilitate.begin"),
            type="primary",
            key="begin_voting",
            on_click=desk.take,
            args=("begin", lambda it: it.open_round(lasts=chosen("lasts_begin"))),
        )


def voting(desk: Desk, step: Step) -> None:
    """Draw who has finished, and how to remind the others, to end the round and to reveal."""
    words = services().words
    _live(desk, partial(_voted, step_view(desk.room, step, words).next))
    with st.container(horizontal=True, key="voting_steps", vertical_alignment="center"):
        st.button(
            words("facilitate.nudge"), key="nudge", on_click=desk.take, args=("nudge", lambda it: it.nudge())
        )
        st.button(
            words("facilitate.close"), key="close", on_click=desk.take, args=("close", lambda it: it.close())
        )
        with st.popover(words("facilitate.more_time"), key=once(desk, "more_time")):
            _reopen(desk, words("facilitate.more_time_yes"))
    # One line either way: nothing below it moves.
    st.caption(md(words("facilitate.nudge_about" if desk.room.nudged_at is None else "facilitate.nudged")))
    with st.expander(words("facilitate.joining")):
        join(desk)


def closed(desk: Desk) -> None:
    """Draw who had finished, and the two ways on."""
    words = services().words
    _live(desk, _had_voted)
    few = too_few(desk.room, desk.facilitation().pulse(), words)
    if few:
        st.markdown(f"**{md(few)}**")
    with st.container(horizontal=True, key="closed_steps", vertical_alignment="center"):
        _reveal(desk, words("facilitate.reveal"), "secondary" if few else "primary")
        kind: Literal["primary", "secondary"] = "primary" if few else "secondary"
        with st.popover(words("facilitate.reopen"), type=kind, key=once(desk, "let_vote")):
            _reopen(desk, words("facilitate.reopen"))
    if few:
        join(desk)


def join(desk: Desk) -> None:
    """Draw the code, the link and the QR code by which people join."""
    words = services().words
    with st.container(border=True, key="join_here"):
        st.markdown(md(words("facilitate.join_at", address=f"{base()}/join")))
        with st.container(key="join_code"):
            st.markdown(f"**{shown_code(desk.room.code)}**")
        screen_link(desk.room.id, "projector")
        st.markdown(md(words("facilitate.join_link")))
        address(f"/w/{desk.room.id}", "join")
        if is_local():
            st.markdown(f"**{md(words('facilitate.local'))}**")


def screen_link(room_id: str, key: str) -> None:
    """Draw the way to the projector, in a tab of its own: the facilitator's page stays open beside it."""
    address = carried(f"{base()}/screen?{urlencode({ROOM: room_id})}")
    st.link_button(services().words("facilitate.screen"), address, key=key)


def once(desk: Desk, name: str) -> str:
    """Return the key of what a step closes behind it: another one after each step from this page."""
    return f"{name}_{desk.steps}"


def lasts(key: str) -> None:
    """Draw the choice of how long a round lasts; ``chosen`` reads it."""
    words = services().words
    label = words("facilitate.lasts")
    st.selectbox(label, LASTS, format_func=lambda minutes: lasts_label(minutes, words), key=key, width=220)


def chosen(key: str) -> timedelta | None:
    """Return how long the round lasts that was chosen; None until somebody closes it."""
    minutes: int = st.session_state[key]
    return minutes * _MINUTE if minutes else None


def watch(desk: Desk) -> None:
    """Draw nothing, and the page anew when somebody else has taken a step."""
    _live(desk, lambda _desk, _pulse: None)


def _live(desk: Desk, draw: Callable[[Desk, Pulse], None]) -> None:
    live_part(Live(desk.room, desk.at, lambda: desk.facilitation().pulse(), partial(draw, desk)))


def _joined(desk: Desk, pulse: Pulse) -> None:
    view = _progress(desk, pulse)
    st.markdown(f"**{md(view.sentence)}**")
    _names(view)


def _voted(wait: str, desk: Desk, pulse: Pulse) -> None:
    words = services().words
    view = _progress(desk, pulse)
    st.markdown(md(words("facilitate.next.all_done") if view.all_done else wait))
    left = closes(pulse.closes_at, services().clock.now(), words)
    st.progress(view.share, text=f"**{md(view.sentence)}** {md(left)}")
    if view.all_done:
        _reveal(desk, words("facilitate.reveal"), "primary")
    else:
        with st.popover(words("facilitate.reveal"), key=once(desk, "reveal_early")):
            st.markdown(md(words("facilitate.reveal_sure", progress=view.sentence)))
            _reveal(desk, words("facilitate.reveal_anyway"), "secondary")
    _names(view)


def _had_voted(desk: Desk, pulse: Pulse) -> None:
    view = _progress(desk, pulse)
    st.progress(view.share, text=f"**{md(view.sentence)}**")
    _names(view)


def _progress(desk: Desk, pulse: Pulse) -> Progress:
    return progress(desk.room, _people(desk, pulse), services().words)


def _people(desk: Desk, pulse: Pulse) -> tuple[Participant, ...]:
    """Everybody in the room, read again only when the counts have changed."""
    version = (desk.room.id, pulse)
    known = st.session_state.get(_PEOPLE)
    if known is None or known[0] != version:
        known = st.session_state[_PEOPLE] = version, desk.facilitation().people()
    people: tuple[Participant, ...] = known[1]
    return people


def _names(view: Progress) -> None:
    """The steps are below the names: where there are many, they are behind a click."""
    words = services().words
    for number, group in enumerate(view.groups):
        names = words("facilitate.between").join(group.names)
        if len(group.names) > _NAMES:
            with st.expander(group.label or words("facilitate.names.joined"), key=f"many_names_{number}"):
                user_text(names, f"names_{number}")
            continue
        with st.container(key=f"names_{number}", gap=None):
            if group.label:
                st.caption(group.label)
            user_text(names, f"names_{number}")


def _reveal(desk: Desk, label: str, kind: Literal["primary", "secondary"]) -> None:
    st.button(label, type=kind, key="reveal", on_click=desk.take, args=("reveal", lambda it: it.reveal()))


def _reopen(desk: Desk, label: str) -> None:
    lasts("lasts_reopen")
    args = ("reopen", lambda it: it.reopen(chosen("lasts_reopen")))
    st.button(label, key="reopen", on_click=desk.take, args=args)
