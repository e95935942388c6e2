"""Rounds side by side, drawn from the view."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from okr_assistant.views.workshop.movement import MovementView, QuestionMovement
from okr_assistant.web.context import services
from okr_assistant.web.text import md


def rounds(view: MovementView) -> None:
    """Draw what each round led to, and how people moved; nothing while no question was asked twice."""
    if not view.questions:
        return
    with st.expander(services().words("facilitate.rounds")):
        lines = [f"- **{md(each.title)}:** {md(each.own)}. {md(each.group)}" for each in view.rounds]
        st.markdown("\n".join(lines))
        for question in view.questions:
            _question(question)


def _question(question: QuestionMovement) -> None:
    columns = {
        title: [_count(choice.people[place]) for choice in question.choices]
        for place, title in enumerate(question.rounds)
    }
    index = pd.Index([choice.label for choice in question.choices], name=question.text)
    st.table(pd.DataFrame(columns, index=index), border="horizontal")
    said = [*question.statistics[-1:], *(move for step in question.steps for move in step.moves)]
    st.markdown(md(" ".join(said)))


def _count(people: int | None) -> str:
    return services().words("facilitate.not_shown") if people is None else str(people)
