"""The files of a goal map."""

from __future__ import annotations

from functools import partial

import streamlit as st

from okr_assistant.export.formats import file_name
from okr_assistant.export.map_formats import MAP_FORMATS, map_export
from okr_assistant.portfolio.portfolio_file import write_portfolio
from okr_assistant.web.context import services
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md


def files(opened: Open) -> None:
    """Draw a button for each file; each is made when it is asked for."""
    words, now = services().words, services().clock.now()
    st.markdown(md(words("map_page.files.about")))
    with st.container(horizontal=True, key="map_files"):
        for format_ in MAP_FORMATS.values():
            st.download_button(
                words(format_.label),
                data=partial(_write, opened, format_.id),
                file_name=file_name(opened.portfolio.name, now.date(), format_.ending),
                mime=format_.media_type,
                key=f"map_file_{format_.id}",
                on_click="ignore",
            )
    st.markdown(md(words("map_page.files.portfolio_about")))
    st.download_button(
        words("map_page.files.portfolio"),
        data=lambda: write_portfolio(opened.portfolio),
        file_name=file_name(opened.portfolio.name, now.date(), "json"),
        mime="application/json",
        key="map_file_portfolio",
        on_click="ignore",
    )


def _write(opened: Open, format_id: str) -> bytes:
    made = map_export(opened.map, opened.portfolio.name, services().words, services().clock.now())
    return MAP_FORMATS[format_id].write(made)
