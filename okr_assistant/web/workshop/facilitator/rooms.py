"""The parts of the page Workshop: make a room, copy its keys, find the rooms of this browser again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from okr_assistant.errors import OkrAssistantError
from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.views.parts import long_date
from okr_assistant.views.workshop.facilitation import telling_questions
from okr_assistant.views.workshop.room import minutes_to_answer
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.parts.share import base, copied
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator import desk
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.room import GROUP_SIZES, Room
from okr_assistant.workshop.workshops import ABOUT_LIMIT, NewRoom

_MADE, _FORM, _PROBLEM = "_workshop_made", "_workshop_form", "_workshop_problem"
_TELLING = 8
_WHICH: tuple[Literal["all", "telling", "chosen"], ...] = ("all", "telling", "chosen")
_SMALLEST_GROUP = 3


@dataclass(frozen=True)
class _Made:
    title: str
    keys: NewRoom


def join() -> None:
    """Draw the way to the page on which people type a code."""
    st.link_button(services().words("workshop.join"), f"{base()}/join")


def form(browser: str | None) -> None:
    """Draw what is asked of a new room. What cannot be kept stays in its field, and is said below it."""
    words = services().words
    problem: OkrAssistantError | None = st.session_state.get(_PROBLEM)
    _line("name", "title", problem)
    st.text_area(
        words("workshop.about"),
        key=_key("about"),
        max_chars=ABOUT_LIMIT,
        height=80,
        placeholder=words("workshop.about_example"),
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
        max_chars=TITLE_LIMIT,
        placeholder=words(f"workshop.{name}_example"),
        help=hint or None,
        live=True,
    )
    _problem(problem, place)


def _questions() -> None:
    words, model = services().words, services().models.newest
    labels = {
        "all": words("workshop.all", count=len(model.questions)),
        "telling": words("workshop.telling", count=_TELLING),
        "chosen": words("workshop.chosen"),
    }
    st.radio(words("workshop.questions"), _WHICH, format_func=lambda which: labels[which], key=_key("which"))
    if st.session_state[_key("which")] == "chosen":
        with st.container(border=True, key="choose_questions", gap=None):
            for question in model.questions:
                st.checkbox(md(question.text), key=_key(f"ask_{question.id}"), persist_state="page")
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
    title = state[_key("title")]
    try:
        if not _chosen():
            raise RoomError("no_questions", place="questions")
        keys = services().workshops.make(
            services().models.newest,
            title=title,
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
    state.setdefault(_MADE, []).insert(0, _Made(title, keys))
    state[_FORM] = state.get(_FORM, 0) + 1


def made(browser: str | None) -> None:
    """Draw the rooms that were made in this tab, with their keys."""
    words = services().words
    for each in st.session_state.get(_MADE, ()):
        room, key = {desk.ROOM: each.keys.id}, {desk.KEY: each.keys.facilitator_key}
        with st.container(border=True, key=f"made_{each.keys.id}"):
            user_text(each.title, f"title_of_{each.keys.id}_made")
            st.markdown(f"**{words('workshop.made')}**")
            st.markdown(md(words("workshop.key")))
            copied(_address(each.keys.facilitator_key), words("workshop.copy_key"))
            st.markdown(md(words("workshop.co_key")))
            copied(_address(each.keys.co_facilitator_key), words("workshop.copy_co_key"))
            if browser is None:
                st.markdown(md(words("workshop.no_cookie")))
            navigation.step(
                "facilitate",
                words("workshop.open"),
                key=f"open_{each.keys.id}",
                room=room if browser else key,
                main=True,
            )


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
        st.caption(md(words("workshop.listed", phase=phase, date=long_date(room.made_at.date(), words))))
        with st.container(horizontal=True, key=f"steps_{room.id}", vertical_alignment="center"):
            address = {desk.ROOM: room.id}
            navigation.link("facilitate", words("workshop.facilitate"), room=address)
            navigation.link("screen", words("workshop.screen"), room=address)


def _address(key: str) -> str:
    return f"{base()}/facilitate?{desk.KEY}={key}"


def _key(name: str) -> str:
    return f"workshop_{name}_{st.session_state.get(_FORM, 0)}"


def _problem(problem: OkrAssistantError | None, place: str) -> None:
    if problem is not None and problem.place == place:
        st.markdown(f"**{md(sentence(problem))}**")
