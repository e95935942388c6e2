"""The parts of the Method page: the whole model, readable, drawn from the view."""

from __future__ import annotations

import streamlit as st

from okr_assistant.views.method import MethodView, OptionPart, QuestionPart, RulePart
from okr_assistant.web.context import services
from okr_assistant.web.text import cite, md


def questions(view: MethodView) -> None:
    """Draw every question with its answers and what each says about the approaches."""
    st.header(services().words("method.questions"))
    section = ""
    for question in view.questions:
        if question.section != section:
            section = question.section
            st.subheader(section)
        with st.expander(md(question.text)):
            st.markdown(_question(question))


def _question(question: QuestionPart) -> str:
    head = f"`{question.id}` {md(question.why_we_ask)} {cite(question.citations)}"
    return "\n\n".join([head, md(question.asked_when), *(_option(option) for option in question.options)])


def _option(option: OptionPart) -> str:
    no_points = services().words("method.no_points")
    lines = [
        f"- **{row.points} {md(row.approach)}** {md(row.because)} {cite(row.citations)}" for row in option.points
    ] or [f"- {md(no_points)}"]
    extra = [f"- {md(text)}" for text in (option.how, option.axis) if text]
    return "\n".join([f"**{md(option.label)}** `{option.id}` {md(option.hint)}", "", *lines, *extra])


def rules(view: MethodView) -> None:
    """Draw every rule by kind: when it holds, and why."""
    st.header(services().words("method.rules_title"))
    for group in view.rules:
        with st.expander(md(group.title)):
            st.markdown("\n\n".join([md(group.meaning), *(_rule(rule) for rule in group.rules)]))


def _rule(rule: RulePart) -> str:
    lines = [md(rule.when), *(f"{md(text)} {cite(citations)}" for text, citations in rule.lines)]
    return "\n".join(
        [
            f"**{md(rule.heading)}**",
            "",
            f"- {md(rule.because)} {cite(rule.citations)}",
            *(f"- {line}" for line in lines),
        ]
    )


def approaches(view: MethodView) -> None:
    """Draw every approach in the words of its Markdown file."""
    words = services().words
    st.header(words("method.approaches"))
    for approach in view.approaches:
        with st.expander(md(approach.name)):
            st.markdown(f"{md(approach.summary)} {md(words('result.artefact', artefact=approach.artefact))}")
            for part in ("what", "fits", "monday", "rhythm", "pitfalls", "revisit", "against"):
                st.markdown(f"**{words(f'result.part.{part}')}**\n\n{getattr(approach.text, part)}")
    st.markdown(words("method.others"))


def sources(view: MethodView) -> None:
    """Draw every source with what we take from it."""
    st.header(services().words("method.sources"))
    lines = [f"- {cite([source])}: *{md(source.title)}*. {md(takeaway)}" for source, takeaway in view.sources]
    st.markdown("\n".join(lines))
