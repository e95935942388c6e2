"""The parts of the page on which an old result is checked again."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from okr_assistant.views.comparison import ComparisonView, Move
from okr_assistant.views.questionnaire import QuestionView
from okr_assistant.web.context import services
from okr_assistant.web.parts.question import question
from okr_assistant.web.text import md


def questions(views: Iterable[QuestionView]) -> None:
    """Draw questions with the answers they have now."""
    for view in views:
        question(view)


def difference(view: ComparisonView, *, changed: bool) -> None:
    """Draw what was said then and, once something has ``changed``, what is said now and what moved it."""
    words = services().words
    st.header(words("recheck.difference"), anchor=False)
    st.markdown(md(words("recheck.before", sentence=view.before)))
    if not changed:
        st.markdown(words("recheck.nothing_yet"))
        return
    st.markdown(md(words("recheck.now", sentence=view.after)))
    st.markdown(f"**{md(view.summary)}**")
    _moves(words("comparison.by_model"), view.by_model)
    _moves(words("comparison.by_answers"), view.by_answers)


def _moves(title: str, moves: tuple[Move, ...]) -> None:
    if not moves:
        return
    with st.expander(title):
        lines = [
            line
            for move in moves
            for line in (f"- {md(move.text)}", *(f"  - {md(part)}" for part in move.because))
        ]
        st.markdown("\n".join(lines))
