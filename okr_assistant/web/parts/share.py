"""The parts of the page Share: two kinds of link, and files."""

from __future__ import annotations

import html
import io
from datetime import timedelta
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from okr_assistant.decision.assessment import Assessment
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.errors import OkrAssistantError, TextError
from okr_assistant.export.formats import export, file_name, offered
from okr_assistant.paths import COPY_SCRIPT
from okr_assistant.sharing.links import DAYS, USUAL_DAYS, NewLink
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import LEVELS, USUAL_LEVEL, Level
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.hosts import LOOPBACK
from okr_assistant.web.language import carried
from okr_assistant.web.scripts import script_address
from okr_assistant.web.text import md

Asked: TypeAlias = tuple[Record, Level, int]
"""What a link was made of: the record, how much of it is shown, and for how many days."""
_MADE = "_made_link"
_COPY = """<div class="copy {whose}"{only_here}>
<input readonly aria-label="{field}" data-address="{address}" value="{address}">
<button type="button" data-copy="{address}" data-copied="{copied}">{label}</button></div>
<script src="{script}"></script>"""


def portable(record: Record) -> None:
    """Draw the link that has the answers in it."""
    words, models = services().words, services().models
    st.header(words("share.portable.title"), anchor=False)
    st.markdown(md(words("share.portable.about")))
    with_text = False
    if record.sheet.title or record.notes:
        with_text = st.checkbox(words("share.portable.with_text"), key="with_text")
    try:
        payload = portable_payload(models, record, with_text=with_text)
    except TextError as error:
        st.markdown(md(f"{words.error_sentence(error)} {words('share.portable.too_long')}"))
        payload = portable_payload(models, record)
    address(f"/p/{payload}", "portable")


def stored(found: Assessment, record: Record) -> None:
    """Draw the form for a link that is kept here, and the links that were made, the last one first.

    A second click on the button makes no second link to what the last one shows.
    """
    words = services().words
    st.header(words("share.stored.title"), anchor=False)
    st.markdown(md(words("share.stored.about")))
    level: Level = st.radio(
        words("share.stored.level"),
        LEVELS,
        index=LEVELS.index(USUAL_LEVEL),
        format_func=lambda id_: words(f"share.level.{id_}"),
        captions=[words(f"share.level_hint.{id_}") for id_ in LEVELS],
        key="share_level",
    )
    days = st.selectbox(
        words("share.stored.days"),
        DAYS,
        index=DAYS.index(USUAL_DAYS),
        format_func=lambda n: words("share.stored.for_days", count=n),
    )
    links: list[tuple[NewLink, Level, Asked]] = st.session_state.setdefault(f"{_MADE}_{draft.work()}", [])
    asked = record, level, days
    if st.button(words("share.stored.make"), key="make_link"):
        try:
            if _stands(links, asked):
                st.markdown(md(words("share.stored.stands")))
            else:
                links.insert(0, (services().links.make(found, record, level, timedelta(days=days)), level, asked))
        except OkrAssistantError as error:
            st.markdown(md(words.error_sentence(error)))
            return
    for link, shown, _ in links:
        _made(link, shown)


def _stands(links: list[tuple[NewLink, Level, Asked]], asked: Asked) -> bool:
    """Tell whether the last link is to the same, and has not been ended since."""
    return bool(links) and links[0][-1] == asked and services().links.owned(links[0][0].owner_key) is not None


def _made(link: NewLink, level: Level) -> None:
    words = services().words
    until = md(words("shared.until", date=words.date(link.expires_at.date())))
    with st.container(border=True, key=f"made_{link.token}"):
        st.markdown(f"**{words('share.stored.made')}** {words(f'share.level.{level}')}. {until}")
        st.markdown(md(words("share.stored.frozen")))
        address(f"/r/{link.token}", f"stored_{link.token}")
        st.markdown(md(words("share.stored.owner")))
        copied(carried(f"{base()}/o/{link.owner_key}"), words("share.copy_owner"), own=True)


def empty(title: str) -> None:
    """Draw the address of the questions without answers; it has the title unless that is unticked."""
    words = services().words
    st.header(words("share.empty.title"), anchor=False)
    st.markdown(md(words("share.empty.about")))
    named = bool(title) and st.checkbox(words("share.empty.with_title"), value=True, key="with_title")
    address(f"/assess?{urlencode({'t': title})}" if named else "/assess", "empty")


def address(path: str, key: str) -> None:
    """Draw an address to copy, to open and to scan."""
    words = services().words
    whole = carried(f"{base()}{path}")
    copied(whole, words("share.copy"))
    with st.container(horizontal=True, key=f"address_{key}", vertical_alignment="center"):
        st.link_button(words("share.open"), whole)
        with st.popover(words("share.qr")):
            if is_local():
                st.markdown(md(words("share.qr_local")))
            else:
                st.image(qr_code(whole), alt=words("share.qr_alt"))


def copied(whole: str, label: str, *, own: bool = False) -> None:
    """Draw an address in a field with a button that copies it; quieter when it is nobody's but one's ``own``.

    Streamlit has no such button. What goes into the markup is an address of ours and words of the catalogue.
    """
    words = services().words
    given = {
        "script": script_address(COPY_SCRIPT),
        "address": whole,
        "label": label,
        "copied": words("share.copied"),
        "field": words("share.address"),
        "whose": "own" if own else "",
        "only_here": " data-only-here" if own else "",
    }
    safe = {key: html.escape(text) for key, text in given.items()}
    st.html(_COPY.format(**safe), unsafe_allow_javascript=True)


def qr_code(text: str) -> bytes:
    """Return a QR code as PNG, dark on light whatever the theme: cameras want it so."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def is_local() -> bool:
    """Tell whether the addresses that we hand out work on this computer only."""
    return urlsplit(base()).hostname in LOOPBACK


def base() -> str:
    """Return what links begin with: the public address, or the one this browser used."""
    known = services().public_url
    if known:
        return known
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}"


def files(found: Assessment, record: Record, goal: GoalDraft | None) -> None:
    """Draw a button for each kind of file, made when it is asked for; documents have the first draft, if any."""
    words = services().words
    st.header(words("share.files.title"), anchor=False)
    st.markdown(md(words("share.files.about")))
    at = services().clock.now()
    reopen = carried(f"{base()}/p/{portable_payload(services().models, record)}")
    made = export(found, record, words, at, address=reopen, goal=goal)
    with st.container(horizontal=True, key="files"):
        for kind in offered(made.view):
            st.download_button(
                words(kind.label),
                data=partial(kind.write, made),
                file_name=file_name(record.sheet.title, at.date(), kind.ending),
                mime=kind.media_type,
                key=f"file_{kind.id}",
                on_click="ignore",
            )
