"""Quarters: a map frozen as it is, and what moved since then."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from okr_assistant.free_text import TITLE_LIMIT
from okr_assistant.portfolio.goal_map import GoalMap, goal_map
from okr_assistant.portfolio.ports import Head
from okr_assistant.views.portfolio.difference import DifferenceView, difference_view
from okr_assistant.views.portfolio.items import ItemView
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import files, state
from okr_assistant.web.goal_map.picture import table_height
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md

_NAME, _COMPARED = "goal_map_quarter", "goal_map_compared"
_FROZEN, _VIEW = "_goal_map_frozen", "_goal_map_difference"
_COMPARING = ("pdf", "md", "xlsx", "json")
"""The formats that tell two maps apart."""
_REASON, _SIGNS, _MOST_LINES = 640, 75, 12
"""Of the column of reasons: its width in pixels, the signs of a line at least, and the most lines of a row."""


def quarters(opened: Open) -> None:
    """Draw how to freeze the map, and the difference to a quarter that was frozen."""
    words, id_ = services().words, browser()
    st.markdown(md(words("map_page.quarters.about")))
    if id_ is None:
        st.markdown(md(words("results.no_cookie")))
        return
    if opened.head is None:
        st.markdown(md(words("map_page.quarters.keep_first")))
        st.button(words("map_page.keep"), key="keep_for_quarters", on_click=state.keep)
        return
    with st.container(horizontal=True, key="freeze", vertical_alignment="bottom"):
        st.text_input(
            words("map_page.quarters.name"),
            key=_NAME,
            max_chars=TITLE_LIMIT,
            placeholder=words("map_page.quarters.example"),
        )
        freeze = partial(_freeze, id_, opened.head, opened)
        st.button(words("map_page.quarters.freeze"), key="freeze_yes", on_click=state.try_, args=(freeze,))
    frozen = services().maps.frozen(id_, opened.head)
    if frozen:
        _compare(id_, opened, frozen)


def _freeze(id_: str, head: Head, opened: Open) -> None:
    services().maps.freeze(id_, head, opened.portfolio, st.session_state[_NAME])


def _compare(id_: str, opened: Open, frozen: tuple[Head, ...]) -> None:
    words, names = services().words, {head.id: head for head in frozen}
    chosen = st.selectbox(
        words("map_page.quarters.compare"),
        list(names),
        format_func=lambda known: words(
            "map_page.quarters.entry",
            name=names[known].frozen,
            date=words.date(names[known].saved_at.date()),
        ),
        key=_COMPARED,
    )
    before = _frozen_map(id_, chosen)
    _difference(_view_of(before, opened.map))
    st.header(words("map_page.quarters.files"), anchor=False)
    files.buttons(opened, _COMPARING, "quarter_file", before)


def _frozen_map(id_: str, frozen_id: str) -> GoalMap:
    """Return the map of a quarter, worked out once; a frozen one never changes."""
    known: tuple[str, GoalMap] | None = st.session_state.get(_FROZEN)
    if known is None or known[0] != frozen_id:
        _, then = services().maps.open(id_, frozen_id, services().models)
        known = st.session_state[_FROZEN] = frozen_id, goal_map(services().models.get(then.model), then)
    return known[1]


def _view_of(before: GoalMap, now: GoalMap) -> DifferenceView:
    """Return what is different, worked out once for each state of the map."""
    known: tuple[GoalMap, GoalMap, DifferenceView] | None = st.session_state.get(_VIEW)
    if known is None or known[0] is not before or known[1] is not now:
        known = st.session_state[_VIEW] = before, now, difference_view(before, now, services().words)
    return known[2]


def _difference(view: DifferenceView) -> None:
    """Draw tables: they draw the rows in sight, and so as fast with ten thousand as with ten."""
    words = services().words
    st.header(md(view.headline), anchor=False)
    if view.model:
        st.markdown(md(view.model))
    _table(
        "moved",
        [moved.item for moved in view.moved],
        {
            words("map_page.quarters.before"): [moved.was_at for moved in view.moved],
            words("map_page.quarters.now"): [moved.is_at for moved in view.moved],
            words("map_page.quarters.because"): [" ".join(moved.because) for moved in view.moved],
        },
    )
    for kind, items, column in (("new", view.new, "now"), ("gone", view.gone, "was")):
        _table(kind, items, {words(f"map_page.quarters.{column}"): [item.place_name for item in items]})


def _table(kind: str, items: Sequence[ItemView], more: dict[str, list[str]]) -> None:
    if not items:
        return
    words = services().words
    title = words(f"goal_map.difference.title.{kind}")
    st.markdown(f"**{md(title)}**")
    first = {words("map_page.field.title"): [item.title for item in items]}
    teams = {words("map_page.field.team"): [item.team for item in items]} if any(i.team for i in items) else {}
    because = words("map_page.quarters.because")
    row = _row_height(more.get(because, []))
    st.dataframe(
        pd.DataFrame(first | teams | more),
        hide_index=True,
        row_height=row,
        height=table_height(len(items), row),
        column_config={because: st.column_config.TextColumn(width=_REASON)} if because in more else None,
        alt=title,
    )


def _row_height(reasons: Sequence[str]) -> int:
    """Return the height of a row in which the longest reason can be read, up to ``_MOST_LINES`` lines of it."""
    lines = min(-(-max(map(len, reasons), default=1) // _SIGNS), _MOST_LINES)
    return 16 + 19 * lines
