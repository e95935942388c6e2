"""Votes that were revealed, drawn from the view: in the facilitator's page and, large, on the projector."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import streamlit as st

from okr_assistant.charts.votes import outcomes_chart, votes_chart
from okr_assistant.views.workshop.check import CheckView
from okr_assistant.views.workshop.reveal import OutcomeBar, RevealedQuestion, RevealView
from okr_assistant.web.context import services
from okr_assistant.web.parts.result import ink
from okr_assistant.web.text import md, user_text

_CHARTS = 64
"""Kept for those who look at the same reveal, and for the next click."""


def outcomes(view: RevealView, *, large: bool = False) -> None:
    """Draw what people's own answers lead to; nothing when nobody has any that may be shown."""
    if not view.by_person:
        return
    words = services().words
    spec = _outcomes_spec(view.by_person, ink(), large=large)
    said = words("facilitate.outcomes_alt")
    st.vega_lite_chart(spec, alt=said, key="outcomes_chart")
    if not large:
        with st.expander(words("facilitate.numbers")):
            st.markdown("\n".join(f"- **{bar.people}** {md(bar.label)}" for bar in view.by_person))


def said(question: RevealedQuestion) -> None:
    """Draw what there is to say of a question: what it decides, the statistic, how far apart people are."""
    if question.consequence:
        st.markdown(f"**{md(question.consequence)}**")
    facts = (question.voted, question.statistic, question.spread, question.shift)
    for lines in (facts, question.moves):
        if any(lines):
            st.markdown(md(" ".join(filter(None, lines))))


def bars(question: RevealedQuestion, *, large: bool = False) -> None:
    """Draw how many chose each answer."""
    spec = _votes_spec(question, ink(), large=large)
    said = services().words("facilitate.counts_alt")
    st.vega_lite_chart(spec, alt=said, key=f"votes_chart_{question.id}")


def numbers(question: RevealedQuestion) -> None:
    """Draw how many chose each answer in words, who they are in named rooms, and the reasons they gave."""
    words = services().words
    for bar in question.bars:
        standing = f" *{md(bar.standing)}*" if bar.standing else ""
        st.markdown(f"**{bar.people}** {md(bar.label)}{standing}")
        if bar.names:
            user_text(words("facilitate.between").join(bar.names), f"names_{question.id}_{bar.choice}")
        _reasons(bar.reasons, f"{question.id}_{bar.choice}")


def who(question: RevealedQuestion) -> None:
    """Draw who chose what; nothing where nobody's name is shown."""
    words = services().words
    for bar in question.bars:
        if bar.names:
            names = words("facilitate.between").join(bar.names)
            user_text(words("facilitate.who", choice=bar.label, names=names), f"who_{bar.choice}")


def fingers(view: CheckView) -> None:
    """Draw how many showed how many fingers."""
    for bar in view.bars:
        st.progress(bar.share / 100, text=f"{md(bar.label)}: **{bar.people}**")


def check(view: CheckView) -> None:
    """Draw how far people stand behind the group's answers, and who is asked to speak."""
    words = services().words
    st.markdown(f"**{md(view.headline)}** {md(view.speak)}")
    for bar in view.bars:
        if bar.names:
            names = words("facilitate.between").join(bar.names)
            user_text(words("facilitate.who", choice=bar.label, names=names), f"fingers_{bar.fingers}")


def objections(view: CheckView) -> None:
    """Draw what those have to say who were asked to speak."""
    words, labels = services().words, {bar.fingers: bar.label for bar in view.bars}
    for number, each in enumerate(objection for objection in view.objections if objection.reason):
        who = ", ".join(filter(None, (each.name, labels[each.fingers])))
        user_text(words("facilitate.reason_by", name=who, reason=each.reason), f"objection_{number}")


# A chart takes longer to make than all the rest of a page, and a page is drawn for every click on it.


@lru_cache(maxsize=_CHARTS)
def _outcomes_spec(outcomes: tuple[OutcomeBar, ...], ink: str, *, large: bool) -> dict[str, Any]:
    return _spec(outcomes_chart(outcomes, services().words, ink=ink, large=large))


@lru_cache(maxsize=_CHARTS)
def _votes_spec(question: RevealedQuestion, ink: str, *, large: bool) -> dict[str, Any]:
    return _spec(votes_chart(question, services().words, ink=ink, large=large))


def _reasons(given: tuple[tuple[str, str], ...], key: str) -> None:
    words = services().words
    for number, (reason, name) in enumerate(given):
        text = words("facilitate.reason_by", reason=reason, name=name) if name and reason else reason or name
        user_text(text, f"reason_{key}_{number}")


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    """Without Altair's own sizes, which are not for a page that has its own."""
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("config", None)
    return spec
