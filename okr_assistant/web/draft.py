"""The draft: what a visitor has answered so far. Its home is the address; the session is a cache of it.

``a`` holds the coded sheet, ``t`` the title, ``q`` the question in front, ``b`` answers to compare with, ``form``
an approach to write a first draft for. A reload, a restart, a second tab, the browser's Back and a copied address
therefore all open the same answers. ``room`` and ``key`` are of workshops (``desk.py``).
``?work_kind=change`` and the like prefill a draft and are then replaced by ``a``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet, carry_over, check_sheet
from okr_assistant.errors import OkrAssistantError, SheetError
from okr_assistant.free_text import clean_title
from okr_assistant.sharing.coded_sheet import code_sheet, read_coded_sheet
from okr_assistant.web import language
from okr_assistant.web.context import Services, services

ALL = "all"
"""The value of ``q`` that stands for all questions on one page."""

_VIEW = ("q", "b", "form", "room", "key", "map", "split", language.PARAMETER)
"""Parameters that say what a page shows, and nothing of the draft."""
_DRAFT = "_draft"
_ADDRESS = "_address"
_WORK = "_work"
_WORKS = "_works"


@dataclass(frozen=True)
class Draft:
    """Title and answers on one model; ``problems`` are what the address said that could not be used."""

    model: Model
    answers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    problems: tuple[OkrAssistantError, ...] = ()

    @property
    def sheet(self) -> AnswerSheet:
        """The draft as the decision takes it."""
        return AnswerSheet(self.answers, self.title, self.model.version)

    @cached_property
    def code(self) -> str:
        """The answers as they stand in the address; every link on a page needs it."""
        return code_sheet(self.model, self.answers)


def current() -> Draft:
    """Return the draft of this visitor, its model in the language of now."""
    draft: Draft = st.session_state[_DRAFT]
    model = services().models.get(draft.model.version)
    if model is not draft.model:
        draft = st.session_state[_DRAFT] = replace(draft, model=model)
    return draft


def restore() -> None:
    """Take the draft from the address, where that has changed since this session last wrote it."""
    address = {key: tuple(st.query_params.get_all(key)) for key in st.query_params if key not in _VIEW}
    if _DRAFT in st.session_state and st.session_state[_ADDRESS] == address:
        return
    known: Draft | None = st.session_state.get(_DRAFT)
    draft = _read_address(services(), address, known)
    st.session_state[_DRAFT] = draft
    st.session_state[_ADDRESS] = address
    # Without answers and title it may be any piece of work: a new one.
    known_work = work_of(draft) if draft.answers or draft.title else None
    _is_work(_next_work() if known_work is None else known_work)
    if not draft.problems and set(address) - {"a", "t"}:
        _write_address(in_front())


def in_front() -> str | None:
    """Return the id of the question in front, ``ALL``, or None; whatever else the address says is no id."""
    value = st.query_params.get("q")
    return value if value == ALL or value in current().model.questions_by_id else None


def put_in_front(question: str | None) -> None:
    """Show this question, ``ALL``, or whatever comes next; the browser's Back returns to the one before."""
    _write_address(question)


def answer(question: str, choice: str | None) -> None:
    """Keep this answer, or withdraw it; ``SheetError`` when the model has no such choice."""
    draft = current()
    answers = dict(draft.answers)
    if choice is None:
        answers.pop(question, None)
    else:
        answers[question] = choice  # a changed answer keeps its place among the others
    check_sheet(draft.model, answers)
    st.session_state[_DRAFT] = replace(draft, answers=answers, problems=())
    _is_work(work())
    # The question stays in front; without `q` the next open one would take its place at once.
    _write_address(in_front() or question)


def name(title: str) -> None:
    """Keep this title; ``TextError`` when it cannot be kept, and the old one stays."""
    st.session_state[_DRAFT] = replace(current(), title=clean_title(title), problems=())
    _is_work(work())
    _write_address(in_front())


def start_again() -> None:
    """Forget title and answers."""
    st.session_state[_DRAFT] = Draft(services().models.newest)
    _is_work(_next_work())
    _write_address(None)


