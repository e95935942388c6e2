"""Votes that were revealed, drawn from the view: in the facilitator's page and, large, on the projector."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import streamlit as st

from okr_assistant.charts.on_pages import SILENT
from okr_assistant.charts.votes import outcomes_chart, votes_chart
from okr_assistant.views.workshop.check import CheckView, FingersBar
from okr_assistant.views.workshop.picture import OutcomeBar, few_outcomes
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView, VoteBar
from okr_assistant.views.workshop.vote_parts import few, few_moves
from okr_assistant.web.context import services
from okr_assistant.web.parts.result import ink
from okr_assistant.web.text import md, user_text
from okr_assistant.words import Words

_MOVES = 3
"""As many as one reads; all of them are in the rounds side by side."""
_OUTCOMES = 8
"""As many as a wall has room for, and as one compares; all of them are in the numbers."""
_HEARD = "screen_numbers"
"""What style.css leaves to screen readers: the wall has no room for it, and they read out no mark of a picture."""
_CHARTS = 64
"""Kept for those who look at the same reveal, and for the next click."""


def outcomes(view: RevealView, *, large: bool = False) -> None:
    """Draw what people's own answers lead to; nothing when nobody has any that may be shown."""
    if not view.by_person:
        return
    words = services().words
    shown = few_outcomes(view.by_person, _OUTCOMES, words)
    said = words("facilitate.outcomes_alt")
    spec = _outcomes_spec(shown, words, ink(), large=large)
    st.vega_lite_chart(spec, alt=said, key="outcomes_chart", width=_width(large=large))
    with st.container(key=_HEARD) if large else st.expander(words("facilitate.numbers")):
        _in_words(view.by_person)


def approaches(view: RevealView) -> None:
    """Draw one line for each approach that is named."""
    with st.container(key="approaches_named", gap=None):
        for name, summary in view.approaches:
            st.caption(f"**{md(name)}:** {md(summary)}")


def to_find_out(view: RevealView, most: int | None = None) -> None:
    """Draw the questions, all or the first of them, to which most do not know the answer."""
    _listed(services().words.counted("reveal.to_find_out", len(view.find_out)), view.find_out, most)


def still_open(view: RevealView, most: int | None = None) -> None:
    """Draw the questions, all or the first of them, that have no answer of the group."""
    _listed(services().words.counted("reveal.still_open", len(view.still_open)), view.still_open, most)


def consequence(question: RevealedQuestion) -> None:
    """Draw whether the disagreement decides, and between what."""
    if question.consequence:
        lines = [f"**{md(question.consequence)}**", *(f"- {md(side)}" for side in question.sides)]
        st.markdown("\n".join(lines))


def said(question: RevealedQuestion) -> None:
    """Draw what there is to say of a question: what it decides, the statistic, how far apart people are."""
    consequence(question)
    facts(question.voted, question.statistic, question.spread, question.shift)
    moved(question)


def facts(*sentences: str) -> None:
    """Draw those of the sentences that say something."""
    if any(sentences):
        st.markdown(md(" ".join(filter(None, sentences))))


def moved(question: RevealedQuestion) -> None:
    """Draw how many voted again, and the most frequent moves."""
    facts(question.again, *few_moves(question.moves, _MOVES, services().words))


def bars(question: RevealedQuestion, *, large: bool = False) -> None:
    """Draw how many chose each answer."""
    words = services().words
    spec = _votes_spec(question, words, ink(), large=large)
    said = words("facilitate.counts_alt")
    st.vega_lite_chart(spec, alt=said, key=f"votes_chart_{question.id}", width=_width(large=large))
    if large:
        with st.container(key=_HEARD):
            _in_words(question.bars)


def numbers(question: RevealedQuestion) -> None:
    """Draw how many chose each answer in words, who they are in named rooms, and the reasons they gave."""
    words = services().words
    for bar in question.bars:
        standing = f" *{md(bar.standing)}*" if bar.standing else ""
        st.markdown(f"{_chose(bar.label, bar.people)}{standing}")
        if bar.names:
            user_text(words("facilitate.between").join(bar.names), f"names_{question.id}_{bar.choice}")
        _reasons(bar.reasons, f"{question.id}_{bar.choice}")


def fingers(view: CheckView) -> None:
    """Draw how many showed how many fingers."""
    for bar in view.bars:
        _finger(bar)


def check(view: CheckView) -> None:
    """Draw how far people stand behind the group's answers, and how many are asked to speak."""
    st.markdown(f"**{md(view.headline)}** {md(view.speak)}")


def fingers_and_why(view: CheckView) -> None:
    """Draw how many showed how many fingers; who they are where names are shown, and what they have to say."""
    words = services().words
    for bar in view.bars:
        with st.container(key=f"fingers_{bar.fingers}", gap="xxsmall"):
            _finger(bar)
            if bar.names:
                user_text(words("facilitate.between").join(bar.names), f"fingers_{bar.fingers}")
            given = [each for each in view.objections if each.fingers == bar.fingers and each.reason]
            _reasons([(each.reason, each.name) for each in given], f"fingers_{bar.fingers}")


def _finger(bar: FingersBar) -> None:
    st.progress(bar.share / 100, text=f"{md(bar.label)}: **{bar.people}**")


# A chart takes longer to make than all the rest of a page, and a page is drawn for every click on it.


@lru_cache(maxsize=_CHARTS)
def _outcomes_spec(outcomes: tuple[OutcomeBar, ...], words: Words, ink: str, *, large: bool) -> dict[str, Any]:
    return _spec(outcomes_chart(outcomes, words, ink=ink, large=large))


@lru_cache(maxsize=_CHARTS)
def _votes_spec(question: RevealedQuestion, words: Words, ink: str, *, large: bool) -> dict[str, Any]:
    return _spec(votes_chart(question, words, ink=ink, large=large))


def _reasons(given: Sequence[tuple[str, str]], key: str) -> None:
    words = services().words
    for number, (reason, name) in enumerate(given):
        text = words("facilitate.reason_by", reason=reason, name=name) if name and reason else reason or name
        user_text(text, f"reason_{key}_{number}")


def _width(*, large: bool) -> Literal["content", "stretch"]:
    """On a wall style.css scales the picture."""
    return "content" if large else "stretch"


def _listed(label: str, texts: Sequence[str], most: int | None) -> None:
    if texts:
        words = services().words
        lines = few(texts, most or len(texts), lambda left: words.counted("reveal.others", left))
        st.markdown("\n".join([f"**{md(label)}**", *(f"- {md(line)}" for line in lines)]))


def _in_words(bars: Sequence[VoteBar | OutcomeBar]) -> None:
    st.markdown("\n".join(f"- {_chose(bar.label, bar.people)}" for bar in bars))


def _chose(label: str, people: int) -> str:
    words = services().words
    return f"{md(label)}: **{md(words.counted('reveal.people', people))}**"


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    """Without Altair's own sizes, which are not for a page that has its own."""
    spec: dict[str, Any] = chart.to_dict()
    return spec | {"config": SILENT}
