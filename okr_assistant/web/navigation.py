"""The pages and the links between them; every link carries the draft."""

from __future__ import annotations

from html import escape
from typing import NoReturn

import streamlit as st

from okr_assistant.paths import FOCUS_SCRIPT, PAGE_SCRIPT, PAGES
from okr_assistant.web import draft, language
from okr_assistant.web.context import services
from okr_assistant.web.scripts import script_address
from okr_assistant.web.text import md

_NAMES = ("start", "assess", "result", "results", "goal_map", "workshop", "method", "cases")
"""In the menu, in its order."""
_BEHIND = ("goal_draft", "share", "recheck", "facilitate", "screen")
"""Reached from other pages."""
_WITHOUT_MENU = ("screen",)
"""Read from the back of a room, and clicked by nobody."""

_BEGINNING = """\
<span hidden data-page="{page}" data-page-language="{language}" {only_here}></span>
<script src="{begins}"></script><script src="{focus}"></script>"""
_ANEW = "_begun_anew"


def pages() -> list[st.Page]:
    """Return all pages, the first of them Start."""
    words = services().words
    return [
        st.Page(
            PAGES / f"{name}.py",
            title=words("nav.browser_title", page=words(f"nav.{name}")) if name != "start" else words("nav.start"),
            url_path="" if name == "start" else name,
            default=name == "start",
            help="",
        )
        for name in (*_NAMES, *_BEHIND)
    ]


def menu(page: st.Page) -> None:
    """Draw the links to all pages in one line, on a page that has a menu.

    They are there twice: beside each other, and behind a button where the screen has no room for that; the style
    sheet shows one of the two.
    """
    if page.url_path in _WITHOUT_MENU:
        return
    words, (home, *others) = services().words, _NAMES
    with st.container(horizontal=True, key="menu", gap=None, vertical_alignment="center"):
        link(home, words(f"nav.{home}"))
        with st.container(horizontal=True, key="menu_wide", gap=None, width="content"):
            for name in others:
                link(name, words(f"nav.{name}"))
        # Another key, another popover: after a link was followed it is closed.
        with st.popover(
            words("nav.menu"), type="tertiary", icon=":material/menu:", key=f"menu_of_{page.url_path}"
        ):
            for name in others:
                link(name, words(f"nav.{name}"))
        _languages()


def _languages() -> None:
    """Draw what changes the language: the same page at the same address, but for that."""
    words, here = services().words, language.current().language
    if len(language.complete()) == 1:
        return
    # Another key, another popover: the one in which somebody has chosen is closed.
    with st.popover(words("language.name"), type="tertiary", icon=":material/language:", key=f"language_{here}"):
        for each in language.complete():
            if each != here:
                name = language.words_in(each)("language.name")
                # No link: to the page that is shown, Streamlit would follow it without changing the address.
                st.button(name, key=f"in_{each}", type="tertiary", on_click=language.choose, args=(each,))


def begin_page(page: st.Page, *, only_here: bool) -> None:
    """Tell the browser which page begins, in which language, and to keep the keyboard's place on it.

    With ``only_here`` the browser asks before the tab is reloaded or closed. A page that is in English for now
    says so, and is.
    """
    words, name = services().words, page.url_path or "start"
    if language.begin_page(name):
        st.caption(md(words("language.not_here")))
    spoken = language.current().language
    shown = f"{name} {st.session_state.get(_ANEW, 0)}"
    given = {
        "page": shown,
        "language": spoken,
        "begins": script_address(PAGE_SCRIPT),
        "focus": script_address(FOCUS_SCRIPT),
        "only_here": "data-only-here" if only_here else "",
    }
    safe = {key: escape(text) for key, text in given.items()}
    st.html(_BEGINNING.format(**safe), unsafe_allow_javascript=True)


def begin_anew() -> None:
    """Have the page begin at its top with the next run, as another one does."""
    st.session_state[_ANEW] = st.session_state.get(_ANEW, 0) + 1


def link(
    page: str,
    label: str,
    *,
    to: draft.Draft | None = None,
    question: str | None = None,
    before: str | None = None,
    room: dict[str, str] | None = None,
) -> None:
    """Draw a link to a page that opens this draft (the visitor's own when none is given).

    ``room`` are the parameters that name a workshop, for its pages.

    Pages are changed by links; ``go`` is for where no link can be, because the page is made by the click.
    """
    st.page_link(
        PAGES / f"{page}.py",
        label=label,
        help="",
        query_params=draft.address_of(to or draft.current(), question, before) | (room or {}),
    )


def go(page: str, *, room: dict[str, str]) -> NoReturn:
    """Go to a page of this workshop at once, after a click that made it."""
    st.switch_page(PAGES / f"{page}.py", query_params=draft.address_of(draft.current()) | room)


def step(
    page: str,
    label: str,
    *,
    key: str,
    to: draft.Draft | None = None,
    room: dict[str, str] | None = None,
    main: bool = False,
) -> None:
    """Draw a link that looks like a button; ``main`` for the one thing to do next."""
    with st.container(key=f"{'main' if main else 'other'}_step_{key}", width="content"):
        link(page, label, to=to, room=room)
