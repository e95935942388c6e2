"""The only place where text becomes Markdown, and where what a person typed is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from okr_assistant.views.parts import Citation

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def user_text(text: str, key: str) -> None:
    """Show what a person typed, exactly, as text: nothing in it is Markdown, HTML or a link."""
    with st.container(key=f"user_text_{key}"):
        st.text(text)


def md(text: str) -> str:
    """Return plain text (of a model or the catalogue) so that Markdown shows it as it is."""
    return _PUNCTUATION.sub(r"\\\1", text)


def cite(citations: Iterable[Citation]) -> str:
    """Return the sources as links; model files hold only web addresses that cannot end a link early."""
    return ", ".join(f"[{md(citation.text)}]({citation.url})" for citation in citations)
