"""The parts of the page My results: what this browser keeps, without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import is_settled
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import OkrAssistantError
from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.sharing.ports import SavedResult
from okr_assistant.sharing.record import Record
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.web import draft, navigation
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.draft import Draft
from okr_assistant.web.parts import own_words
from okr_assistant.web.text import md, user_text

_PROBLEM = "_results_problem"


def keep(record: Record) -> None:
    """Draw the button that keeps a result in this browser's list."""
    words, id_ = services().words, browser()
    st.header(words("results.keep.title"), anchor=False)
    if id_ is None:
        st.markdown(md(words("results.no_cookie")))
        return
    st.markdown(md(words("results.keep.about")))
    if st.button(words("results.keep.button"), key="keep_result") and _done(
        lambda: services().results.keep_once(id_, record)
    ):
        own_words.note_kept()
        st.markdown(f"**{words('results.keep.done')}**")
    navigation.link("results", words("results.title"))


def listed(id_: str) -> None:
    """Draw every result of this browser with what can be done with it."""
    words, results = services().words, services().results
    try:
        end, saved = results.visit(id_), results.all(id_)
    except OkrAssistantError as error:
        st.markdown(md(words.error_sentence(error)))
        return
    st.markdown(md(words("results.about", date=words.date(end.date()))))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        st.markdown(md(words.error_line(problem)))  # of a file it names the place in it
    if not saved:
        st.markdown(md(words("results.none")))
    for entry in saved:
        _one(id_, entry)
    _file(id_, saved)


def _one(id_: str, saved: SavedResult) -> None:
    words, sheet = services().words, saved.record.sheet
    model = _model(saved)
    with st.container(border=True, key=f"result_{saved.id}"):
        user_text(sheet.title or words("results.untitled"), f"title_of_{saved.id}")
        if model is None:
            st.markdown(md(words("results.no_model", version=sheet.model)))
        else:
            st.markdown(md(_sentence(model, sheet)))
        changed = words.date(saved.changed_at.date())
        st.caption(md(words("results.changed", date=changed, version=sheet.model)))
        with st.container(horizontal=True, key=f"steps_{saved.id}", gap="xsmall", vertical_alignment="center"):
            if model is not None:
                opened = Draft(model, sheet.answers, sheet.title)
                own_words.remember(saved.record, opened)
                navigation.link("result", words("results.open"), to=opened)
                today = draft.on_newest(opened)
                navigation.link("recheck", words("results.recheck"), to=today, before=opened.code)
            _rename(id_, saved)
            with st.popover(words("results.delete"), type="tertiary"):
                st.markdown(md(words("results.delete_sure")))
                st.button(
                    words("results.delete_yes"),
                    key=f"delete_{saved.id}",
                    on_click=_change,
                    args=(lambda: services().results.delete(id_, saved.id),),
                )


def _rename(id_: str, saved: SavedResult) -> None:
    words = services().words
    with st.popover(words("results.rename"), type="tertiary"):
        key = f"name_{saved.id}"
        st.text_input(words("results.name"), value=saved.record.sheet.title, key=key, max_chars=TITLE_LIMIT)
        st.button(
            words("results.rename_yes"),
            key=f"rename_{saved.id}",
            on_click=_change,
            args=(lambda: services().results.rename(id_, saved, st.session_state[key]),),
        )


def _file(id_: str, saved: tuple[SavedResult, ...]) -> None:
    words, results = services().words, services().results
    navigation.link("goal_draft", words("goal_draft.from_file"))
    st.header(words("results.file.title"), anchor=False)
    st.markdown(md(words("results.file.about")))
    if saved:
        st.download_button(
            words("results.file.save"),
            data=lambda: results.to_file(id_),
            file_name="okr-assistant-results.json",
            mime="application/json",
            on_click="ignore",
        )
    given = st.file_uploader(words("results.file.read"), type=["json"], key="results_file")
    if given is not None:
        label = words("results.file.read_yes", name=md(given.name))
        read = partial(results.from_file, id_, given.getvalue(), services().models, given.name)
        st.button(label, key="read_file", on_click=_change, args=(read,))
    if saved:
        with st.popover(words("results.delete_all")):
            st.markdown(md(words("results.delete_all_sure")))
            args = (lambda: results.delete_all(id_),)
            st.button(words("results.delete_all_yes"), key="delete_all", on_click=_change, args=args)


def _sentence(model: Model, sheet: AnswerSheet) -> str:
    result = assess(model, sheet)
    settled = bool(result.open) and is_settled(result, foresee(model, sheet))
    return verdict_sentence(model, result, services().words, settled=settled)


def _model(saved: SavedResult) -> Model | None:
    try:
        return services().models.for_sheet(saved.record.sheet)
    except OkrAssistantError:
        return None


def _change(act: Callable[[], object]) -> None:
    """Do it before the page is drawn anew; what went wrong is said there."""
    try:
        act()
    except OkrAssistantError as error:
        st.session_state[_PROBLEM] = error


def _done(act: Callable[[], object]) -> bool:
    try:
        act()
    except OkrAssistantError as error:
        st.markdown(md(services().words.error_sentence(error)))
        return False
    return True
