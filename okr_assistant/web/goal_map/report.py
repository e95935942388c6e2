"""What became of the rows that were read last: how many are new, and each that was not taken, with its place."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from okr_assistant.portfolio.importing import Imported
from okr_assistant.portfolio.merging import Merged
from okr_assistant.web.context import services
from okr_assistant.web.text import md, user_text

_DONE = "_goal_map_read"
_PROBLEMS_SHOWN = 30


@dataclass(frozen=True)
class Done:
    """What came of a table."""

    imported: Imported
    merged: Merged


def remember(done: Done) -> None:
    """Show this until somebody has seen it."""
    st.session_state[_DONE] = done


def forget() -> None:
    """Show nothing more of it."""
    st.session_state.pop(_DONE, None)


def report() -> None:
    """Draw what became of the rows that were read last, until somebody has seen it."""
    found: Done | None = st.session_state.get(_DONE)
    if found is None:
        return
    words, done = services().words, found.imported
    with st.container(border=True, key="read_report"):
        said = words("map_page.reading.added", added=found.merged.added, changed=found.merged.changed)
        skipped = words.counted("map_page.reading.skipped", done.skipped) if done.skipped else ""
        st.markdown(f"**{md(f'{said} {skipped}'.strip())}**")
        for number, problem in enumerate(done.problems[:_PROBLEMS_SHOWN]):
            user_text(words.error_line(problem), f"row_problem_{number}")
        if len(done.problems) > _PROBLEMS_SHOWN:
            st.caption(words.counted("map_page.reading.more_problems", len(done.problems) - _PROBLEMS_SHOWN))
        for number, value in enumerate(done.unmapped[:_PROBLEMS_SHOWN]):
            said = words.counted("map_page.reading.unmapped", value.rows, column=value.header, value=value.value)
            user_text(said, f"unmapped_{number}")
        st.button(words("map_page.reading.seen"), key="report_seen", on_click=forget)
