"""The portfolio of this tab. Kept ones are saved with every change; the others live as long as the tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from okr_assistant.errors import OkrAssistantError, PortfolioError
from okr_assistant.portfolio.goal_map import GoalMap, goal_map
from okr_assistant.portfolio.items import Portfolio, WorkItem, check_portfolio
from okr_assistant.portfolio.ports import Head
from okr_assistant.portfolio.split import split
from okr_assistant.web import draft
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services

SECTION = "goal_map_section"
"""The part of the page that is shown."""
MAP, SPLIT = "map", "split"
"""Parameters of the address: the id of a kept portfolio, and that the draft is to be split."""
_OPEN = "_goal_map"
_WAITING = "_goal_map_waiting"
_PROBLEM = "_goal_map_problem"


@dataclass(frozen=True)
class Open:
    """A portfolio that is open, with its map. ``head`` is None until it is kept.

    ``renewed`` counts what changed it but for its table, which then has to be drawn anew. ``unsaved`` is why the
    last change of a kept one is only in this tab; None when it was saved.
    """

    portfolio: Portfolio
    map: GoalMap
    head: Head | None = None
    renewed: int = 0
    unsaved: OkrAssistantError | None = None

    @property
    def only_here(self) -> bool:
        """Whether there is work in it that is gone when it is closed."""
        return bool(self.portfolio.items) and (self.head is None or self.unsaved is not None)


def current() -> Open | None:
    """Return what is open in this tab: what was opened here, or the kept one that the address names."""
    if st.query_params.pop(SPLIT, None):
        whole = draft.current()
        offer(split(whole.model, whole.sheet))
        st.session_state[SECTION] = "items"  # the parts are to be named first
    wanted = st.query_params.get(MAP)
    known: Open | None = st.session_state.get(_OPEN)
    if wanted and (known is None or known.head is None or known.head.id != wanted):
        try_(lambda: open_kept(wanted))
        known = st.session_state.get(_OPEN)
    _address(known)
    return known and _in_language(known)


def is_open() -> bool:
    """Tell whether a map is open in this tab, for pages that lead back to it."""
    return _OPEN in st.session_state


def is_only_here() -> bool:
    """Tell whether there is work in what is open that is gone when the tab is."""
    known: Open | None = st.session_state.get(_OPEN)
    return known is not None and known.only_here


def address() -> dict[str, str]:
    """Return the parameters with which the page opens what is open here; a map that is not kept has none."""
    known: Open | None = st.session_state.get(_OPEN)
    return {MAP: known.head.id} if known and known.head else {}


def _in_language(known: Open) -> Open:
    """What is open, its model in the language of now."""
    model = services().models.get(known.portfolio.model)
    if model is known.map.model:
        return known
    map_ = goal_map(model, known.portfolio)
    st.session_state[_OPEN] = spoken = replace(known, map=map_, renewed=known.renewed + 1)
    return spoken


def offer(portfolio: Portfolio, head: Head | None = None) -> None:
    """Open a portfolio; when work would be gone with what is open, it waits until somebody decides."""
    if is_only_here():
        st.session_state[_WAITING] = portfolio, head
    else:
        show(portfolio, head)


def waiting() -> Portfolio | None:
    """Return what waits to be opened in the place of what is open."""
    found: tuple[Portfolio, Head | None] | None = st.session_state.get(_WAITING)
    return found[0] if found else None


def show_waiting() -> None:
    """Open what waits; what was open is gone, unless it is kept."""
    show(*st.session_state[_WAITING])


def forget_waiting() -> None:
    """Stay with what is open."""
    st.session_state.pop(_WAITING, None)


def show(portfolio: Portfolio, head: Head | None = None) -> None:
    """Open a portfolio in the place of what is open."""
    forget_waiting()
    before: Open | None = st.session_state.get(_OPEN)
    model = services().models.get(portfolio.model)
    check_portfolio(model, portfolio, "goal map")
    number = before.renewed + 1 if before else 0
    st.session_state[_OPEN] = Open(portfolio, goal_map(model, portfolio), head, number)
    _address(st.session_state[_OPEN])


def open_kept(portfolio_id: str) -> None:
    """Offer a portfolio that this browser keeps; ``PortfolioError`` when there is none."""
    offer(*_kept(portfolio_id))


def open_saved(portfolio_id: str) -> None:
    """Open what is saved of the portfolio that is open, and leave what is only in this tab."""
    show(*_kept(portfolio_id))


def close() -> None:
    """Open nothing; what is kept stays kept."""
    st.session_state.pop(_OPEN, None)
    forget_waiting()
    _address(None)


def change(*items: WorkItem, name: str | None = None, in_table: bool = False) -> None:
    """Take these items instead of all that are there; ``in_table`` when the table on the screen has them already.

    What is kept is saved; when that fails, the change stays in this tab, and ``Open.unsaved`` says why.
    ``PortfolioError`` when there would be too many items, or one that cannot be kept; then nothing changes.
    """
    known = _known()
    portfolio = replace(known.portfolio, items=items, name=known.portfolio.name if name is None else name)
    check_portfolio(known.map.model, portfolio, "goal map")
    renewed = known.renewed if in_table else known.renewed + 1
    map_ = goal_map(known.map.model, portfolio, known.map)
    st.session_state[_OPEN] = replace(known, portfolio=portfolio, map=map_, renewed=renewed)
    _save()


def change_one(item: WorkItem) -> None:
    """Take this item instead of the one with its id."""
    change(*(item if known.id == item.id else known for known in _known().portfolio.items))


def keep() -> None:
    """Keep what is open, as a new one."""
    known, id_ = _known(), browser()
    if id_ is not None:
        try_(lambda: _saved(services().maps.keep(id_, known.portfolio)))


def try_(act: Callable[[], object]) -> None:
    """Do it; what went wrong is shown at the top of the page."""
    went_well(act)


def went_well(act: Callable[[], object]) -> bool:
    """Likewise, and tell whether anything did go wrong."""
    try:
        act()
    except OkrAssistantError as error:
        st.session_state[_PROBLEM] = error
        return False
    return True


def problem() -> OkrAssistantError | None:
    """Return what went wrong since this was asked for last."""
    found: OkrAssistantError | None = st.session_state.pop(_PROBLEM, None)
    return found


def _known() -> Open:
    known: Open = st.session_state[_OPEN]
    return known


def _kept(portfolio_id: str) -> tuple[Portfolio, Head]:
    id_ = browser()
    if id_ is None:
        raise PortfolioError("portfolio_is_gone", place="goal maps")
    head, portfolio = services().maps.open(id_, portfolio_id, services().models)
    return portfolio, head


def _save() -> None:
    known, id_ = _known(), browser()
    if known.head is None or id_ is None:
        return
    try:
        _saved(services().maps.save(id_, known.head, known.portfolio))
    except OkrAssistantError as error:
        st.session_state[_OPEN] = replace(known, unsaved=error)


def _saved(head: Head) -> None:
    st.session_state[_OPEN] = replace(_known(), head=head, unsaved=None)
    _address(_known())


def _address(known: Open | None) -> None:
    """A reload opens what is kept; nothing else is in the address."""
    id_ = known.head.id if known and known.head else None
    if st.query_params.get(MAP) != id_:
        if id_ is None:
            st.query_params.pop(MAP, None)
        else:
            st.query_params[MAP] = id_
