"""What people add to a result: notes, and what they decided. It stays in this tab until they keep or share it.

The words belong to one piece of work (``draft.work``): another one opened in the same tab starts without any.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from okr_assistant.errors import TextError
from okr_assistant.free_text import NOTE_LIMIT, TITLE_LIMIT, clean_note, clean_title
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.text import md

_NOTES, _DECIDED, _BECAUSE, _OWNER, _REVIEW = "notes", "decided", "because", "owner", "review_on"
_LINES = (_DECIDED, _OWNER)
_CHANGED = "_own_words_changed"
_KEPT = "_own_words_kept"


@st.fragment
def own_words() -> None:
    """Draw the fields. A text that cannot be kept stays in its field, with what is allowed below it.

    A text of several lines is sent on leaving its field, which may be by a click on a link. A run of the page
    asked for by the browser would then undo that click; a fragment runs alone, and asks for the page itself.
    """
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
    words = services().words
    _text(_NOTES, 120)
    _line(_DECIDED, words("own.decided_example"))
    _text(_BECAUSE, 80)
    left, right = st.columns(2)
    with left:
        _line(_OWNER)
    with right:
        label, key = words("own.review_on"), _key(_REVIEW)
        st.date_input(
            label, value=None, key=key, format=words("language.day"), persist_state="session", on_change=_changed
        )


def _text(name: str, height: int) -> None:
    st.text_area(
        services().words(f"own.{name}"),
        key=_key(name),
        max_chars=NOTE_LIMIT,
        height=height,
        persist_state="session",
        on_change=_changed,
    )
    _problem(name)


def _line(name: str, example: str = "") -> None:
    st.text_input(
        services().words(f"own.{name}"),
        key=_key(name),
        max_chars=TITLE_LIMIT,
        placeholder=example,
        persist_state="session",
        live=True,
        on_change=_changed,
    )
    _problem(name)


def _changed() -> None:
    st.session_state[_CHANGED] = True


def record() -> Record:
    """Return the draft with what was added to it; a text that cannot be kept is left out, and said to be."""
    current = draft.current()
    review_on = st.session_state.get(_key(_REVIEW))
    decision = Decision(
        decided=_kept(_DECIDED),
        because=_kept(_BECAUSE),
        owner=_kept(_OWNER),
        review_on=review_on if isinstance(review_on, date) else None,
    )
    return Record(current.sheet, _kept(_NOTES), decision)


def remember(found: Record, opened: draft.Draft) -> None:
    """Have the words of a record in the fields when its draft is opened, unless there are some already."""
    number = draft.number_for(opened)
    decision = found.decision
    given = {
        _NOTES: found.notes,
        _DECIDED: decision.decided,
        _BECAUSE: decision.because,
        _OWNER: decision.owner,
        _REVIEW: decision.review_on,
    }
    for name, value in given.items():
        if value:
            st.session_state.setdefault(_key(name, number), value)
    st.session_state.setdefault(_key(_KEPT, number), tuple(value or None for value in given.values()))


def note_kept() -> None:
    """Note that what is in the fields of this piece of work is kept as well."""
    st.session_state[_key(_KEPT)] = _typed()


def are_only_here() -> bool:
    """Tell whether there is something in the fields of this piece of work that is not kept."""
    typed = _typed()
    return any(typed) and typed != st.session_state.get(_key(_KEPT))


def _typed() -> tuple[object, ...]:
    names = (_NOTES, _DECIDED, _BECAUSE, _OWNER, _REVIEW)
    return tuple(st.session_state.get(_key(name)) or None for name in names)


def _key(name: str, number: int | None = None) -> str:
    return f"{name}_{draft.work() if number is None else number}"


def _kept(name: str) -> str:
    return _read(name)[0]


def _problem(name: str) -> None:
    problem = _read(name)[1]
    if problem is not None:
        words = services().words
        st.markdown(f"{md(words.error_sentence(problem))} {md(words('own.left_out'))}")


def _read(name: str) -> tuple[str, TextError | None]:
    """The text of a field as it can be kept, and what is wrong with one that cannot."""
    text = st.session_state.get(_key(name), "") or ""
    try:
        return (clean_title(text, name) if name in _LINES else clean_note(text, name)), None
    except TextError as error:
        return "", error
