"""The files of a goal map."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from okr_assistant.export.map_formats import MAP_FORMATS, map_export, map_file_name
from okr_assistant.portfolio.goal_map import GoalMap
from okr_assistant.portfolio.portfolio_file import write_portfolio
from okr_assistant.web.context import services
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.language import as_now
from okr_assistant.web.text import md


def files(opened: Open) -> None:
    """Draw a button for each file; each is made when it is asked for."""
    words, now = services().words, services().clock.now()
    st.markdown(md(words("map_page.files.about")))
    buttons(opened, MAP_FORMATS, "map_file")
    st.markdown(md(words("map_page.files.portfolio_about")))
    st.download_button(
        words("map_page.files.portfolio"),
        data=lambda: write_portfolio(opened.portfolio),
        file_name=map_file_name(opened.portfolio.name, now.date(), "json", words),
        mime="application/json",
        key="map_file_portfolio",
        on_click="ignore",
    )


def buttons(opened: Open, formats: Iterable[str], key: str, before: GoalMap | None = None) -> None:
    """Draw a button for each of these formats; ``before`` is the earlier map that the files compare with."""
    words, now = services().words, services().clock.now()
    with st.container(horizontal=True, key=f"{key}s"):
        for format_ in (MAP_FORMATS[id_] for id_ in formats):
            st.download_button(
                words(format_.label),
                data=as_now(partial(_write, opened, format_.id, before)),
                file_name=map_file_name(opened.portfolio.name, now.date(), format_.ending, words),
                mime=format_.media_type,
                key=f"{key}_{format_.id}",
                on_click="ignore",
            )


def _write(opened: Open, format_id: str, before: GoalMap | None) -> bytes:
    made = map_export(opened.map, opened.portfolio.name, services().words, services().clock.now(), before)
    return MAP_FORMATS[format_id].write(made)
