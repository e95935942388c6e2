"""The only place where text becomes Markdown, and where what a person typed is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import streamlit as st

from okr_assistant.views.parts import Citation

# What Markdown (with Streamlit's directives, formulas, emoji codes and addresses without brackets) would read as a
# sign, inside a line and at its start. No more than that: in labels that are read aloud a needless backslash would
# be spoken.
_SIGNS = re.compile(
    r"([\\`*_\[\]<>~$&|@]|:(?=\S)|(?<=www)\.|^[#+=-]|^\d+(?=[.)](?:\s|$)))", re.MULTILINE | re.IGNORECASE
)


def user_text(text: str, key: str) -> None:
    """Show what a person typed, exactly, as text: nothing in it is Markdown, HTML or a link."""
    with st.container(key=f"user_text_{key}"):
        st.text(text)


@lru_cache(maxsize=4096)
def md(text: str) -> str:
    """Return plain text (of a model, the catalogue or a table that is read) so that Markdown shows it as it is."""
    return _SIGNS.sub(_escaped, text)


def _escaped(sign: re.Match[str]) -> str:
    found = sign.group()
    return f"{found}\\" if found.isdecimal() else f"\\{found}"


def cite(citations: Iterable[Citation]) -> str:
    """Return the sources as links; model files hold only web addresses that cannot end a link early."""
    return ", ".join(f"[{md(citation.text)}]({citation.url})" for citation in citations)
