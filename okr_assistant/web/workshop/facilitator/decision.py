"""What came out: the fields for it, what will be recorded, and putting its words right afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from okr_assistant.errors import OkrAssistantError
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator.desk import Desk
from okr_assistant.workshop.facilitation import Facilitation, cleaned_outcome
from okr_assistant.workshop.room import Outcome

_NOTHING = Outcome("", "", "", None)


def finish(desk: Desk, *, main: bool) -> None:
    """Draw the fields for what was decided, and then what will be recorded, to be looked at once more.

    The fields keep what is typed, whatever else happens in the room.
    """
    words = services().words
    st.header(words("facilitate.finish"), anchor=False)
    found: Outcome | None = st.session_state.get(_key(desk, "finish_sure"))
    if found is not None:
        _look_again(desk, found)
        return
    st.markdown(md(words("facilitate.finish_about")))
    _fields(desk, "finish", _NOTHING)
    st.button(
        words("facilitate.finish_yes"),
        type="primary" if main else "secondary",
        key="finish_yes",
        on_click=_read,
        args=(desk, "finish", lambda found: st.session_state.update({_key(desk, "finish_sure"): found})),
    )


def is_begun(desk: Desk) -> bool:
    """Tell whether somebody tried to finish on this page: what came of it must not be behind a click."""
    return _key(desk, "finish_sure") in st.session_state or _key(desk, "finish_problem") in st.session_state


def recorded(outcome: Outcome) -> None:
    """Draw what came out."""
    words = services().words
    user_text(outcome.decided, "title_of_the_outcome")
    if outcome.because:
        user_text(words("facilitate.because_said", because=outcome.because), "outcome_because")
    if outcome.owner:
        user_text(words("facilitate.owner_said", owner=outcome.owner), "outcome_owner")
    if outcome.review_on:
        st.markdown(md(words("facilitate.review_said", date=words.date(outcome.review_on))))
    if outcome.corrected_at:
        day = words.date(outcome.corrected_at.date())
        st.caption(md(words("facilitate.corrected", date=day)))


def correct(desk: Desk, outcome: Outcome) -> None:
    """Draw the fields to put the words of the decision right; the votes and the answers stay as they are."""
    words, name = services().words, f"correct_{desk.room.revision}"
    with st.expander(
        words("facilitate.correct"), key=name, expanded=_key(desk, f"{name}_problem") in st.session_state
    ):
        st.markdown(md(words("facilitate.correct_about")))
        _fields(desk, name, outcome)
        st.button(
            words("facilitate.correct_yes"),
            key="correct_yes",
            on_click=_read,
            args=(desk, name, lambda found: desk.take("correct", lambda it: _correct(found, it))),
        )


def _look_again(desk: Desk, found: Outcome) -> None:
    words = services().words
    st.markdown(md(words("facilitate.finish_sure")))
    with st.container(border=True, key="to_be_recorded"):
        recorded(found)
        if not found.owner:
            st.markdown(md(words("facilitate.no_owner")))
        if not found.review_on:
            st.markdown(md(words("facilitate.no_review")))
    with st.container(horizontal=True, key="finish_steps"):
        st.button(
            words("facilitate.finish_record"),
            type="primary",
            key="finish_record",
            on_click=desk.take,
            args=("finish", lambda it: _finish(found, it)),
        )
        st.button(
            words("facilitate.finish_change"),
            key="finish_change",
            on_click=lambda: st.session_state.pop(_key(desk, "finish_sure"), None),
        )


def _fields(desk: Desk, name: str, given: Outcome) -> None:
    """No field has a limit of its own: what is pasted and too long would vanish from it without a word."""
    words = services().words
    _line(desk, name, "decided", given.decided, words("facilitate.decided_example"))
    st.text_area(
        words("facilitate.because"),
        given.because,
        key=_key(desk, f"{name}_because"),
        height=80,
        persist_state="session",
        on_change=_mended,
        args=(desk, name),
    )
    _problem(desk, name, "because")
    left, right = st.columns(2)
    with left:
        _line(desk, name, "owner", given.owner)
    with right:
        st.date_input(
            words("facilitate.review_on"),
            format=words("language.day"),
            value=given.review_on,
            min_value=desk.room.made_at.date(),  # not today: a date chosen before midnight would be lost after it
            key=_key(desk, f"{name}_review_on"),
            persist_state="session",
        )


def _line(desk: Desk, name: str, field: str, given: str, example: str = "") -> None:
    st.text_input(
        services().words(f"facilitate.{field}"),
        given,
        key=_key(desk, f"{name}_{field}"),
        placeholder=example,
        persist_state="session",
        live=True,
        on_change=_mended,
        args=(desk, name),
    )
    _problem(desk, name, field)


def _read(desk: Desk, name: str, then: Callable[[Outcome], object]) -> None:
    """Go on with what the fields hold, or keep why that cannot be recorded, to be said at its field."""
    state = st.session_state
    review_on = state[_key(desk, f"{name}_review_on")]
    decided, because, owner = (state[_key(desk, f"{name}_{field}")] for field in ("decided", "because", "owner"))
    try:
        found = cleaned_outcome(decided, because, owner, review_on if isinstance(review_on, date) else None)
    except OkrAssistantError as error:
        state[_key(desk, f"{name}_problem")] = error
    else:
        _mended(desk, name)
        then(found)


def _mended(desk: Desk, name: str) -> None:
    st.session_state.pop(_key(desk, f"{name}_problem"), None)


def _problem(desk: Desk, name: str, field: str) -> None:
    error: OkrAssistantError | None = st.session_state.get(_key(desk, f"{name}_problem"))
    if error is not None and error.place == field:
        st.markdown(f"**{md(sentence(error))}**")


def _finish(found: Outcome, it: Facilitation) -> None:
    it.finish(found.decided, found.because, found.owner, found.review_on)


def _correct(found: Outcome, it: Facilitation) -> None:
    it.correct(found.decided, found.because, found.owner, found.review_on)


def _key(desk: Desk, name: str) -> str:
    return f"{name}_{desk.room.id}"
