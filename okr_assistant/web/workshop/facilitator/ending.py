"""The facilitator's page at the end: what came out, the result it leads to, and what is left of the room."""

from __future__ import annotations

from datetime import date

import streamlit as st

from okr_assistant.free_text import NOTE_LIMIT, TITLE_LIMIT
from okr_assistant.views.parts import long_date
from okr_assistant.views.workshop.room import agreed_view
from okr_assistant.views.workshop.vote_parts import names_by_seat
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts import own_words
from okr_assistant.web.parts.share import base, copied
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator import agreement
from okr_assistant.web.workshop.facilitator.desk import KEY, Desk
from okr_assistant.web.workshop.facilitator.result import draft_of, record_of
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.room import KEPT

_DECIDED, _BECAUSE, _OWNER, _REVIEW = "finish_decided", "finish_because", "finish_owner", "finish_review_on"
_CO_KEY = "_co_key"


def agreed(desk: Desk) -> None:
    """Draw the verdict that the group's answers lead to, what has to be fixed before that, and the answers."""
    view = agreed_view(desk.room, desk.model, services().words)
    agreement.advice(view)
    with st.expander(services().words("facilitate.answers")):
        st.markdown("\n".join(f"- {md(question)} **{md(answer)}**" for question, answer in view.answers))


def finish(desk: Desk, *, main: bool) -> None:
    """Draw the fields for what was decided. They keep what is typed, whatever else happens in the room."""
    words = services().words
    st.header(words("facilitate.finish"), anchor=False)
    st.markdown(md(words("facilitate.finish_about")))
    _line(desk, _DECIDED, words("facilitate.decided"), words("facilitate.decided_example"))
    st.text_area(
        words("facilitate.because"),
        key=_key(desk, _BECAUSE),
        max_chars=NOTE_LIMIT,
        height=80,
        persist_state="session",
    )
    left, right = st.columns(2)
    with left:
        _line(desk, _OWNER, words("facilitate.owner"))
    with right:
        day = st.date_input(
            words("facilitate.review_on"),
            value=None,
            min_value=desk.room.made_at.date(),  # not today: a date chosen before midnight would be lost after it
            key=_key(desk, _REVIEW),
            persist_state="session",
        )
        if day:  # the field has it in figures, which people read in more than one way
            st.caption(md(words("facilitate.review_said", date=long_date(day, words))))
    st.button(
        words("facilitate.finish_yes"),
        type="primary" if main else "secondary",
        key="finish_yes",
        on_click=desk.take,
        args=("finish", lambda it: _finish(desk, it)),
    )


def finish_now(desk: Desk) -> None:
    """Draw the same fields behind a click, for a group that has agreed on something and needs no check."""
    if desk.room.agreed:
        with st.expander(services().words("facilitate.finish_now")):
            finish(desk, main=False)


def finished(desk: Desk) -> None:
    """Draw what was decided, and the ways to the result."""
    words, outcome = services().words, desk.room.outcome
    assert outcome is not None  # noqa: S101 - a finished room has one
    with st.container(border=True, key="outcome"):
        user_text(outcome.decided, "title_of_the_outcome")
        if outcome.because:
            user_text(words("facilitate.because_said", because=outcome.because), "outcome_because")
        if outcome.owner:
            user_text(words("facilitate.owner_said", owner=outcome.owner), "outcome_owner")
        if outcome.review_on:
            st.markdown(md(words("facilitate.review_said", date=long_date(outcome.review_on, words))))
    draft = draft_of(services().models, desk.room)
    own_words.remember(record_of(desk.room), draft)
    st.markdown(md(words("facilitate.result_about")))
    navigation.step("result", words("facilitate.result"), key="workshop_result", to=draft, main=True)


def manage(desk: Desk) -> None:
    """Draw how the room was set, who else may lead it, and how it is deleted."""
    words, setup = services().words, desk.room.setup
    with st.expander(words("facilitate.manage")):
        if setup.about:
            st.caption(words("facilitate.about_it"))
            user_text(setup.about, "about")
        st.markdown(
            " ".join(
                [
                    md(words("facilitate.named_room" if setup.named else "facilitate.anonymous_room")),
                    md(words("facilitate.smallest", count=setup.smallest_group)),
                ]
            )
        )
        if setup.decider:
            user_text(words("facilitate.decides", decider=setup.decider), "decides")
        until = long_date(services().workshops.kept_until(desk.room.id).date(), words)
        st.markdown(md(words("facilitate.kept_until", date=until, days=KEPT.days)))
        _take_out(desk)
        if not desk.facilitation().is_co:
            _co_facilitator(desk)
        with st.popover(words("facilitate.delete")):
            st.markdown(md(words("facilitate.delete_sure")))
            args = ("delete", lambda it: it.delete())
            st.button(words("facilitate.delete_yes"), key="delete_room", on_click=desk.take, args=args)


def _take_out(desk: Desk) -> None:
    """Whoever has not voted can be taken out: a second phone, a wrong room, a name that is a joke."""
    words = services().words
    people = desk.facilitation().people()
    without_votes = [person.seat for person in people if not person.begun]
    if not without_votes or desk.phase == "finished":
        return
    key = "take_out_who"
    with st.popover(words("facilitate.take_out")):
        st.markdown(md(words("facilitate.take_out_about")))
        names = names_by_seat(people, words)
        st.selectbox(words("facilitate.take_out_who"), without_votes, format_func=names.__getitem__, key=key)
        args = ("take_out", lambda it: it.remove(st.session_state[key]))
        st.button(words("facilitate.take_out_yes"), key="take_out_yes", on_click=desk.take, args=args)


def _co_facilitator(desk: Desk) -> None:
    words, made = services().words, st.session_state.get(f"{_CO_KEY}_{desk.room.id}")
    if made:
        st.markdown(md(words("facilitate.co_key")))
        copied(f"{base()}/facilitate?{KEY}={made}", words("workshop.copy_co_key"))
    with st.popover(words("facilitate.new_co_key")):
        st.markdown(md(words("facilitate.new_co_key_about")))
        # Another one, once the last is shown: a second click on the same button makes none.
        args = (f"co_key_{made}", lambda it: _new_co_key(desk, it))
        st.button(words("facilitate.new_co_key_yes"), key="new_co_key", on_click=desk.take, args=args)


def _new_co_key(desk: Desk, it: Facilitation) -> None:
    st.session_state[f"{_CO_KEY}_{desk.room.id}"] = it.new_co_facilitator_key()


def _line(desk: Desk, name: str, label: str, example: str = "") -> None:
    st.text_input(
        label,
        key=_key(desk, name),
        max_chars=TITLE_LIMIT,
        placeholder=example,
        persist_state="session",
        live=True,
    )


def _finish(desk: Desk, it: Facilitation) -> None:
    state = st.session_state
    review_on = state[_key(desk, _REVIEW)]
    it.finish(
        state[_key(desk, _DECIDED)],
        state[_key(desk, _BECAUSE)],
        state[_key(desk, _OWNER)],
        review_on if isinstance(review_on, date) else None,
    )


def _key(desk: Desk, name: str) -> str:
    return f"{name}_{desk.room.id}"
