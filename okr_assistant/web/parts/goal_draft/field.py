"""One field of a first draft: what is asked, the widget for its kind, and what the linter saw in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from okr_assistant.drafting.forms import Field
from okr_assistant.drafting.goal_draft import FIRST_DAY, LAST_DAY, LINE_LIMIT, MOST_NUMBER
from okr_assistant.free_text import NOTE_LIMIT
from okr_assistant.views.goal_draft import FindingView
from okr_assistant.web.context import services
from okr_assistant.web.parts.goal_draft.written import changed
from okr_assistant.web.text import cite, md, user_text


def asked(field: Field, hint: str) -> str:
    """Return what is asked, and below it what helps to answer, with an example of each kind where there is one."""
    said = [f"**{md(field.label)}**"]
    said += [f":small[{md(text)}]" for text in (hint, *_examples(field)) if text]
    return "  \n".join(said)


def _examples(field: Field) -> Iterator[str]:
    words = services().words
    if field.weak:
        yield words("goal_draft.example_weak", text=" ".join(field.weak.split()))
    if field.strong:
        yield words("goal_draft.example_strong", text=" ".join(field.strong.split()))


def widget(field: Field, key: str) -> None:
    """Draw the widget for the kind of the field; it keeps what is in it when the page is left.

    Streamlit reads a label aloud as it is written, markup and all: the label is the plain question, and what is
    seen is ``asked``, drawn above it.
    """
    kept: dict[str, Any] = {
        "key": key, "persist_state": "session", "on_change": changed, "label_visibility": "collapsed",
    }  # fmt: skip
    said = field.label
    match field.kind:
        case "line":
            # sent on leaving the field only, it would arrive after a click on a link and undo that
            st.text_input(said, max_chars=LINE_LIMIT, live=True, **kept)
        case "text":
            st.text_area(said, max_chars=NOTE_LIMIT, height=110, **kept)
        case "lines":
            st.text_area(said, max_chars=(LINE_LIMIT + 1) * field.most, height=110, **kept)
        case "date":
            st.date_input(said, value=None, min_value=FIRST_DAY, max_value=LAST_DAY, **kept)
        case "number":
            st.number_input(said, min_value=0, max_value=MOST_NUMBER, value=None, step=1, **kept)
        case "choice":
            options = [option.id for option in field.options]
            st.radio(said, options, index=None, format_func=field.label_of, **kept)


def findings(found: tuple[FindingView, ...], place: str) -> None:
    """Draw what the linter saw, why it matters and how to mend it; the first one open. It stops nobody."""
    if not found:
        return
    words = services().words
    with st.container(border=True, key=f"finding_{place}", gap="small"):
        _finding(found[0], f"{place}_1")
        if len(found) > 1:
            with st.expander(words.counted("goal_draft.more_findings", len(found) - 1)):
                for number, each in enumerate(found[1:], start=2):
                    _finding(each, f"{place}_{number}")


def _finding(each: FindingView, place: str) -> None:
    words = services().words
    st.markdown(f"**{md(each.says)}**")
    user_text(words("lint.quoted", text=each.saw), f"saw_{place}")
    instead = words("goal_draft.finding_instead", fix=each.fix)
    st.markdown(f"{md(each.why)}  \n{md(instead)} {cite(each.citations)}")
