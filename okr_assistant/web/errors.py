"""How what went wrong is shown: one clear line and a next step, never a stack."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from okr_assistant.errors import OkrAssistantError
from okr_assistant.web import draft, language
from okr_assistant.web.context import services
from okr_assistant.web.text import user_text


def show_problems(problems: Iterable[OkrAssistantError]) -> None:
    """Draw what the address said that could not be used. The lines quote it, so they are user text."""
    words = services().words
    for number, problem in enumerate(problems):
        with st.container(border=True, key=f"problem_{number}"):
            st.markdown(f"**{words('error.address_title')}**")
            user_text(words.address_line(problem), f"problem_{number}")
            kept = draft.current().answers
            st.caption(words("error.address_kept" if kept else "error.address_nothing"))


def sentence(error: OkrAssistantError) -> str:
    """Return what went wrong as a sentence, for a place that says itself what it is about."""
    return services().words.error_sentence(error)


def show_not_connected() -> None:
    """Draw the page that stands for all pages when the app was started without its launcher."""
    words = language.words_in(language.current().language)
    st.title(words("error.not_connected_title"))
    st.markdown(words("error.not_connected"))


def on_script_error(_error: Exception, *, hide: bool) -> bool:
    """Replace Streamlit's own box by our words, if asked to ``hide`` it; the log has the type and no more."""
    if not hide:
        return False
    words = language.words_in(language.current().language)
    st.header(words("error.unexpected_title"))
    st.markdown(words("error.unexpected"))
    return True
