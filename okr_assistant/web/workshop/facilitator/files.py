"""The facilitator's page: what can be taken along, the votes once they are revealed and the record at the end."""

from __future__ import annotations

import streamlit as st

from okr_assistant.web.context import services
from okr_assistant.web.language import as_now, carried
from okr_assistant.web.parts.share import base
from okr_assistant.web.text import md
from okr_assistant.web.workshop.facilitator.desk import Desk
from okr_assistant.web.workshop.files import WorkshopFile, record_files, votes_file


def files(desk: Desk) -> None:
    """Draw a button for each file that there is by now; it is made when it is asked for."""
    words, finished = services().words, desk.phase == "finished"
    if not any(round_.revealed_at for round_ in desk.room.rounds):
        return
    st.header(words("workshop_record.take_along"), anchor=False)
    st.markdown(md(words("workshop_record.about_record" if finished else "workshop_record.about_votes")))
    facilitation = desk.facilitation()
    with st.container(horizontal=True, key="workshop_files"):
        if finished and desk.browser is not None:
            # With a key in the address instead of a cookie the page would not know who asks.
            st.link_button(words("workshop_record.read"), carried(f"{base()}/w/{desk.room.id}/record"))
        for file in record_files(facilitation, base()) if finished else ():
            _button(file)
        _button(votes_file(facilitation))


def _button(file: WorkshopFile) -> None:
    st.download_button(
        services().words(file.label),
        data=as_now(file.make),
        file_name=file.name,
        mime=file.media_type,
        key=f"workshop_file_{file.id}",
        on_click="ignore",
    )
