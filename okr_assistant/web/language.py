"""The language of a page: the one in its address; without one, what the reader's browser asks for.

``?lang=de`` is a choice: every address that a page in a chosen language makes carries it on. A language that was
guessed from the browser's settings is for this reader, and no address carries it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from okr_assistant.paths import LOCALES
from okr_assistant.words import ENGLISH, Words, languages, read_words

PARAMETER = "lang"

COMPLETE = (
    *("language", "nav", "list", "date", "answer", "start", "assess", "result", "record", "export", "position"),
    *("outlook", "what_if", "shared", "comparison", "not_here", "trouble", "share", "own", "results", "recheck"),
    *("remark", "owner", "cases", "chart", "method", "when", "join", "room", "vote", "you", "reveal"),
)
"""Tables of the catalogue that a language has whole before a browser's settings alone can choose it."""

PAGES_OF = {
    "goal_map": ("goal_map", "map_page"),
    "workshop": ("workshop",),
    "facilitate": ("workshop", "facilitate", "script", "workshop_record"),
    "screen": ("screen", "facilitate"),
}
"""What pages of the app need besides ``COMPLETE``; without it they are in English as a whole."""

IN_ENGLISH = frozenset({"goal_draft"})
"""Pages made of what is in English only: the forms of first drafts, and the words that their linter knows."""

_KEPT = ("q", "after", "you", "question", "left", "sent")
"""What an address says besides the language, on plain pages that can be had in another one."""
_IN_SESSION = "_language"
_LONGEST_HEADER = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language; ``chosen`` is the one in the address, or empty; ``asked`` what else the address says."""

    language: str = ENGLISH
    chosen: str = ""
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in a language, which is called by its own ``name``; ``now`` if that is the one of the page."""

    language: str
    name: str
    address: str
    now: bool


_now: ContextVar[Spoken | None] = ContextVar("language", default=None)


def current() -> Spoken:
    """Return the language of the request, or of the script run, that asks; English outside of both."""
    spoken = _now.get()
    if spoken is not None:
        return spoken
    in_script = get_script_run_ctx(suppress_warning=True) is not None
    known: Spoken = st.session_state.get(_IN_SESSION, Spoken()) if in_script else Spoken()
    return known


def spoken_in(query: Mapping[str, str], accepted: str) -> Spoken:
    """Return what an address says of the language; if nothing, what an Accept-Language header prefers."""
    asked = tuple((key, query[key]) for key in _KEPT if key in query)
    if (chosen := query.get(PARAMETER, "")) in languages_here():
        return Spoken(chosen, chosen, asked)
    return Spoken(preferred(accepted, complete()), asked=asked)


def preferred(accepted: str, offered: Iterable[str]) -> str:
    """Return the language that an Accept-Language header likes best of those offered, or English."""
    wanted = []
    for part in accepted[:_LONGEST_HEADER].split(","):
        name, _, weight = part.partition(";")
        try:
            liking = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        wanted.append((liking, name.strip().partition("-")[0].lower()))
    known = set(offered)
    liked = (name for liking, name in sorted(wanted, key=lambda it: -it[0]) if liking > 0 and name in known)
    return next(liked, ENGLISH)


@contextmanager
def speaking(spoken: Spoken) -> Generator[None, None, None]:
    """Have everything inside in this language."""
    token = _now.set(spoken)
    try:
        yield
    finally:
        _now.reset(token)


def as_now(call: Callable[[], T]) -> Callable[[], T]:
    """Return the call so that it is in the language of now, whoever makes it and when."""
    spoken = current()

    def made() -> T:
        with speaking(spoken):
            return call()

    return made


def carried(address: str) -> str:
    """Return an address of ours with the language that the reader chose, if they did."""
    chosen = current().chosen
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={chosen}" if chosen else address


def parameters() -> dict[str, str]:
    """Return what an address carries of the language."""
    chosen = current().chosen
    return {PARAMETER: chosen} if chosen else {}


def switches(*, whole: bool = True) -> tuple[Switch, ...]:
    """Return the plain page of now in every language; the addresses begin with ``?``.

    ``whole`` with what else its address says: not where nothing of that is looked at.
    """
    spoken = current()
    asked = spoken.asked if whole else ()
    return tuple(
        Switch(
            language,
            words_in(language)("language.name"),
            f"?{urlencode([*asked, (PARAMETER, language)])}",
            language == spoken.language,
        )
        for language in complete()
    )


@cache
def languages_here() -> tuple[str, ...]:
    """Return every language that has words here."""
    return languages(LOCALES)


@cache
def complete() -> tuple[str, ...]:
    """Return the languages that are offered: those that have ``COMPLETE`` whole."""
    return tuple(language for language in languages_here() if words_in(language).covers(*COMPLETE))


def words_in(language: str) -> Words:
    """Return the words of a language."""
    return read_words(LOCALES, language)


def begin() -> None:
    """Find out the language of this run of the script from the address and the browser."""
    accepted = st.context.headers.get("Accept-Language") or ""
    st.session_state[_IN_SESSION] = spoken_in(st.query_params.to_dict(), accepted)


def choose(language: str) -> None:
    """Put a language into the address of this page."""
    st.query_params[PARAMETER] = language


def begin_page(name: str) -> bool:
    """Go on in English where the words of this page are in no other language; tell whether that is so."""
    spoken = current()
    if spoken.language == ENGLISH:
        return False
    if name not in IN_ENGLISH and words_in(spoken.language).covers(*PAGES_OF.get(name, ())):
        return False
    st.session_state[_IN_SESSION] = replace(spoken, language=ENGLISH)
    return True