def work() -> int:
    """Return the number of the piece of work that the draft is about, within this session.

    It stays the same while answers and title change, forward and back. Another address is another piece of work,
    unless it is one that this piece of work has had.
    """
    number: int = st.session_state[_WORK]
    return number


def work_of(draft: Draft) -> int | None:
    """Return the number of the piece of work that had these answers and this title last; None for a new one."""
    number: int | None = st.session_state.setdefault(_WORKS, {}).get((draft.code, draft.title))
    return number


def number_for(draft: Draft) -> int:
    """Return the number that a draft has when it is opened from here."""
    known = work_of(draft)
    number = _next_work() if known is None else known
    st.session_state[_WORKS][draft.code, draft.title] = number
    return number


def _next_work() -> int:
    numbers: list[int] = [st.session_state.get(_WORK, -1), *st.session_state.setdefault(_WORKS, {}).values()]
    return max(numbers) + 1


def _is_work(number: int) -> None:
    st.session_state[_WORK] = number
    st.session_state.setdefault(_WORKS, {})[current().code, current().title] = number


def on_newest(old: Draft) -> Draft:
    """Return the draft on the newest model, with the answers that this has too."""
    newest = services().models.newest
    return old if old.model is newest else replace(old, model=newest, answers=carry_over(newest, old.answers))


def bring_up_to_date() -> None:
    """Take the draft to the newest model; the answers to compare with stay those of the older one."""
    old = current()
    new = on_newest(old)
    if new is not old:
        st.session_state[_DRAFT] = new
        _is_work(work())
        _write_address(in_front(), st.query_params.get("b", old.code))


def before() -> tuple[Model, AnswerSheet]:
    """Return the answers to compare with: those of ``b`` in the address, or the draft's own without it."""
    draft = current()
    code = st.query_params.get("b")
    if code is None:
        return draft.model, draft.sheet
    try:
        model, answers = read_coded_sheet(services().models, code, "b")
    except OkrAssistantError:
        return draft.model, draft.sheet
    return model, AnswerSheet(answers, draft.title, model.version)


def address_of(draft: Draft, question: str | None = None, before: str | None = None) -> dict[str, str]:
    """Return the parameters with which any page opens this draft."""
    address = {"a": draft.code} if draft.answers else {}
    if draft.title:
        address["t"] = draft.title
    if question:
        address["q"] = question
    if before:
        address["b"] = before
    return address | language.parameters()


def _write_address(question: str | None, before: str | None = None) -> None:
    address = address_of(current(), question, before or st.query_params.get("b"))
    if "form" in st.query_params:
        address["form"] = st.query_params["form"]
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state[_ADDRESS] = {key: (value,) for key, value in address.items() if key not in _VIEW}


def _read_address(known: Services, address: Mapping[str, tuple[str, ...]], before: Draft | None) -> Draft:
    """Return the draft of the address. If any part cannot be used, nothing changes and ``problems`` says why.

    A visitor who opens an address has nothing yet that could stay; they get the parts that can be read.
    """
    problems: list[OkrAssistantError] = []
    draft = Draft(known.models.newest)
    try:
        if "a" in address:
            draft = Draft(*read_coded_sheet(known.models, _single(address, "a")))
        given = {key: _single(address, key) for key in address if key not in {"a", "t"}}
        check_sheet(draft.model, given, "address")
        draft = replace(draft, answers={**draft.answers, **given})
    except OkrAssistantError as error:
        problems.append(error)
    try:
        if "t" in address:
            draft = replace(draft, title=clean_title(_single(address, "t"), "t"))
    except OkrAssistantError as error:
        problems.append(error)
    kept = before if before and problems else draft
    return replace(kept, problems=tuple(problems))


def _single(address: Mapping[str, tuple[str, ...]], key: str) -> str:
    if len(address[key]) != 1:
        raise SheetError("repeated", place=key, found=f"{len(address[key])} × {key}", allowed="one value")
    return address[key][0]
