"""A first draft as it will be read: what is missing, the artefact, what only its writer can say, and files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from okr_assistant.drafting.goal_draft import MAX_BYTES, GoalDraft, read_goal_draft
from okr_assistant.errors import OkrAssistantError
from okr_assistant.export.goal_draft_formats import GOAL_DRAFT_FORMATS, goal_draft_export, goal_draft_file_name
from okr_assistant.views.artefact import ArtefactView, PartView
from okr_assistant.views.goal_draft import GoalDraftView
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.parts.goal_draft import written as state
from okr_assistant.web.parts.result import listed
from okr_assistant.web.text import cite, md, user_text

_PROBLEM = "_goal_draft_problem"


def start(view: GoalDraftView) -> None:
    """Draw what the form is for, and what it starts from."""
    words = services().words
    st.markdown(md(view.about))
    st.caption(words("goal_draft.sources", sources=cite(view.sources)))
    if view.fit:
        st.markdown(f"**{md(view.fit)}**")
    if view.conditions:
        with st.container(border=True, key="conditions_first"):
            st.markdown(f"**{words('goal_draft.conditions')}**")
            st.markdown(listed(view.conditions, numbered=True))
    if view.said:
        with st.expander(words("goal_draft.said")):
            st.markdown("\n".join(f"- {md(question)} **{md(answer)}**" for question, answer in view.said))


def missing(view: ArtefactView) -> None:
    """Draw the needed parts that are empty, in the order of the form."""
    st.markdown(f"**{md(view.status)}**")
    if view.missing:
        st.markdown("\n".join(f"- {md(part)}" for part in view.missing))


def artefact(view: ArtefactView) -> None:
    """Draw the draft as its files have it."""
    words = services().words
    st.header(words("goal_draft.reads"), anchor=False)
    if not view.parts:
        st.markdown(md(words("goal_draft.nothing_yet")))
        return
    with st.container(border=True, key="artefact", gap="small"):
        for part in view.parts:
            st.markdown(f"**{md(part.name)}**")
            _part(part)


def _part(part: PartView) -> None:
    for number, sentence in enumerate(part.sentences, start=1):
        user_text(f"{number}. {sentence}" if part.listed else sentence, f"part_{part.id}_{number}")


def questions(view: GoalDraftView) -> None:
    """Draw what no program can see."""
    st.header(services().words("goal_draft.questions"), anchor=False)
    st.markdown(listed(view.questions))


def files(written: GoalDraft, answers: dict[str, str]) -> None:
    """Draw a button for each kind of file; it is made when it is asked for."""
    words = services().words
    st.header(words("goal_draft.files"), anchor=False)
    st.markdown(md(words("goal_draft.stays")))
    made = goal_draft_export(written, words, services().clock.now(), answers)
    with st.container(horizontal=True, key="files"):
        for kind in GOAL_DRAFT_FORMATS.values():
            st.download_button(
                words(kind.label),
                data=partial(kind.write, made),
                file_name=goal_draft_file_name(made, kind.ending),
                mime=kind.media_type,
                key=f"file_{kind.id}",
                on_click="ignore",
            )


def from_file() -> None:
    """Draw the field for a saved draft, which takes the place of what is in its form."""
    words = services().words
    with st.expander(words("goal_draft.open")):
        problem = st.session_state.pop(_PROBLEM, None)
        if problem is not None:
            st.markdown(md(words.error_line(problem)))
        label = f"{words('goal_draft.open_hint')} {words('goal_draft.opened_over')}"
        given = st.file_uploader(md(label), type=["json"], key=f"goal_draft_file_{draft.work()}")
        if given is not None:
            data = given.read(MAX_BYTES + 1)
            st.button(
                md(words("goal_draft.open_yes", name=given.name)),
                key="open_goal_draft",
                on_click=_open,
                args=(data, given.name),
            )


def _open(data: bytes, name: str) -> None:
    """Before the page is drawn anew; what went wrong is said there, and nothing is changed then."""
    try:
        opened = read_goal_draft(data, name)
    except OkrAssistantError as error:
        st.session_state[_PROBLEM] = error
        return
    state.put(opened)
    st.session_state[state.choice_key()] = f"{opened.approach}.{opened.variant}"
