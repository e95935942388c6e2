"""What the group has agreed on: the advice, what has to be fixed before it, and the answers behind it."""

from __future__ import annotations

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.views.workshop.room import AgreedView, agreed_view
from okr_assistant.web.context import services
from okr_assistant.web.text import md
from okr_assistant.workshop.room import Room


def advice(view: AgreedView) -> None:
    """Draw what the group's answers lead to, and what has to be fixed before that."""
    st.markdown(f"**{md(view.sentence)}.**")
    if view.conditions:
        title = services().words.counted("result.conditions", len(view.conditions))
        fixes = "\n".join(f"- **{md(found.text)}** {md(found.because)}" for found in view.conditions)
        st.markdown(f"{md(title)}:\n\n{fixes}")


def asked(room: Room, model: Model) -> None:
    """Draw, on the projector, what people are asked about at the check."""
    view = agreed_view(room, model, services().words)
    left, right = st.columns([2, 3], gap="large")
    with left, st.container(key="screen_advice"):
        advice(view)
    with right, st.container(key="screen_answers"):
        st.markdown("\n".join(f"- {md(question)} **{md(answer)}**" for question, answer in view.answers))


def advised(room: Room, model: Model) -> None:
    """Draw, on the projector, what people said how far they stand behind."""
    with st.container(key="screen_advice"):
        advice(agreed_view(room, model, services().words))
