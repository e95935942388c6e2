"""The parts of the page Workshop: make a room, find the rooms of this browser again."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from okr_assistant.errors import OkrAssistantError
from okr_assistant.views.workshop.facilitation import telling_questions
from okr_assistant.views.workshop.room import minutes_to_answer
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.language import carried
from okr_assistant.web.parts.share import base
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator import desk, keys, voting
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.room import GROUP_SIZES, Room
from okr_assistant.workshop.workshops import NewRoom

_MADE, _FORM, _PROBLEM = "_workshop_made", "_workshop_form", "_workshop_problem"
_TELLING = 8
_WHICH: tuple[Literal["all", "telling", "chosen"], ...] = ("all", "telling", "chosen")
_SMALLEST_GROUP = 3


def join() -> None:
    """Draw the way to the page on which people type a code."""
    st.link_button(services().words("workshop.join"), carried(f"{base()}/join"))


def form(browser: str | None) -> None:
    """Draw what is asked of a new room. What cannot be kept stays in its field, and is said below it.

    No field has a limit of its own: what is pasted and too long would vanish from it without a word.
    """
    words = services().words
    problem: OkrAssistantError | None = st.session_state.get(_PROBLEM)
    _line("name", "title", problem)
    st.text_area(
        words("workshop.about"),
        key=_key("about"),
        height=80,
        placeholder=words("workshop.about_example"),
        on_change=_mended,
    )
    _problem(problem, "about")
    _questions()
    _problem(problem, "questions")
    st.radio(
        words("workshop.people"),
        (False, True),
        format_func=lambda named: words("workshop.named" if named else "workshop.anonymous"),
        captions=[words("workshop.anonymous_hint"), words("workshop.named_hint")],
        key=_key("named"),
    )
    st.selectbox(
        words("workshop.smallest_group"),
        GROUP_SIZES,
        index=GROUP_SIZES.index(_SMALLEST_GROUP),
        key=_key("smallest_group"),
    )
    _line("decider", "decider", problem, hint=words("workshop.decider_hint"))
    st.caption(words("workshop.fixed"))
    st.button(words("workshop.make"), type="primary", key="make_room", on_click=_make, args=(browser,))
    if problem is not None:  # below the button too, where whoever pressed it looks
        st.markdown(f"**{md(sentence(problem))}**")


def _line(name: Literal["name", "decider"], place: str, problem: OkrAssistantError | None, hint: str = "") -> None:
    words = services().words
    st.text_input(
        words(f"workshop.{name}"),
        key=_key(place),
        placeholder=words(f"workshop.{name}_example"),
        help=hint or None,
        live=True,
        on_change=_mended,
    )
    _problem(problem, place)


def _questions() -> None:
    words, model = services().words, services().models.newest
    labels = {
        "all": words("workshop.all", count=len(model.questions)),
        "telling": words("workshop.telling", count=_TELLING),
        "chosen": words("workshop.chosen"),
    }
    st.radio(
        words("workshop.questions"),
        _WHICH,
        format_func=lambda which: labels[which],
        key=_key("which"),
        on_change=_mended,
    )
    match st.session_state[_key("which")]:
        case "chosen":
            with st.container(border=True, key="choose_questions", gap=None):
                for question in model.questions:
                    key = _key(f"ask_{question.id}")
                    st.checkbox(md(question.text), key=key, persist_state="page", on_change=_mended)
        case "telling":
            asked = [model.questions_by_id[id_].text for id_ in _chosen()]
            st.markdown("\n".join(f"- {md(text)}" for text in asked))
    if chosen := _chosen():
        st.caption(words.counted("workshop.takes", minutes_to_answer(len(chosen))))


def _chosen() -> tuple[str, ...]:
    model = services().models.newest
    match st.session_state[_key("which")]:
        case "telling":
            return telling_questions(model, _TELLING)
        case "chosen":
            return tuple(id_ for id_ in model.questions_by_id if st.session_state.get(_key(f"ask_{id_}")))
    return tuple(model.questions_by_id)


def _make(browser: str | None) -> None:
    """Make the room before the page is drawn anew; the fields are then empty, for another one."""
    state = st.session_state
    state.pop(_PROBLEM, None)
    try:
        if not _chosen():
            raise RoomError("no_questions", place="questions")
        new = services().workshops.make(
            services().models.newest,
            title=state[_key("title")],
            about=state[_key("about")],
            questions=_chosen(),
            named=state[_key("named")],
            smallest_group=state[_key("smallest_group")],
            decider=state[_key("decider")],
            browser=browser,
        )
    except OkrAssistantError as error:
        state[_PROBLEM] = error
        return
    keys.remember(new)
    state[_MADE] = new
    state[_FORM] = state.get(_FORM, 0) + 1


def go_on(browser: str | None) -> None:
    """Go to the facilitator's page of a room that was just made; without a cookie the way in is its key."""
    new: NewRoom | None = st.session_state.pop(_MADE, None)
    if new is not None:
        navigation.go("facilitate", room={desk.ROOM: new.id} if browser else {desk.KEY: new.facilitator_key})


def listed(browser: str) -> None:
    """Draw every room that this browser facilitates; nothing when there is none."""
    words = services().words
    try:
        rooms = services().workshops.rooms_of(browser)
    except OkrAssistantError as error:
        st.markdown(md(sentence(error)))
        return
    if rooms:
        st.header(words("workshop.mine"), anchor=False)
    for room in rooms:
        _one(room)


def _one(room: Room) -> None:
    words = services().words
    with st.container(border=True, key=f"room_{room.id}"):
        user_text(room.setup.title, f"title_of_{room.id}")
        phase = words(f"workshop.phase.{room.phase(services().clock.now())}")
        st.caption(md(words("workshop.listed", phase=phase, date=words.date(room.made_at.date()))))
        with st.container(horizontal=True, key=f"steps_{room.id}", vertical_alignment="center"):
            address = {desk.ROOM: room.id}
            navigation.link("facilitate", words("workshop.facilitate"), room=address)
            voting.screen_link(room.id, f"projector_{room.id}")


def _key(name: str) -> str:
    return f"workshop_{name}_{st.session_state.get(_FORM, 0)}"


def _mended() -> None:
    """Whoever changes something has read what was wrong; whether it is right now is said when it is sent."""
    st.session_state.pop(_PROBLEM, None)


def _problem(problem: OkrAssistantError | None, place: str) -> None:
    if problem is not None and problem.place == place:
        st.markdown(f"**{md(sentence(problem))}**")
