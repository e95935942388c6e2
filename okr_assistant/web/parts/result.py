"""The parts of the Result page, each drawn from the view."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from okr_assistant.charts.on_pages import FIT_WIDTH, described_once
from okr_assistant.charts.position import position_chart
from okr_assistant.charts.ranking import ranking_chart
from okr_assistant.views.result import Advice, RankedView, Reason, ResultView, Statement
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md


def contradictions(view: ResultView) -> None:
    """Draw answers that cannot both hold; they come before the result, which may rest on a slip."""
    if not view.contradictions:
        return
    with st.container(border=True, key="contradictions"):
        st.markdown(f"**{services().words('result.contradictions')}**")
        for found in view.contradictions:
            st.markdown(f"{md(found.text)} {cite(found.citations)}")


def statements(title: str, found: tuple[Statement, ...], *, numbered: bool = False) -> None:
    """Draw sentences under a heading, each with its reason and sources; nothing when there are none."""
    if not found:
        return
    st.header(title, anchor=False)
    st.markdown(listed(found, numbered=numbered))


def listed(found: tuple[Statement, ...], *, numbered: bool = False) -> str:
    """Return sentences as a list in Markdown, each with its reason and sources."""
    lines = []
    for number, statement in enumerate(found, start=1):
        mark = f"{number}." if numbered else "-"
        text = f"**{md(statement.text)}**" if statement.because else md(statement.text)
        lines.append(f"{mark} {text} {md(statement.because)} {cite(statement.citations)}")
    return "\n".join(lines)


def summary(view: ResultView) -> None:
    """Draw what the recommended approach is, in a line, and the special form of it."""
    if len(view.advice) == 1:
        st.markdown(md(view.advice[0].summary))
    if view.form:
        st.markdown(f"**{md(view.form)}**")
    if view.split:
        st.markdown(md(view.split))
        navigation.link("goal_map", services().words("result.split_link"), room={"split": "1"})


def monday(view: ResultView) -> None:
    """Draw the first step, for each approach in the outcome; nothing when there is no advice."""
    if not view.advice:
        return
    words = services().words
    st.header(words("result.monday"), anchor=False)
    for advice in view.advice:
        with st.container(border=True, key=f"monday_{advice.approach}"):
            if len(view.advice) > 1:
                st.markdown(f"**{md(advice.name)}**")
            st.markdown(advice.text.monday)
            st.caption(words("result.artefact", artefact=md(advice.artefact)))


def ranking(view: ResultView) -> None:
    """Draw all approaches as bars with a table beside them, and below every reason for every number."""
    words = services().words
    st.header(words("result.ranking"), anchor=False)
    bars(view.ranking, key="ranking_chart")
    st.markdown(md(words("result.ranking_reasons")))
    for entry in view.ranking:
        with st.expander(md(entry.heading), expanded=entry.matters_most):
            reasons(entry)


def bars(ranked: tuple[RankedView, ...], *, key: str) -> None:
    """Draw the points of all approaches as bars, with the same numbers in a table beside them."""
    words = services().words
    chart, table = st.columns([3, 2])
    with chart:
        drawn = described_once(ranking_chart(ranked, words, ink=ink())).properties(autosize=FIT_WIDTH)
        st.altair_chart(drawn, alt=words("chart.ranking_alt"), key=key)
    with table:
        st.table(_ranking_table(ranked), border="horizontal")


def reasons(entry: RankedView) -> None:
    """Draw what blocks the approach, what speaks for and against it, and how that adds up."""
    words = services().words
    for block in entry.blocks:
        st.markdown(f"**{words('result.blocked')}** {md(block.text)} {cite(block.citations)}")
    _reasons(words("result.for"), [reason for reason in entry.reasons if reason.points.startswith("+")])
    _reasons(words("result.against"), [r for r in entry.reasons if not r.points.startswith("+")])
    st.markdown(md(entry.total))


def _reasons(title: str, found: Iterable[Reason]) -> None:
    lines = [
        f"- **{reason.points}** {md(reason.because)} {cite(reason.citations)}  \n"
        f":small[{md(reason.question)} *{md(reason.answer)}*]"
        for reason in found
    ]
    if lines:
        st.markdown("\n".join([f"**{title}**\n", *lines]))


def contested(view: ResultView) -> None:
    """Draw the topics on which experts disagree, with both sides next to each other."""
    words = services().words
    if not view.contested:
        return
    st.header(words("result.contested"), anchor=False)
    for topic in view.contested:
        st.markdown(f"**{md(topic.topic)}**")
        for column, title, side in zip(
            st.columns(2, border=True),
            (words("result.side_for"), words("result.side_against")),
            (topic.for_, topic.against),
            strict=True,
        ):
            column.markdown(f"**{title}**\n\n{md(side.text)}\n\n{cite(side.citations)}")


def position(view: ResultView) -> None:
    """Draw where the work lies, with the numbers beside the picture and the answers behind them."""
    words = services().words
    st.header(words("result.position"), anchor=False)
    if not view.position.placed:
        st.markdown(md(view.position.missing))
    chart, table = st.columns([3, 2])
    if view.position.placed:
        with chart:
            st.altair_chart(
                described_once(position_chart(view.position, words, ink=ink())),
                alt=view.position.described,
                key="position_chart",
            )
    with table:
        st.table(
            pd.DataFrame(
                {words("position.value"): [axis.value_text for axis in view.position.axes]},
                index=pd.Index([axis.name for axis in view.position.axes], name=words("position.axis_title")),
            ),
            border="horizontal",
        )
        st.caption(words("position.describes"))
    with st.expander(words("position.behind")):
        for axis in view.position.axes:
            lines = [
                f"- **{part.value}** {md(part.question)} *{md(part.answer)}* {cite(part.citations)}"
                for part in axis.parts
            ]
            heading = f"**{axis.name}: {axis.value_text}** ({axis.answered})"
            st.markdown("\n".join([heading, "", *lines]))


def find_out(view: ResultView) -> None:
    """Draw the questions that were answered with "I don't know"."""
    words = services().words
    if view.find_out:
        st.header(words("result.find_out"), anchor=False)
        st.markdown("\n".join(f"- {md(question)}" for question in view.find_out))


def about_the_approaches(view: ResultView) -> None:
    """Draw everything there is to know about what is recommended, its counter-argument included."""
    for advice in view.advice:
        _about(advice)


def _about(advice: Advice) -> None:
    words = services().words
    st.header(md(words("result.about", name=advice.name)), anchor=False)
    st.markdown(advice.text.what)
    st.markdown(f"**{words('result.against_it')}**\n\n{advice.text.against}")
    parts = {
        "fits": advice.text.fits,
        "rhythm": advice.text.rhythm,
        "pitfalls": advice.text.pitfalls,
        "revisit": advice.text.revisit,
    }
    for part, text in parts.items():
        with st.expander(words(f"result.part.{part}")):
            st.markdown(text)


def answers(view: ResultView) -> None:
    """Draw all answers, each a link to its question."""
    words = services().words
    st.header(words("result.answers"), anchor=False)
    st.markdown(words("result.answers_change"))
    with st.container(key="answers", gap="xsmall"):
        for row in view.answers:
            label = f"{md(row.question)} **{md(row.answer)}**{md(row.state)}"
            navigation.link("assess", label, question=row.question_id)


def ink() -> str:
    """The colour of text in pictures: that of the page's theme in ``.streamlit/config.toml``."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def _ranking_table(ranking: tuple[RankedView, ...]) -> pd.DataFrame:
    words = services().words
    return pd.DataFrame(
        {
            words("chart.points"): [entry.points_text for entry in ranking],
            words("result.standing_title"): [entry.standing_text for entry in ranking],
        },
        index=pd.Index([entry.name for entry in ranking], name=words("chart.approach")),
    )
